"""Sign prototypes: the average motion of a gloss over several recordings, which are not all known to be one signer's.

Clips of a gloss differ in pace, so they are brought to one time base by dynamic time warping before they are
averaged: onto the clip that is nearest to all others. Positions of the arms and shapes of the hands are averaged
apart, as the model sees them apart. Clips that differ too much (another variant of the sign) are left out.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.data.dataset import ClipDataset, LabelledClip
from engine.data.recordings import Recordings
from engine.features.activity import signing_span
from engine.features.motion import CLEAR_LEAD, lead_of_right_hand, mirrored_motion, to_motion
from engine.joints import LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.sources.prototypes import Prototype
from engine.types import JointArray

RATE: Final = 25.0
FEWEST_RECORDINGS: Final = 3
"""An average of fewer would show a person, not a sign."""
KEPT_DISTANCE: Final = 1.5
"""Clips farther from the middle one than this times the median distance are another variant."""
HAND_SHARE: Final = 0.5
"""A hand is shown where at least this share of the clips shows it."""

Matrix = npt.NDArray[np.float32]
HANDS: Final = ((LEFT_HAND, LEFT_WRIST), (RIGHT_HAND, RIGHT_WRIST))


def average_signs(dataset: ClipDataset) -> list[Prototype]:
    """One prototype a gloss, in the order of the vocabulary.

    Glosses with too few recordings have none, nor have those of which all that would be averaged shows one known
    signer. A signer who is not known may be anybody.
    """
    prototypes = []
    for gloss in dataset.glosses:
        signers, motions = [], []
        for item in _without_copies(item for item in dataset.clips if item.gloss == gloss):
            motion = to_motion(item.clip, rate=RATE, span=signing_span(item.clip))
            if motion is not None:
                signers.append(item.signer)
                motions.append(motion)
        if len(motions) < FEWEST_RECORDINGS:
            continue
        kept, aligned = _aligned(motions)
        if not _is_one_person({signers[index] for index in kept}):
            prototypes.append(Prototype(gloss=gloss, joints=_smoothed(_average(aligned)), rate=RATE))
    return prototypes


def _without_copies(items: Iterable[LabelledClip]) -> Iterator[LabelledClip]:
    """Yield one clip of each recording."""
    recordings = Recordings()
    for item in items:
        if not recordings.show(item.clip):
            recordings.add(item.clip)
            yield item


def _is_one_person(signers: Set[str]) -> bool:
    """Whether all clips are known to show the same signer; "" is one who is not known."""
    return len(signers) == 1 and "" not in signers


def _aligned(motions: Sequence[JointArray]) -> tuple[list[int], npt.NDArray[np.float32]]:
    """Which of the motions (T_i, 49, 3) show one variant, and these on the middle one's time base: (kept, T, 49, 3)."""
    motions = _same_dominant_hand(motions)
    features = [_features(motion) for motion in motions]
    distances = np.array([[_distance(one, other) for other in features] for one in features])
    middle = int(distances.sum(axis=1).argmin())
    from_middle = distances[middle]
    limit = KEPT_DISTANCE * np.median(np.delete(from_middle, middle))
    nearest = np.argsort(from_middle)
    kept = [int(index) for rank, index in enumerate(nearest) if rank < FEWEST_RECORDINGS or from_middle[index] <= limit]
    return kept, np.stack([motions[index][_warp(features[middle], features[index])] for index in kept])


def _same_dominant_hand(motions: Sequence[JointArray]) -> list[JointArray]:
    """Mirror the signers whose other hand leads."""
    leads = [lead_of_right_hand(motion) for motion in motions]
    leading = np.sign(sum(leads))
    return [
        mirrored_motion(motion) if lead * leading < -CLEAR_LEAD else motion
        for motion, lead in zip(motions, leads, strict=True)
    ]


def _features(motion: JointArray) -> Matrix:
    """What alignment compares: where the wrists are, and less so what the hands look like; (T, 88)."""
    parts = [_wrists(motion).reshape(len(motion), -1)]
    for hand, _ in HANDS:
        shape = motion[:, hand, :2] - motion[:, hand.start, None, :2]
        parts.append((shape * (motion[:, hand, 2:] > 0)).reshape(len(motion), -1) / np.sqrt(hand.stop - hand.start))
    return np.concatenate(parts, axis=1)


