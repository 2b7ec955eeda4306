"""WLASL300 and WLASL2000 as hands alone, from landmarks that MediaPipe Hands found in it.

Beside what `engine.data.wlasl` reads, the source folder holds wlasl300_hands.npz (the first 300 glosses) and
wlasl2000_rest_hands.npz (the others): `xyz` (frames, 2, 21, 3), the two hands in the order in which they were
detected; `video_id` a clip (see `engine.data.landmarks`). Three things are missing and are put in here:

* which hand is left: `engine.data.handedness`, learned from the training clips that Holistic has seen too;
* the body: the signers of WLASL stand much alike, so nose and shoulders are assumed where they are on average;
* frame rate and proportions of the picture where nobody wrote them down: WLASL's most frequent ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.data.dataset import LabelledClip, Prepared, save_prepared, uniform_clip
from engine.data.handedness import LEFT, RIGHT, SideJudge, learn_sides, tell_sides
from engine.data.landmarks import (
    COORDINATE_SCALE,
    HOLISTIC_LEFT_HAND,
    HOLISTIC_RIGHT_HAND,
    MISSING,
    Array,
)
from engine.data.wlasl import HOLISTIC_100, read_holistic_100
from engine.data.wlasl_copies import HANDS_300, HANDS_REST, copies_of_held_out, read_hands
from engine.data.wlasl_index import IndexRow, frames_of_clips, read_index
from engine.errors import UserFacingError
from engine.features.model_input import USUAL_TORSO
from engine.joints import JOINTS, LEFT_HAND, RIGHT_HAND

HEIGHT: Final = 480
"""Pixels; no more than a unit, since the landmarks are relative to a picture whose size is unknown."""
USUAL_ASPECT: Final = 1.5
USUAL_RATE: Final = 30.0
ASSUMED: Final = 0.5
"""Confidence of a joint that was not seen but assumed."""
MIDDLE: Final = (0.06, 0.50)
"""Of the shoulders, in picture heights, x from the picture's middle, y from its top: means over WLASL100's training
clips, from which a clip differs by 0.17 shoulder widths in x and 0.09 in y on average."""
SHOULDER_WIDTH: Final = 0.39
"""In picture heights, likewise."""
SAME_HAND: Final = 0.03
"""Picture heights by which the joints of a hand in both files may differ."""


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


def prepare_wlasl300(source: Path, out: Path, *, signers: Sequence[str] = ()) -> Prepared:
    """Write the first 300 glosses to `out`, training on nobody of `signers`."""
    return _prepare(source, out, (HANDS_300,), signers)


def prepare_wlasl2000(source: Path, out: Path, *, signers: Sequence[str] = ()) -> Prepared:
    """Write all glosses to `out`, training on nobody of `signers`."""
    return _prepare(source, out, (HANDS_300, HANDS_REST), signers)


def _prepare(source: Path, out: Path, files: Sequence[str], signers: Sequence[str]) -> Prepared:
    index = read_index(source)
    stored = read_hands(source, files, index)
    copies = copies_of_held_out(source, index) & stored.keys()
    holistic = read_holistic_100(source)
    rates = dict(zip(map(str, holistic["video_id"]), map(float, holistic["fps"]), strict=True))
    judge = learned_judge(stored, index, holistic)
    labels = {index[video_id].label: index[video_id].gloss for video_id in stored}
    clips = [
        _clip(video_id, hands, index[video_id], judge, rates.get(video_id, USUAL_RATE))
        for video_id, hands in stored.items()
        if video_id not in copies
    ]
    note = f"{len(copies)} training clips were left out: the same recordings are validation or test clips too."
    return save_prepared(out, [labels[label] for label in sorted(labels)], clips, signers, [note])


def _clip(video_id: str, stored: Array, row: IndexRow, judge: SideJudge, rate: float) -> tuple[LabelledClip, float]:
    found = found_hands(stored, row)
    size = (round(HEIGHT * found.aspect), HEIGHT)
    joints = place_hands(found, tell_sides(judge, found.joints, found.seen))
    return LabelledClip(uniform_clip(joints, rate=rate, size=size), row.gloss, row.split, row.signer, video_id), rate


def place_hands(found: FoundHands, sides: npt.NDArray[np.int8]) -> Array:
    """Hands and their sides (T, 2), with the assumed body -> joints (T, 49, 3) in pixels."""
    joints = np.zeros((len(sides), JOINTS, 3), np.float32)
    for joint, place in USUAL_TORSO.items():
        joints[:, joint] = (*(MIDDLE + SHOULDER_WIDTH * np.array(place)), ASSUMED)
    for side, part in ((LEFT, LEFT_HAND), (RIGHT, RIGHT_HAND)):
        frames, slots = np.nonzero(sides == side)
        joints[frames, part, :2] = found.joints[frames, slots, :, :2]
        joints[frames, part, 2] = 1.0
    shown = joints[..., 2:] > 0
    joints[..., :2] = (joints[..., :2] + (found.aspect / 2, 0.0)) * HEIGHT * shown
    return joints


def found_hands(stored: Array, row: IndexRow) -> FoundHands:
    """A clip's hands (T, 2, 21, 3) as stored, in picture heights and without the ghost of the clip before."""
    aspect = row.aspect or USUAL_ASPECT
    seen = ~(stored == MISSING).all(axis=(2, 3))
    # The tracker was carried over from the clip before: what it sees first may be that clip's last hand.
    seen[0] = False
    return FoundHands(_in_heights(stored, aspect) * seen[..., None, None], seen, aspect)


def _in_heights(stored: Array, aspect: float) -> Array:
    relative: Array = stored.astype(np.float32) / COORDINATE_SCALE
    return (relative - (0.5, 0, 0)) * (aspect, 1, aspect)


def learned_judge(
    stored: Mapping[str, Array], index: Mapping[str, IndexRow], holistic: Mapping[str, Array]
) -> SideJudge:
    """Learn left and right from the training clips that Holistic, which knows the arms, has seen too."""
    hands, right = [], []
    for video_id, frames in frames_of_clips(holistic, index):
        row = index[video_id]
        if row.split == "train" and len(stored.get(video_id, ())) == frames.stop - frames.start:
            found = found_hands(stored[video_id], row)
            sides = known_sides(found, holistic["xyz"][frames])
            hands.append(found.joints[sides >= 0])
            right.append(sides[sides >= 0] == RIGHT)
    if not any(len(known) for known in right):
        raise UserFacingError(
            f"Left and right cannot be learned: no training clip shows the same hands in {HOLISTIC_100} and in the "
            f"files of hands. Check that they belong together."
        )
    return learn_sides(np.concatenate(hands), np.concatenate(right))


def known_sides(found: FoundHands, holistic: Array) -> npt.NDArray[np.int8]:
    """Sides (T, 2) of the hands that Holistic, (T, 75, 3) as stored, has found in the same place; -1 elsewhere."""
    sides = np.full(found.seen.shape, -1, np.int8)
    for side, part in ((LEFT, HOLISTIC_LEFT_HAND), (RIGHT, HOLISTIC_RIGHT_HAND)):
        hand = holistic[:, part]
        there = _in_heights(hand, found.aspect)[:, None, :, :2]
        distance = np.linalg.norm(found.joints[..., :2] - there, axis=-1).mean(axis=-1)
        same = (distance < SAME_HAND) & found.seen & ~(hand == MISSING).all(axis=(1, 2))[:, None]
        sides[same & (distance == distance.min(axis=1, keepdims=True))] = side
    return sides
