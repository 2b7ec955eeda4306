"""What the live pipeline achieves over a source that plays in real time."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any

from engine.errors import UserFacingError
from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.pipeline.recognition import SignStream
from engine.sources.base import FrameSource
from engine.spread import Spread
from engine.types import Frame, Keypoints, StreamUpdate


def measure_live(
    source: FrameSource, extractor_factory: Callable[[], KeypointExtractor], stream: SignStream, *, seconds: float
) -> dict[str, Any]:
    """Play an endless source for some seconds through the threads of the window.

    Time starts when the first keypoints are known, so that loading the networks does not count. The gauges, which
    cover the last hundred frames, are read after a third of the time and at the end: a delay that grows shows as
    the difference.

    Raises:
        UserFacingError: the source failed or ended.
    """
    progress = _Progress()
    pipeline = LivePipeline(source, extractor_factory, stream, progress)
    pipeline.start()
    try:
        progress.running.wait()
        overtaken = pipeline.statistics.frames_dropped
        ended = progress.ended.wait(seconds / 3)
        early, early_at = pipeline.statistics, time.perf_counter()
        ended = ended or progress.ended.wait(seconds * 2 / 3)
        late, late_at = pipeline.statistics, time.perf_counter()
    finally:
        pipeline.stop()
    if progress.problem:
        raise UserFacingError(progress.problem)
    if ended or early.delay_ms is None or late.delay_ms is None:
        raise UserFacingError(f"{source.name} ended before it was measured. Name a file that can be played in a loop.")
    elapsed = late_at - early_at
    return {
        "captured_per_second": round((late.frames_captured - early.frames_captured) / elapsed, 1),
        "processed_per_second": round((late.frames_processed - early.frames_processed) / elapsed, 1),
        "frames_dropped": late.frames_dropped - overtaken,
        "keypoints_dropped": late.keypoints_dropped,
        "keypoints_ms": _rounded(late.keypoint_ms),
        "model_ms": _rounded(late.model_ms),
        "delay_ms": _rounded(late.delay_ms),
        "delay_growth_ms": round(late.delay_ms.median - early.delay_ms.median, 2),
    }


class _Progress:
    """Tells the thread that measures how far a pipeline has come; see `PipelineListener`."""

    def __init__(self) -> None:
        self.running = Event()
        """Set, too, where it ends before it runs."""
        self.ended = Event()
        self.problem: str | None = None

    def on_state(self, state: PipelineState) -> None:
        if state.final:
            self.ended.set()
        if state.final or state is PipelineState.RUNNING:
            self.running.set()

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        pass  # nobody looks

    def on_update(self, update: StreamUpdate) -> None:
        pass

    def on_error(self, message: str) -> None:
        self.problem = message


def _rounded(spread: Spread | None) -> dict[str, float] | None:
    return None if spread is None else {"median": round(spread.median, 2), "p95": round(spread.p95, 2)}
