"""The pictures of a session as a film: Motion JPEG, of which a film that was cut off can still be read."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from engine.errors import UserFacingError
from engine.types import NANOSECONDS, Frame

if TYPE_CHECKING:
    from engine.sources.opencv import cv2

FIRST: Final = 8
"""By so many pictures the rate is known that the file tells to players; the exact times are in the session."""
RATES: Final = (1.0, 120.0)


class VideoWriter:
    """Writes pictures of one size into an .avi file; use it as a context, on one thread."""

    def __init__(self, path: Path, wrote: Callable[[int], None]) -> None:
        """Write to `path`; `wrote` is called with the stream time of each picture once it is in the file."""
        self._path = path
        self._wrote = wrote
        self._first: list[Frame] = []
        self._last_ns = -1
        self._size: tuple[int, int] | None = None
        self._writer: cv2.VideoWriter | None = None

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
        seconds = (self._first[-1].time_ns - self._first[0].time_ns) / NANOSECONDS
        slowest, fastest = RATES
        rate = min(max((len(self._first) - 1) / seconds if seconds else slowest, slowest), fastest)
        writer = cv2.VideoWriter(native_path(self._path), cv2.VideoWriter.fourcc(*"MJPG"), rate, self._size)
        if not writer.isOpened():
            raise UserFacingError(f"{self._path} cannot be written.")
        for frame in self._first:
            self._append(writer, frame)
        self._writer = writer
        self._first.clear()

    def _append(self, writer: "cv2.VideoWriter", frame: Frame) -> None:
        writer.write(frame.image)
        self._wrote(frame.time_ns)
