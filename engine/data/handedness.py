"""Left or right? For hands that were found without a body and without a side.

A hand's shape tells: the palm's normal and the direction in which the fingers bend make a left or a right screw,
and most hands are seen from few directions. A logistic regression on that, learned from hands whose side is
known, judges each frame; the evidence is summed over the frames through which a hand can be followed.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.joints import HAND_JOINTS

NOBODY, LEFT, RIGHT = -1, 0, 1
FRAMES_BACK: Final = 2
"""How many frames back a hand may have been seen last; one that was gone for longer is another hand."""
REACH: Final = 0.08
"""How far, in picture heights, a wrist may have moved since it was last seen."""
RIDGE: Final = 1.0
NEWTON_STEPS: Final = 12

WRIST, INDEX, MIDDLE, LITTLE = 0, 5, 9, 17
"""Wrist and the knuckles of three fingers."""
FINGERS: Final = ((1, 4), (5, 8), (9, 12), (13, 16), (17, 20), (5, 6), (9, 10), (13, 14), (17, 18))
"""Joints from and to which the direction of a finger, or of its first part, is taken."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SideJudge:
    """Logistic regression over `side_features`: weights (F + 1,), the bias last, for standardised features."""

    mean: Array
    scale: Array
    weights: Array

    def evidence(self, hands: npt.NDArray[Any]) -> Array:
        """Log-odds (N,) that each of hands (N, 21, 3) is a right one."""
        result: Array = _with_bias((side_features(hands) - self.mean) / self.scale) @ self.weights
        return result


def side_features(hands: npt.NDArray[Any]) -> Array:
    """Hands (N, 21, 3), x, y, z in picture heights with x from the picture's middle -> (N, 82) numbers.

    How far each finger bends to either side of the palm, in palm lengths, plain and bounded; the joints from
    the wrist in palm lengths; the hand's place in the picture.
    """
    wrist = hands[:, WRIST]
    palm = np.maximum(np.linalg.norm(hands[:, MIDDLE] - wrist, axis=-1), 1e-4)[:, None]
    normal = np.cross(hands[:, INDEX] - wrist, hands[:, LITTLE] - wrist) / palm**2
    fingers = np.stack([(hands[:, tip] - hands[:, base]) / palm for base, tip in FINGERS], axis=1)
    screws = np.einsum("nc,nfc->nf", normal, fingers)
    shape = ((hands[:, 1:] - wrist[:, None]) / palm[:, None]).reshape(len(hands), 3 * (HAND_JOINTS - 1))
    return np.concatenate([screws, np.tanh(5 * screws), shape, wrist[:, :2], np.tanh(5 * wrist[:, :2])], axis=1)


def learn_sides(hands: npt.NDArray[Any], right: npt.NDArray[np.bool_]) -> SideJudge:
    """Fit to hands (N, 21, 3) of which it is known whether they are right ones (N,); Newton's method."""
    features = side_features(hands)
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
    inputs = _with_bias((features - mean) / scale)
    weights = np.zeros(inputs.shape[1])
    for _ in range(NEWTON_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (odds - right) + RIDGE * weights
        curvature = (inputs * (odds * (1 - odds))[:, None]).T @ inputs + RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(curvature, slope)
    return SideJudge(mean=mean, scale=scale, weights=weights)


def tell_sides(judge: SideJudge, hands: npt.NDArray[Any], seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """Sides of a clip's hands (T, 2, 21, 3), seen (T, 2) -> LEFT, RIGHT or NOBODY (T, 2).

    No frame gets two left or two right hands: the hand with less evidence for its side takes the other one, or
    is dropped where that is taken too.
    """
    evidence = np.zeros(seen.shape)
    evidence[seen] = judge.evidence(hands[seen])
    tracks = follow(hands[:, :, WRIST, :2], seen)
    totals = np.array([evidence[tracks == track].sum() for track in range(tracks.max(initial=-1) + 1)])
    sides = np.full(seen.shape, NOBODY, np.int8)
    for track in np.argsort(-np.abs(totals)):
        frames, slots = np.nonzero(tracks == track)
        wanted = RIGHT if totals[track] > 0 else LEFT
        if (sides[frames, 1 - slots] == wanted).mean() > 0.5:
            wanted = LEFT + RIGHT - wanted
        free = sides[frames, 1 - slots] != wanted
        sides[frames[free], slots[free]] = wanted
    return sides


def follow(wrists: npt.NDArray[Any], seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Number the hands of a clip: wrists (T, 2, 2) in picture heights, seen (T, 2) -> track (T, 2), -1 unseen."""
    tracks = np.full(seen.shape, -1, np.int64)
    last: dict[int, tuple[int, npt.NDArray[Any]]] = {}
    for frame in range(len(seen)):
        pairs = sorted(
            (float(np.linalg.norm(wrists[frame, slot] - place)), slot, track)
            for slot in np.flatnonzero(seen[frame])
            for track, (when, place) in last.items()
            if frame - when <= FRAMES_BACK
        )
        for distance, slot, track in pairs:
            if distance <= REACH and tracks[frame, slot] < 0 and track not in tracks[frame]:
                tracks[frame, slot] = track
        for slot in np.flatnonzero(seen[frame]):
            if tracks[frame, slot] < 0:
                tracks[frame, slot] = len(last)
            last[int(tracks[frame, slot])] = (frame, wrists[frame, slot])
    return tracks


def _with_bias(features: Array) -> Array:
    return np.concatenate([features, np.ones((len(features), 1))], axis=1)
