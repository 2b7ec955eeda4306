"""WLASL300 and WLASL2000 as hands alone, from landmarks that MediaPipe Hands found in it.

Beside what `engine.data.wlasl` reads, the source folder holds wlasl300_hands.npz (the first 300 glosses) and
wlasl2000_rest_hands.npz (the others): `xyz` (frames, 2, 21, 3) int16 as there, the two hands in the order in which
they were detected; `length` and `video_id` a clip. Three things are missing and are put in here:

* which hand is left: `engine.data.handedness`, learned from the training clips that Holistic has seen too;
* the body: the signers of WLASL stand much alike, so nose and shoulders are assumed where they are on average;
* frame rate and proportions of the picture where nobody wrote them down: WLASL's most frequent ones.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.data.dataset import LabelledClip, hold_out, save_dataset, uniform_clip
from engine.data.handedness import LEFT, RIGHT, SideJudge, learn_sides, tell_sides
from engine.data.wlasl import COORDINATE_SCALE, DOUBLED, MISSING, IndexRow, frames_of_clips, read_index
from engine.joints import JOINTS, LEFT_HAND, LEFT_SHOULDER, NOSE, RIGHT_HAND, RIGHT_SHOULDER
from engine.sources.npz import read_arrays

HANDS_300: Final = "wlasl300_hands.npz"
HANDS_REST: Final = "wlasl2000_rest_hands.npz"
HEIGHT: Final = 480
"""Pixels; no more than a unit, since the landmarks are relative to a picture whose size is unknown."""
USUAL_ASPECT: Final = 1.5
USUAL_RATE: Final = 30.0
ASSUMED: Final = 0.5
"""Confidence of a joint that was not seen but assumed."""
ASSUMED_BODY: Final = {NOSE: (0.03, 0.28), LEFT_SHOULDER: (0.255, 0.50), RIGHT_SHOULDER: (-0.135, 0.50)}
"""In picture heights, x from the picture's middle, y from its top: means over WLASL100's training clips, from
which a clip differs by 0.17 shoulder widths in x and 0.09 in y on average."""
SAME_HAND: Final = 0.03
"""Picture heights by which the joints of a hand in both files may differ."""
SAME_RECORDING: Final = 1e-3
"""Mean difference, in picture sizes, below which two clips are one recording under two glosses."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class FoundHands:
    """A clip's hands in the order of detection.

    Attributes:
        joints: (T, 2, 21, 3) in picture heights, x from the picture's middle; zeros where unseen.
        seen: (T, 2) bool.
        aspect: width / height of the picture.
    """

    joints: Array
    seen: npt.NDArray[np.bool_]
    aspect: float


def prepare_wlasl300(source: Path, out: Path, *, signers: Sequence[str] = ()) -> int:
    """Write the first 300 glosses to `out`, training on nobody of `signers`; returns the number of clips."""
    return _prepare(source, out, (HANDS_300,), signers)


def prepare_wlasl2000(source: Path, out: Path, *, signers: Sequence[str] = ()) -> int:
    """Write all glosses to `out`, training on nobody of `signers`; returns the number of clips."""
    return _prepare(source, out, (HANDS_300, HANDS_REST), signers)


def _prepare(source: Path, out: Path, files: Sequence[str], signers: Sequence[str]) -> int:
    index = read_index(source)
    stored: dict[str, Array] = {}
    for name in files:
        fields = read_arrays(source / name, "xyz", "length", "video_id", what="a file of WLASL's hands")
        stored |= {video_id: fields["xyz"][frames] for video_id, frames in frames_of_clips(fields, index)}
    holistic = read_arrays(
        source / "wlasl100_holistic.npz", "xyz", "length", "video_id", "fps", what="a file of WLASL100's landmarks"
    )
    rates = dict(zip(map(str, holistic["video_id"]), map(float, holistic["fps"]), strict=True))
    judge = _learned_judge(stored, index, holistic)
    copies = _copies_of_held_out(stored, index)
    labels = {int(row.label): row.gloss for row in (index[video_id] for video_id in stored)}
    clips = [
        _clip(video_id, hands, index[video_id], judge, rates.get(video_id, USUAL_RATE))
        for video_id, hands in stored.items()
        if video_id not in copies | DOUBLED
    ]
    kept = hold_out(clips, signers)
    save_dataset(out, [labels[label] for label in sorted(labels)], kept)
    return len(kept)


