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
from engine.pipeline.statistics import Spread
from engine.sources.base import FrameSource
from engine.types import Frame, Keypoints, StreamUpdate


def measure_live(
    source: FrameSource, extractor_factory: Callable[[], KeypointExtractor], stream: SignStream, *, seconds: float
) -> dict[str, Any]:
    """Play an endless source for some seconds through the threads of the window.

    The pipeline's gauges are read after a third of the time and at the end. They cover the last hundred frames,
    so that the first reading stands for the beginning, a delay that grows shows as the difference, and the
    loading of the networks counts in neither.

    Raises:
        UserFacingError: the source failed or ended, or no frame came through.
    """
    end = _End()
    pipeline = LivePipeline(source, extractor_factory, stream, end)
    pipeline.start()
    try:
        ended = end.reached.wait(seconds / 3)
        early, early_at = pipeline.statistics, time.perf_counter()
        ended = ended or end.reached.wait(seconds * 2 / 3)
        late, late_at = pipeline.statistics, time.perf_counter()
    finally:
        pipeline.stop()
    if end.problem:
        raise UserFacingError(end.problem)
    if ended or early.delay_ms is None or late.delay_ms is None:
        raise UserFacingError(f"{source.name} gave too few frames to measure. Let it play longer with --seconds.")
    elapsed = late_at - early_at
    return {
        "captured_per_second": round((late.frames_captured - early.frames_captured) / elapsed, 1),
        "processed_per_second": round((late.frames_processed - early.frames_processed) / elapsed, 1),
        "frames_dropped": late.frames_dropped,
        "keypoints_dropped": late.keypoints_dropped,
        "keypoints_ms": _rounded(late.keypoint_ms),
        "model_ms": _rounded(late.model_ms),
        "delay_ms": _rounded(late.delay_ms),
        "delay_growth_ms": round(late.delay_ms.median - early.delay_ms.median, 2),
    }


class _End:
    """Waits for the end of a pipeline that should not end; see `PipelineListener`."""

    def __init__(self) -> None:
        self.reached = Event()
        self.problem: str | None = None

    def on_state(self, state: PipelineState) -> None:
        if state.final:
            self.reached.set()

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        pass  # nobody looks

    def on_update(self, update: StreamUpdate) -> None:
        pass

    def on_error(self, message: str) -> None:
        self.problem = message


def _rounded(spread: Spread | None) -> dict[str, float] | None:
    return None if spread is None else {"median": round(spread.median, 2), "p95": round(spread.p95, 2)}
