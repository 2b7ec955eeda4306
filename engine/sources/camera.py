"""Cameras through OpenCV: which there are, and their pictures as they come."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import numpy as np

from engine.errors import SourceLostError, UserFacingError
from engine.sources.camera_spec import USUAL, USUAL_RATE, CameraWish
from engine.sources.opencv import cv2
from engine.types import NANOSECONDS, Frame, Image

BACKEND: Final = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(
    sys.platform, cv2.CAP_ANY
)
"""Each backend numbers the cameras in its own way, so they are listed and opened through the same one."""

UNCOMPRESSED: Final = 640 * 480 * 30
"""Pixels a second that fit through USB 2 as they are; more of them have to be compressed."""
ATTEMPTS: Final = 5
"""A frame may be lost on the cable; a camera that fails this often in a row is gone."""
PATIENCE_NS: Final = 3 * NANOSECONDS
"""A camera that has been silent for so long is gone too."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened as `camera:INDEX`.

    Attributes:
        index: changes when cameras are plugged in and pulled out.
        name: of the product; two cameras may share it.
        path: of the device: on Windows and macOS it goes with the camera, on Linux with its index; "" if unknown.
    """

    index: int
    name: str
    path: str = ""


def list_cameras() -> tuple[CameraInfo, ...]:
    """Return the cameras of this machine by index, without opening any."""
    # It imports cv2 by itself, so it comes after ours.
    from cv2_enumerate_cameras import enumerate_cameras

    found = {
        camera.index: CameraInfo(camera.index, camera.name or _plain_name(camera.index), camera.path or "")
        for camera in enumerate_cameras(BACKEND)
    }
    return tuple(found[index] for index in sorted(found))


class CameraSource:
    """The live pictures of one camera; see `FrameSource`.

    Stream time is the moment at which a picture arrived, counted from the first one. Size and rate are wishes:
    a camera gives what it can, the pictures tell their size and the pipeline's statistics the measured rate.
    """

    live = True

    def __init__(self, index: int, wish: CameraWish = USUAL) -> None:
        self._index = index
        self._wish = wish
        self._capture: cv2.VideoCapture | None = None
        self.name = {camera.index: camera.name for camera in list_cameras()}.get(index, _plain_name(index))

    def __enter__(self) -> Self:
        capture = cv2.VideoCapture(self._index, BACKEND)
        if not capture.isOpened():
            raise UserFacingError(
                f"{self.name} cannot be opened: it is not there or another application is using it. "
                "Plug it in or close that application, or choose another source."
            )
        size, rate = self._wish.size, self._wish.rate
        if size is not None:
            width, height = size
            if width * height * (rate or USUAL_RATE) > UNCOMPRESSED:
                capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        if rate is not None:
            capture.set(cv2.CAP_PROP_FPS, rate)
        self._capture = capture
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def __iter__(self) -> Iterator[Frame]:
        assert self._capture is not None, "iterate a camera inside its with block"
        started_ns, last_ns, index = None, -1, 0
        while (picture := _next_picture(self._capture)) is not None:
            image, taken_ns = picture
            started_ns = taken_ns if started_ns is None else started_ns
            last_ns = max(taken_ns - started_ns, last_ns + 1)
            yield Frame(image=image, time_ns=last_ns, index=index, arrived_ns=time.monotonic_ns())
            index += 1
        if index:
            raise SourceLostError(f"{self.name} stopped delivering pictures. Plug it in again.")
        raise UserFacingError(
            f"{self.name} delivers no picture: its shutter may be closed or another application may be using it. "
            "Free it, or choose another source."
        )


def _next_picture(capture: cv2.VideoCapture) -> tuple[Image, int] | None:
    """Wait for a picture and the moment it arrived; None where the camera has gone."""
    # perf_counter and not monotonic, which ticks in steps of 16 ms on Windows.
    given_up_ns = time.perf_counter_ns() + PATIENCE_NS
    for _ in range(ATTEMPTS):
        if capture.grab():
            taken_ns = time.perf_counter_ns()
            decoded, image = capture.retrieve()
            if decoded:
                return np.asarray(image, np.uint8), taken_ns
        if time.perf_counter_ns() > given_up_ns:
            break
    return None


def _plain_name(index: int) -> str:
    return f"Camera {index}"