def _wrists(motion: JointArray) -> Matrix:
    """(T, 2, 2): the hand's own wrist where the hand is seen, else the arm's."""
    return np.stack(
        [
            np.where(motion[:, hand.start, 2:] > 0, motion[:, hand.start, :2], motion[:, wrist, :2])
            for hand, wrist in HANDS
        ],
        axis=1,
    )


def _costs(one: Matrix, other: Matrix) -> Matrix:
    """Accumulated costs (T1, T2) of dynamic time warping."""
    step = np.linalg.norm(one[:, None] - other[None], axis=-1)
    total = np.full((len(one) + 1, len(other) + 1), np.inf, np.float32)
    total[0, 0] = 0
    for row in range(len(one)):
        for column in range(len(other)):
            best = min(total[row, column], total[row, column + 1], total[row + 1, column])
            total[row + 1, column + 1] = step[row, column] + best
    return total[1:, 1:]


def _distance(one: Matrix, other: Matrix) -> float:
    return float(_costs(one, other)[-1, -1]) / (len(one) + len(other))


def _warp(reference: Matrix, other: Matrix) -> npt.NDArray[np.int64]:
    """For each frame of `reference` the frame of `other` that goes with it; (T,)."""
    total = _costs(reference, other)
    row, column = len(reference) - 1, len(other) - 1
    partners: list[list[int]] = [[] for _ in reference]
    while True:
        partners[row].append(column)
        if row == column == 0:
            break
        steps = [(r, c) for r, c in ((row - 1, column - 1), (row - 1, column), (row, column - 1)) if r >= 0 and c >= 0]
        row, column = min(steps, key=lambda place: total[place])
    return np.array([matched[len(matched) // 2] for matched in partners])


def _average(aligned: npt.NDArray[np.float32]) -> JointArray:
    """(clips, T, 49, 3) -> (T, 49, 3); arms and hand shapes apart, the hand hung on the averaged wrist."""
    weight = (aligned[..., 2:] > 0).astype(np.float32)
    share = weight.mean(axis=0)
    average = np.zeros(aligned.shape[1:], np.float32)
    average[..., :2] = (aligned[..., :2] * weight).sum(axis=0) / weight.sum(axis=0).clip(min=1)
    average[..., 2] = aligned[..., 2].sum(axis=0) / weight[..., 0].sum(axis=0).clip(min=1)
    wrists = _average_wrists(aligned)
    for side, (hand, wrist) in enumerate(HANDS):
        shown = share[:, hand.start, 0] >= HAND_SHARE
        shape = average[:, hand, :2] - average[:, hand.start, None, :2]
        average[:, hand, :2] = wrists[:, side, None] + shape
        average[:, wrist, :2] = np.where(shown[:, None], wrists[:, side], average[:, wrist, :2])
        average[~shown, hand] = 0
    average[average[..., 2] == 0] = 0
    return average


def _average_wrists(aligned: npt.NDArray[np.float32]) -> Matrix:
    """(clips, T, 49, 3) -> (T, 2, 2), over the clips that know where the wrist is."""
    positions = np.stack([_wrists(motion) for motion in aligned])
    known = np.stack(
        [(aligned[:, :, hand.start, 2] > 0) | (aligned[:, :, wrist, 2] > 0) for hand, wrist in HANDS], axis=-1
    )[..., None]
    average: Matrix = (positions * known).sum(axis=0) / known.sum(axis=0).clip(min=1)
    return average


def _smoothed(motion: JointArray) -> JointArray:
    """Warping moves in steps; a short average over time takes them out. Joints that are missing stay so."""
    padded = np.pad(motion, ((1, 1), (0, 0), (0, 0)), mode="edge")
    neighbours = np.stack([padded[:-2], padded[1:-1], padded[2:]])
    weight = np.array([0.25, 0.5, 0.25], np.float32)[:, None, None, None] * (neighbours[..., 2:] > 0)
    smooth = (neighbours * weight).sum(axis=0) / weight.sum(axis=0).clip(min=1e-6)
    return np.where(motion[..., 2:] > 0, smooth, 0).astype(np.float32)