def _clip(video_id: str, stored: Array, row: IndexRow, judge: SideJudge, rate: float) -> tuple[LabelledClip, float]:
    found = _found_hands(stored, row)
    size = (round(HEIGHT * found.aspect), HEIGHT)
    joints = place_hands(found, tell_sides(judge, found.joints, found.seen))
    return LabelledClip(
        uniform_clip(joints, rate=rate, size=size), row.gloss, row.split, row.signer, video_id
    ), rate


def place_hands(found: FoundHands, sides: npt.NDArray[np.int8]) -> Array:
    """Hands and their sides (T, 2), with the assumed body -> joints (T, 49, 3) in pixels."""
    joints = np.zeros((len(sides), JOINTS, 3), np.float32)
    for joint, place in ASSUMED_BODY.items():
        joints[:, joint] = (*place, ASSUMED)
    for side, part in ((LEFT, LEFT_HAND), (RIGHT, RIGHT_HAND)):
        frames, slots = np.nonzero(sides == side)
        joints[frames, part, :2] = found.joints[frames, slots, :, :2]
        joints[frames, part, 2] = 1.0
    shown = joints[..., 2:] > 0
    joints[..., :2] = (joints[..., :2] + (found.aspect / 2, 0.0)) * HEIGHT * shown
    return joints


def _found_hands(stored: Array, row: IndexRow) -> FoundHands:
    aspect = row.aspect or USUAL_ASPECT
    seen = ~(stored == MISSING).all(axis=(2, 3))
    # The tracker was carried over from the clip before: what it sees first may be that clip's last hand.
    seen[0] = False
    return FoundHands(_in_heights(stored, aspect) * seen[..., None, None], seen, aspect)


def _in_heights(stored: Array, aspect: float) -> Array:
    relative: Array = stored.astype(np.float32) / COORDINATE_SCALE
    return (relative - (0.5, 0, 0)) * (aspect, 1, aspect)


def _learned_judge(
    stored: Mapping[str, Array], index: Mapping[str, IndexRow], holistic: Mapping[str, Array]
) -> SideJudge:
    """Learn left and right from the training clips that Holistic, which knows the arms, has seen too."""
    hands, right = [], []
    for video_id, frames in frames_of_clips(holistic, index):
        row = index[video_id]
        if row.split == "train" and video_id in stored:
            found = _found_hands(stored[video_id], row)
            sides = known_sides(found, holistic["xyz"][frames])
            hands.append(found.joints[sides >= 0])
            right.append(sides[sides >= 0] == RIGHT)
    return learn_sides(np.concatenate(hands), np.concatenate(right))


def known_sides(found: FoundHands, holistic: Array) -> npt.NDArray[np.int8]:
    """Sides (T, 2) of the hands that Holistic, (T, 75, 3) as stored, has found in the same place; -1 elsewhere."""
    sides = np.full(found.seen.shape, -1, np.int8)
    for side, first in ((LEFT, 33), (RIGHT, 54)):
        hand = holistic[:, first : first + 21]
        there = _in_heights(hand, found.aspect)[:, None, :, :2]
        distance = np.linalg.norm(found.joints[..., :2] - there, axis=-1).mean(axis=-1)
        same = (distance < SAME_HAND) & found.seen & ~(hand == MISSING).all(axis=(1, 2))[:, None]
        sides[same & (distance == distance.min(axis=1, keepdims=True))] = side
    return sides


def _copies_of_held_out(stored: Mapping[str, Array], index: Mapping[str, IndexRow]) -> set[str]:
    """Training clips that are validation or test clips too, under another gloss or the same."""
    return {
        one if index[one].split == "train" else other
        for one, other in same_recordings(stored)
        if {index[one].split, index[other].split} & {"val", "test"} and "train" in (index[one].split, index[other].split)
    }


def same_recordings(stored: Mapping[str, Array]) -> Iterator[tuple[str, str]]:
    """Pairs of clips with the same frames: WLASL's sources show one recording under several glosses."""
    of_length: dict[int, list[str]] = defaultdict(list)
    for video_id, hands in stored.items():
        of_length[len(hands)].append(video_id)
    for length, names in of_length.items():
        if length < 2:
            continue
        motions = np.stack([np.where(stored[name][1:] == MISSING, 0, stored[name][1:]) for name in names])
        motions = motions[..., :2].reshape(len(names), -1).astype(np.float32) / COORDINATE_SCALE
        for first, motion in enumerate(motions):
            if not motion.any():
                continue
            near = np.abs(motions[first + 1 :] - motion).mean(axis=1) < SAME_RECORDING
            yield from ((names[first], names[first + 1 + other]) for other in np.flatnonzero(near))
