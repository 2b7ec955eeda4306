"""The pipeline in lockstep: no threads, no clock, the same updates on every machine."""

from collections.abc import Iterator

from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.recognition import SignStream, closing_update
from engine.sources.base import FrameSource
from engine.types import StreamUpdate


def run_offline(source: FrameSource, extractor: KeypointExtractor, stream: SignStream) -> Iterator[StreamUpdate]:
    """Decode every frame of a source, one after the other.

    Yields one update a frame and, where a sign is under way at the end, one more that announces it. The source
    is opened and closed here; the extractor remains the caller's.

    Raises:
        UserFacingError: as the source and the extractor do.
    """
    update = None
    with source:
        for frame in source:
            update = stream.push(extractor(frame))
            yield update
    if update is not None and (closing := closing_update(stream, update)) is not None:
        yield closing
