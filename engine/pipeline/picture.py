"""Which picture is painted, and with which skeleton."""

from collections.abc import Callable
from threading import Lock
from typing import Final

from engine.types import Frame, Keypoints

SLOW_MS: Final = 50.0
"""Keypoints that take longer would show fewer than 20 pictures a second."""


class PictureFeed:
    """Shows processed pictures with their own skeleton while that is quick enough, captured ones while it is not.

    Called by the thread that captures and by the one that processes; never shows a picture older than the last.
    """

    def __init__(self, show: Callable[[Frame, Keypoints | None], None]) -> None:
        self._show = show
        self._lock = Lock()
        self._newest_keypoints: Keypoints | None = None
        self._last_index = -1
        # Until the first keypoints are there, captured pictures are all there is.
        self._slow = True

    def captured(self, frame: Frame) -> None:
        """Take a frame that has just come from the source."""
        with self._lock:
            if self._slow:
                self._show_unless_older(frame, self._newest_keypoints)

    def processed(self, frame: Frame, keypoints: Keypoints, *, keypoint_ms: float) -> None:
        """Take a frame whose keypoints were found, and how long that usually takes."""
        with self._lock:
            self._newest_keypoints = keypoints
            self._slow = keypoint_ms > SLOW_MS
            # The last picture of a slow stretch is shown again: now the skeleton fits.
            self._show_unless_older(frame, keypoints)

    def _show_unless_older(self, frame: Frame, keypoints: Keypoints | None) -> None:
        if frame.index >= self._last_index:
            self._last_index = frame.index
            self._show(frame, keypoints)
