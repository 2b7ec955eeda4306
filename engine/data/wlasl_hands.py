"""WLASL300 and WLASL2000 as hands alone, from landmarks that MediaPipe Hands found in it.

Beside what `engine.data.wlasl` reads, the source folder holds wlasl300_hands.npz (the first 300 glosses) and
wlasl2000_rest_hands.npz (the others): `xyz` (frames, 2, 21, 3), the two hands in the order in which they were
detected; `video_id` a clip (see `engine.data.landmarks`). Three things are missing and are put in here:

* which hand is left: `engine.data.handedness`, learned from the training clips that Holistic has seen too;
* the body, and the proportions of the picture where nobody wrote them down: `engine.data.wlasl_scenes`;
* the frame rate where nobody wrote it down: the signer's median one, WLASL's most frequent one for whom none is known.
"""

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.data.dataset import LabelledClip, Prepared, save_prepared, uniform_clip
from engine.data.handedness import LEFT, RIGHT, SideJudge, learn_sides, tell_sides
from engine.data.held_out import NOBODY, HeldOut
from engine.data.landmarks import (
    COORDINATE_SCALE,
    HOLISTIC_LEFT_HAND,
    HOLISTIC_RIGHT_HAND,
    MISSING,
    Array,
)
from engine.data.wlasl import HOLISTIC_100, read_holistic_100
from engine.data.wlasl_copies import HANDS_300, HANDS_REST, copies_of_held_out, read_hands
from engine.data.wlasl_index import IndexRow, frames_of_clips, in_order_of_labels, read_index, redrawn
from engine.data.wlasl_scenes import USUAL, Scene, SceneFinder, scene_features, scenes_of_signers
from engine.errors import UserFacingError
from engine.features.model_input import USUAL_TORSO
from engine.joints import HAND_JOINTS, JOINTS, LEFT_HAND, RIGHT_HAND

HEIGHT: Final = 480
"""Pixels; no more than a unit, since the landmarks are relative to a picture whose size is unknown."""
USUAL_RATE: Final = 30.0
ASSUMED: Final = 0.5
"""Confidence of a joint that was not seen but assumed."""
SAME_HAND: Final = 0.03
"""Picture heights by which the joints of a hand in both files may differ."""


@dataclass(frozen=True, slots=True)
class FoundHands:
    """A clip's hands in the order of detection.

    Attributes:
        joints: (T, 2, 21, 3) in picture heights, x from the picture's middle; zeros where unseen.
        seen: (T, 2) bool.
        aspect: width / height of the picture, as far as it is known.
    """

    joints: Array
    seen: npt.NDArray[np.bool_]
    aspect: float


class SidedHands(NamedTuple):
    """A clip's left and right hand.

    Attributes:
        places: (T, 2, 21, 2) relative to the picture; zeros where unseen.
        seen: (T, 2) bool.
    """

    places: npt.NDArray[np.float64]
    seen: npt.NDArray[np.bool_]


def prepare_wlasl300(source: Path, out: Path, *, held_out: HeldOut = NOBODY) -> Prepared:
    """Write the first 300 glosses to `out`, training on nobody who is held out."""
    return _prepare(source, out, (HANDS_300,), held_out)


def prepare_wlasl2000(source: Path, out: Path, *, held_out: HeldOut = NOBODY) -> Prepared:
    """Write all glosses to `out`, training on nobody who is held out."""
    return _prepare(source, out, (HANDS_300, HANDS_REST), held_out)


def _prepare(source: Path, out: Path, files: Sequence[str], held_out: HeldOut) -> Prepared:
    official = read_index(source)
    index = redrawn(official, held_out)
    stored = read_hands(source, files, index)
    copies = copies_of_held_out(source, official, held_out) & stored.keys()
    holistic = read_holistic_100(source)
    rates = dict(zip(map(str, holistic["video_id"]), map(float, holistic["fps"]), strict=True))
    signers_rates = rates_of_signers(rates, index)
    judge = learned_judge(stored, index, holistic)
    glosses = in_order_of_labels(index[video_id] for video_id in stored)
    sided = {
        video_id: sided_hands(hands, index[video_id], judge)
        for video_id, hands in stored.items()
        if video_id not in copies
    }
    features = {video_id: scene_features(*hands) for video_id, hands in sided.items()}
    finder = SceneFinder(
        scenes_of_signers(holistic, index),
        [(index[video_id], features[video_id]) for video_id in sided],
    )
    clips = [
        _clip(
            video_id,
            index[video_id],
            hands,
            finder.scene(index[video_id], features[video_id]),
            rates.get(video_id) or signers_rates.get(index[video_id].signer, USUAL_RATE),
        )
        for video_id, hands in sided.items()
    ]
    note = f"{len(copies)} training clips were left out: the same recordings are validation or test clips too."
    return save_prepared(out, glosses, clips, held_out, [note])


def rates_of_signers(rates: Mapping[str, float], index: Mapping[str, IndexRow]) -> dict[str, float]:
    """The median frame rate of each signer's training clips, as far as it is known."""
    found = defaultdict(list)
    for video_id, rate in rates.items():
        row = index[video_id]
        if row.signer and row.split == "train":
            found[row.signer].append(rate)
    return {signer: statistics.median_low(known) for signer, known in found.items()}


def sided_hands(stored: Array, row: IndexRow, judge: SideJudge) -> SidedHands:
    """A clip's hands (T, 2, 21, 3) as stored -> the left and the right one."""
    found = found_hands(stored, row)
    sides = tell_sides(judge, found.joints, found.seen)
    hands, seen = np.zeros((*sides.shape, HAND_JOINTS, 2)), np.zeros(sides.shape, np.bool_)
    for side in (LEFT, RIGHT):
        frames, slots = np.nonzero(sides == side)
        hands[frames, side] = stored[frames, slots, :, :2] / COORDINATE_SCALE
        seen[frames, side] = True
    return SidedHands(hands, seen)


def place_hands(hands: SidedHands, scene: Scene) -> Array:
    """Hands, and the torso that the scene assumes -> joints (T, 49, 3) in pixels."""
    joints = np.zeros((len(hands.seen), JOINTS, 3), np.float32)
    middle = np.array([scene.x + scene.aspect / 2, scene.y])
    for joint, place in USUAL_TORSO.items():
        joints[:, joint] = (*(middle + scene.shoulder_width * np.array(place)) * HEIGHT, ASSUMED)
    for side, part in enumerate((LEFT_HAND, RIGHT_HAND)):
        seen = hands.seen[:, side]
        joints[seen, part, :2] = hands.places[seen, side] * (scene.aspect * HEIGHT, HEIGHT)
        joints[seen, part, 2] = 1.0
    return joints


def _clip(video_id: str, row: IndexRow, hands: SidedHands, scene: Scene, rate: float) -> tuple[LabelledClip, float]:
    clip = uniform_clip(place_hands(hands, scene), rate=rate, size=(round(HEIGHT * scene.aspect), HEIGHT))
    return LabelledClip(clip, row.gloss, row.split, row.signer, video_id), rate


def found_hands(stored: Array, row: IndexRow) -> FoundHands:
    """A clip's hands (T, 2, 21, 3) as stored, in picture heights and without the ghost of the clip before."""
    aspect = row.aspect or USUAL.aspect
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
