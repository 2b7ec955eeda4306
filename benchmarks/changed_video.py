"""A video as the extractor sees it after its pictures were changed."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.keypoints.holistic import HolisticExtractor
from engine.sources.video import VideoSource
from engine.types import Frame, Image, KeypointClip, Keypoints


def changed_frames(path: Path, change: Callable[[Image], Image]) -> Iterator[tuple[Keypoints, Image]]:
    """Yield the keypoints of each changed picture, and the picture."""
    with VideoSource(path) as source, closing(HolisticExtractor()) as extractor:
        for frame in source:
            image = np.ascontiguousarray(change(frame.image))
            yield extractor(Frame(image, frame.time_ns, frame.index)), image


def clip_of(found: list[Keypoints]) -> KeypointClip:
    """The keypoints of successive frames as one clip."""
    times_ns = np.array([keypoints.time_ns for keypoints in found], np.int64)
    return KeypointClip(np.stack([keypoints.joints for keypoints in found]), times_ns, found[0].size)
