"""From files to keypoints."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from engine.errors import UserFacingError
from engine.keypoints.extractor import KeypointExtractor
from engine.keypoints.holistic import HolisticExtractor
from engine.pipeline.lazy import LazyExtractor
from engine.sources import file_source
from engine.sources.base import FrameSource
from engine.sources.files import require_file
from engine.types import KeypointClip


@dataclass(frozen=True, slots=True)
class TimedClip:
    """Keypoints and what finding them took.

    Attributes:
        clip: one frame at least.
        keypoint_ns: nanoseconds of each frame whose keypoints were not known already.
    """

    clip: KeypointClip
    keypoint_ns: tuple[int, ...]


def open_file(file: str) -> FrameSource:
    """Return the source for a video, a recording or a .pose file, and for nothing that never ends.

    Raises:
        UserFacingError: there is no such file.
    """
    return file_source(require_file(Path(file)))


def find_keypoints(
    source: FrameSource,
    *,
    most: int | None = None,
    extractor_factory: Callable[[], KeypointExtractor] = HolisticExtractor,
) -> TimedClip:
    """Find the keypoints of every frame of a source, or of as many as `most`.

    Raises:
        UserFacingError: the source cannot be read, or holds no frame.
    """
    found, durations = [], []
    with source, closing(LazyExtractor(extractor_factory)) as extractor:
        for frame in islice(source, most):
            began_ns = time.perf_counter_ns()
            found.append(extractor(frame))
            if frame.keypoints is None:
                durations.append(time.perf_counter_ns() - began_ns)
    if not found:
        raise UserFacingError(f"{source.name} holds no picture. Name another file.")
    clip = KeypointClip(
        joints=np.stack([keypoints.joints for keypoints in found]),
        times_ns=np.array([keypoints.time_ns for keypoints in found], np.int64),
        size=found[0].size,
    )
    return TimedClip(clip, tuple(durations))
