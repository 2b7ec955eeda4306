"""One recording under several names: data sets show synonyms with the same video."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.joints import BODY_JOINTS, HAND_JOINTS
from engine.types import JointArray, KeypointClip

SAME_RECORDING: Final = 2e-3
"""Difference of a hand in the median frame, in picture sizes, below which two clips are one recording."""
FEWEST_HANDS: Final = 5
"""Hands that both clips must show, each in each frame counted; fewer may agree by chance."""

Places = npt.NDArray[np.floating[Any]]


def same_recording(hands: Places, others: Places) -> npt.NDArray[np.bool_]:
    """Tell which of N clips (N, T, 2, 21, 2) show the recording that `hands` (T, 2, 21, 2) shows: (N,).

    Positions are in shares of the picture's width and height, 0 where nothing was found. All have as many frames:
    clips of other lengths are other recordings. What counts is the median over the hands that both show, in either
    order, because a copy that was encoded anew may have lost a hand here and there. The first frame does not count,
    because trackers start anew in it.
    """
    return np.logical_or(_agree(hands, others), _agree(hands[:, ::-1], others))


def _agree(hands: Places, others: Places) -> npt.NDArray[np.bool_]:
    both = others.any(axis=(3, 4)) & hands.any(axis=(2, 3))
    both[:, 0] = False
    differences = np.where(both, np.abs(others - hands).mean(axis=(3, 4)), np.inf)
    ordered = np.sort(differences.reshape(len(others), hands.shape[0] * hands.shape[1]), axis=1)
    count = both.sum(axis=(1, 2))
    median = np.take_along_axis(ordered, np.maximum(count[:, None] - 1, 0) // 2, axis=1)[:, 0]
    same: npt.NDArray[np.bool_] = (count >= FEWEST_HANDS) & (median < SAME_RECORDING)
    return same


class Recordings:
    """Clips among which others are looked for; only clips of one length can be the same recording."""

    def __init__(self, clips: Iterable[KeypointClip] = ()) -> None:
        self._hands: defaultdict[int, list[JointArray]] = defaultdict(list)
        for clip in clips:
            self.add(clip)

    def add(self, clip: KeypointClip) -> None:
        """Look among the clips for this one, too."""
        self._hands[len(clip)].append(_hands(clip))

    def show(self, clip: KeypointClip) -> bool:
        """Whether one of the clips is the same recording as `clip`."""
        others = self._hands.get(len(clip), [])
        return bool(others) and bool(same_recording(_hands(clip), np.stack(others)).any())


def _hands(clip: KeypointClip) -> JointArray:
    """(T, 2, 21, 2) in shares of the picture; 0 where a hand is missing."""
    hands = clip.joints[:, BODY_JOINTS:].reshape(len(clip), 2, HAND_JOINTS, 3)
    places: JointArray = hands[..., :2] * (hands[..., 2:] > 0) / np.array(clip.size, np.float32)
    return places
