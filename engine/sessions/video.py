"""The pictures of a session as a film: Motion JPEG, of which a film that was cut off can still be read.

A film has one rate, pictures come when they come. So the film runs by a clock: its picture n belongs to n intervals
after the first, one is shown again where the next is late, and left out where it comes an interval too early. Thus
whatever tells times from the film's beginning, subtitles above all, fits it to the end.
"""

import math
import statistics
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from engine.errors import UserFacingError
from engine.sources.clip import plain_picture
from engine.sources.session import PICTURE_LASTS_NS
from engine.types import NANOSECONDS, Frame

if TYPE_CHECKING:
    from engine.sources.opencv import cv2

FIRST: Final = 8
"""So many pictures tell the rate of the film."""
RATES: Final = (1, 2, 5, 10, 12, 15, 20, 24, 25, 30, 50, 60, 90, 120)
"""Those of cameras and files: a few intervals tell which of them it is, and no more exactly than that."""
LONGEST_PAUSE_NS: Final = 60 * NANOSECONDS
"""What is longer, a machine that slept, takes only so long in the film: it would fill the disk with one picture."""


class VideoWriter:
    """Writes pictures of one size into an .avi file; use it as a context, on one thread."""

    def __init__(self, path: Path, wrote: Callable[[int], None]) -> None:
        """Write to `path`.

        Args:
            path: of the file.
            wrote: called with the stream time of each picture of the film once it is in the file; of one that is shown
                again, when that is. The times increase strictly.
        """
        self._path = path
        self._wrote = wrote
        self._first: list[Frame] = []
        self._last_ns = -1
        self._size: tuple[int, int] | None = None
        self._writer: cv2.VideoWriter | None = None
        self._rate = 1
        self._begin_ns = 0
        self._written = 0
        self._shown: Frame | None = None
        """The newest picture of the film that is no other one shown again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._first:
            self._open()
        if self._writer is not None:
            self._writer.release()

    def write(self, frame: Frame) -> None:
        """Take a picture in; one of another size, or not later than the one before, is left out.

        Raises:
            UserFacingError: the file cannot be written.
        """
        height, width = frame.image.shape[:2]
        if frame.time_ns <= self._last_ns or self._size not in (None, (width, height)):
            return
        self._last_ns, self._size = frame.time_ns, (width, height)
        if self._writer is not None:
            self._append(self._writer, frame)
            return
        self._first.append(frame)
        if len(self._first) == FIRST:
            self._open()

    def _open(self) -> None:
        """Open the file at the rate of the first pictures, and write these."""
        from engine.sources.opencv import cv2, native_path  # not before it is needed: the window starts without

        assert self._size is not None
        intervals = [later.time_ns - earlier.time_ns for earlier, later in pairwise(self._first)]
        interval_ns = statistics.median(intervals or [NANOSECONDS])
        self._rate = min(RATES, key=lambda rate: abs(math.log(rate * interval_ns / NANOSECONDS)))
        self._begin_ns = self._first[0].time_ns
        writer = cv2.VideoWriter(native_path(self._path), cv2.VideoWriter.fourcc(*"MJPG"), self._rate, self._size)
        if not writer.isOpened():
            raise UserFacingError(f"{self._path} cannot be written.")
        for frame in self._first:
            self._append(writer, frame)
        self._writer = writer
        self._first.clear()

    def _append(self, writer: "cv2.VideoWriter", frame: Frame) -> None:
        """Write a picture where the film's clock wants it."""
        if self._shown is not None:
            self._begin_ns += max(0, frame.time_ns - self._shown.time_ns - LONGEST_PAUSE_NS)
            self._bridge(writer, self._shown, until_ns=frame.time_ns)
        if frame.time_ns >= self._due_ns(self._written - 1):
            self._put(writer, frame)
            self._shown = frame

    def _bridge(self, writer: "cv2.VideoWriter", last: Frame, *, until_ns: int) -> None:
        """Show the last picture again until the next one is due, an empty one where it takes too long."""
        told_ns = last.time_ns
        while self._due_ns(self._written + 1) < until_ns:
            told_ns = max(self._due_ns(self._written), told_ns + 1)
            lasts = told_ns - last.time_ns <= PICTURE_LASTS_NS
            image = last.image if lasts else plain_picture((last.image.shape[1], last.image.shape[0]))
            self._put(writer, replace(last, image=image, time_ns=told_ns))

    def _due_ns(self, number: int) -> int:
        """When the film's clock wants its picture of this number: stream time."""
        return self._begin_ns + round(number * NANOSECONDS / self._rate)

    def _put(self, writer: "cv2.VideoWriter", frame: Frame) -> None:
        writer.write(frame.image)
        self._written += 1
        self._wrote(frame.time_ns)
