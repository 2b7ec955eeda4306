"""Playing keypoints that are already there: recordings, .pose files and the demo have no pictures of their own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from engine.types import Frame, Image, JointArray, KeypointClip, Keypoints

BACKGROUND: Final = (34, 30, 28)
"""BGR: dark, so that the skeleton's colours stand out."""


class ClipSource:
    """The keypoints of a file as frames on a plain background; see `FrameSource`."""

    live = False

    def __init__(self, path: Path, load: Callable[[Path], KeypointClip]) -> None:
        self._path = path
        self._load = load
        self._clip: KeypointClip | None = None
        self.name = path.name

    def __enter__(self) -> Self:
        self._clip = self._load(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clip = None

    def __iter__(self) -> Iterator[Frame]:
        assert self._clip is not None, "iterate a clip inside its with block"
        clip, picture = self._clip, plain_picture(self._clip.size)
        for index, (joints, time_ns) in enumerate(zip(clip.joints, clip.times_ns, strict=True)):
            yield keypoint_frame(joints, picture, time_ns=int(time_ns), index=index)


def plain_picture(size: tuple[int, int]) -> Image:
    """Return an empty dark picture of (width, height), meant to be shared by all frames."""
    width, height = size
    return np.full((height, width, 3), BACKGROUND, np.uint8)


def keypoint_frame(joints: JointArray, picture: Image, *, time_ns: int, index: int) -> Frame:
    """Make the frame that brings joints (49, 3), in pixels of `picture`, along."""
    height, width = picture.shape[:2]
    keypoints = Keypoints(joints=joints, time_ns=time_ns, size=(width, height))
    return Frame(image=picture, time_ns=time_ns, index=index, arrived_ns=time.monotonic_ns(), keypoints=keypoints)
