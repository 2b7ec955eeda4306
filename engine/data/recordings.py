"""One recording under several names: data sets show synonyms with the same video."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.joints import BODY_JOINTS
from engine.types import JointArray, KeypointClip

SAME_RECORDING: Final = 1e-3
"""Mean difference of the hands, in picture sizes, below which two clips are one recording."""

Places = npt.NDArray[np.floating[Any]]


def same_recording(hands: Places, others: Places) -> npt.NDArray[np.bool_]:
    """Tell which of N clips (N, T, ...) show the recording that `hands` (T, ...) shows: (N,).

    Positions are in shares of the picture's width and height, 0 where nothing was found. All have as many frames:
    clips of other lengths are other recordings. The first frame does not count, because trackers start anew in it;
    without a hand in any other frame nothing can be told.
    """
    if not hands[1:].any():
        return np.zeros(len(others), np.bool_)
    differences: Places = np.abs(others[:, 1:] - hands[1:]).mean(axis=tuple(range(1, others.ndim)))
    return differences < SAME_RECORDING


class Recordings:
    """Clips among which others are looked for; only clips of one length can be the same recording."""

    def __init__(self, clips: Iterable[KeypointClip]) -> None:
        self._hands: defaultdict[int, list[JointArray]] = defaultdict(list)
        for clip in clips:
            self._hands[len(clip)].append(_hands(clip))

    def show(self, clip: KeypointClip) -> bool:
        """Whether one of the clips is the same recording as `clip`."""
        others = self._hands.get(len(clip), [])
        return bool(others) and bool(same_recording(_hands(clip), np.stack(others)).any())


def _hands(clip: KeypointClip) -> JointArray:
    """(T, 42, 2) in shares of the picture."""
    hands: JointArray = clip.joints[:, BODY_JOINTS:, :2] / np.array(clip.size, np.float32)
    return hands
