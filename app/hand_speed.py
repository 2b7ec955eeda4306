"""How fast hands move: what a signer sees of the difference between a sign and a rest."""

from collections import deque
from typing import Final

import numpy as np

from engine.joints import LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import NANOSECONDS, Keypoints

LAG_NS: Final = NANOSECONDS // 10
"""Speed is measured over this time: from one frame to the next it would be noise."""


class HandSpeed:
    """Feed it the keypoints of a stream in order."""

    def __init__(self) -> None:
        self._recent: deque[Keypoints] = deque()

    def push(self, keypoints: Keypoints) -> tuple[float, float]:
        """Return the speed of the left and the right hand in shoulder widths a second.

        NaN where a hand, or the shoulders, were not seen now and a tenth of a second ago.
        """
        if self._recent and (keypoints.time_ns <= self._recent[-1].time_ns or keypoints.size != self._recent[-1].size):
            self._recent.clear()
        self._recent.append(keypoints)
        while len(self._recent) > 2 and keypoints.time_ns - self._recent[1].time_ns >= LAG_NS:
            self._recent.popleft()
        before, seconds = self._recent[0], (keypoints.time_ns - self._recent[0].time_ns) / NANOSECONDS
        if seconds == 0:
            return np.nan, np.nan
        width = _shoulder_width(keypoints)
        left, right = (_way(before, keypoints, hand) / width / seconds for hand in (LEFT_HAND, RIGHT_HAND))
        return left, right


def _way(before: Keypoints, now: Keypoints, hand: slice) -> float:
    """Pixels that the middle of a hand has gone."""
    one, other = before.joints[hand], now.joints[hand]
    if not (one[:, 2].any() and other[:, 2].any()):
        return np.nan
    return float(np.linalg.norm(other[:, :2].mean(axis=0) - one[:, :2].mean(axis=0)))


def _shoulder_width(keypoints: Keypoints) -> float:
    left, right = keypoints.joints[LEFT_SHOULDER], keypoints.joints[RIGHT_SHOULDER]
    width = float(np.linalg.norm(left[:2] - right[:2]))
    return width if left[2] and right[2] and width > 0 else np.nan
