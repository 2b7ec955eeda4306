"""Video files through OpenCV and its FFmpeg."""

import logging
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from engine.errors import UserFacingError
from engine.sources.files import require_file
from engine.sources.opencv import cv2, native_path
from engine.types import NANOSECONDS, Frame, Image

SANE_RATES: Final = (1.0, 240.0)
USUAL_RATE: Final = 30.0
"""Frames a second of a file that does not tell, or tells nonsense."""
LONGEST_GAP_NS: Final = 60 * NANOSECONDS
"""A longer leap between two frames is damage, unless the frames after it go on from there."""
LATEST_NS: Final = 24 * 3600 * NANOSECONDS
"""A position beyond this is nonsense."""
ENDED_EARLY: Final = 0.9
"""A share of the announced duration below which the log says that the file is incomplete."""

SQUARE_PIXELS: Final = 1.02
"""So much wider than high, or higher than wide, pixels are where a size was rounded."""
SANE_PIXELS: Final = 4.0
"""More is nonsense."""

log = logging.getLogger(__name__)


class FrameClock:
    """Gives each frame of a file its stream time, whatever the file claims.

    The position that the file tells counts where it makes sense after the frame before; otherwise the frame comes one
    period after that, so that time always moves on and never depends on the machine. Where positions begin anew, they
    count from there.
    """

    def __init__(self, rate: float) -> None:
        slowest, fastest = SANE_RATES
        sane = rate if slowest <= rate <= fastest else USUAL_RATE
        self._period_ns = round(NANOSECONDS / sane)
        self._offset_ns = 0
        self._position_ns = 0
        self._last_ns: int | None = None

    def tick(self, position_ms: float) -> int:
        """Return the stream time in nanoseconds of the next frame, whose position is said to be `position_ms`."""
        position = position_ms * 1e6  # may be anything, NaN and infinity included
        known = abs(position) <= LATEST_NS
        if self._last_ns is None:
            self._position_ns = round(position) if known else 0
            self._last_ns = self._position_ns if 0 <= self._position_ns <= LONGEST_GAP_NS else 0
            self._offset_ns = self._last_ns - self._position_ns
        elif known:
            self._last_ns = self._after(self._last_ns, round(position))
        else:
            self._last_ns += self._period_ns
        return self._last_ns

    def _after(self, last_ns: int, position_ns: int) -> int:
        """Return the time of the frame at a position that comes after the one at `last_ns`."""
        before_ns, self._position_ns = self._position_ns, position_ns
        goes_on = 1 <= position_ns - before_ns <= LONGEST_GAP_NS
        if goes_on and position_ns + self._offset_ns <= last_ns:  # positions began anew with the frame before
            self._offset_ns = last_ns - before_ns
        told_ns = position_ns + self._offset_ns
        sane = goes_on or 1 <= told_ns - last_ns <= LONGEST_GAP_NS
        return told_ns if sane else last_ns + self._period_ns


class VideoSource:
    """The pictures of a video file, upright as its rotation mark says, of square pixels; see `FrameSource`."""

    live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._capture: cv2.VideoCapture | None = None
        self.name = path.name

    def __enter__(self) -> Self:
        if not self._open().grab():
            self._close()
            raise UserFacingError(f"{self._path} holds no picture that can be decoded: it is empty or incomplete.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __iter__(self) -> Iterator[Frame]:
        capture = self._open()
        rate = capture.get(cv2.CAP_PROP_FPS)
        clock = FrameClock(rate)
        pixels = _width_of_pixels(capture)
        time_ns = 0
        for index in count():
            decoded, image = capture.read()
            if not decoded:
                break
            time_ns = clock.tick(capture.get(cv2.CAP_PROP_POS_MSEC))
            picture = _of_square_pixels(np.asarray(image, np.uint8), pixels)
            yield Frame(image=picture, time_ns=time_ns, index=index, arrived_ns=time.monotonic_ns())
        if rate > 0:
            # Frames cannot be counted: some formats announce as many as their duration has room for, which may also
            # have begun without pictures, before which positions do not count, or end with sound alone.
            last_s = max(time_ns / NANOSECONDS, capture.get(cv2.CAP_PROP_PTS) / rate)
            played_s, announced_s = last_s + 1 / rate, capture.get(cv2.CAP_PROP_FRAME_COUNT) / rate
            if played_s < ENDED_EARLY * announced_s:
                log.warning(
                    "%s may be incomplete: it has pictures for %.1f of %.1f seconds.", self._path, played_s, announced_s
                )

    def _open(self) -> cv2.VideoCapture:
        """Open the file from its beginning."""
        self._close()
        # An absolute path can be nothing but a file; FFmpeg would also take an address for one.
        capture = cv2.VideoCapture(native_path(require_file(self._path).resolve()), cv2.CAP_FFMPEG)
        if not capture.isOpened():
            raise UserFacingError(f"{self._path} cannot be read as a video: it is damaged, or not a video at all.")
        capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
        self._capture = capture
        return capture

    def _close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _width_of_pixels(capture: cv2.VideoCapture) -> float:
    """How many times as wide as high the pixels of the upright pictures are; camcorders and DVDs squeeze theirs."""
    width, height = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    if not (width > 0 and height > 0 and SQUARE_PIXELS < max(width / height, height / width) <= SANE_PIXELS):
        return 1.0
    turned = capture.get(cv2.CAP_PROP_ORIENTATION_META) % 180 == 90
    return height / width if turned else width / height


def _of_square_pixels(picture: Image, pixels: float) -> Image:
    """Stretch a picture (H, W, 3) in the direction in which its pixels are long."""
    if pixels == 1:
        return picture
    height, width = picture.shape[:2]
    size = (round(width * max(pixels, 1)), round(height * max(1 / pixels, 1)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)
