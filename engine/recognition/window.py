"""The most recent keypoints of a stream."""

from collections import deque
from typing import Final

import numpy as np

from engine.types import NANOSECONDS, KeypointClip, Keypoints

GAP_NS: Final = NANOSECONDS
"""Without frames for this long (a machine that slept, a camera that hung), nobody knows what was signed."""


def interrupted(last: Keypoints, new: Keypoints) -> bool:
    """Pixels of another picture size mean something else, and so does a motion with a hole in it."""
    return new.size != last.size or new.time_ns - last.time_ns > GAP_NS


class SlidingWindow:
    """Keeps the last `span_ns` of a stream; older keypoints are forgotten.

    Keypoints that do not come later than the newest are ignored: a source that repeats a frame adds nothing.
    All must come from pictures of one size.
    """

    def __init__(self, span_ns: int) -> None:
        self._span_ns = span_ns
        self._keypoints: deque[Keypoints] = deque()

    def push(self, keypoints: Keypoints) -> bool:
        """Take in the next frame; tells whether it is new."""
        if self._keypoints and keypoints.time_ns <= self._keypoints[-1].time_ns:
            return False
        self._keypoints.append(keypoints)
        while self._keypoints[0].time_ns < keypoints.time_ns - self._span_ns:
            self._keypoints.popleft()
        return True

    def clip(self, *, since_ns: int) -> KeypointClip:
        """What is kept from the last frame that is not later than `since_ns` on; something must have been taken in."""
        kept = list(self._keypoints)
        begin = max((index for index, keypoints in enumerate(kept) if keypoints.time_ns <= since_ns), default=0)
        return KeypointClip(
            joints=np.stack([keypoints.joints for keypoints in kept[begin:]]),
            times_ns=np.array([keypoints.time_ns for keypoints in kept[begin:]], np.int64),
            size=kept[-1].size,
        )

    def clear(self) -> None:
        """Forget everything."""
        self._keypoints.clear()
