"""The most recent keypoints of a stream."""

from collections import deque

import numpy as np

from engine.types import KeypointClip, Keypoints


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

    def clip(self) -> KeypointClip:
        """All that is kept; at least one frame must have been taken in."""
        return KeypointClip(
            joints=np.stack([keypoints.joints for keypoints in self._keypoints]),
            times_ns=np.array([keypoints.time_ns for keypoints in self._keypoints], np.int64),
            size=self._keypoints[-1].size,
        )

    def clear(self) -> None:
        """Forget everything."""
        self._keypoints.clear()
