"""How fast a pipeline is: counts since the start, rates and durations of the last seconds."""

from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import Final

from engine.pipeline.pace import Pace
from engine.spread import Spread, spread
from engine.types import NANOSECONDS

REMEMBERED: Final = 100
"""How many of the latest values a duration is judged by."""
RATE_SPAN_NS: Final = 2 * NANOSECONDS
"""Over how long a rate is measured: a source that stalls shows soon."""
_MILLISECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class PipelineStatistics:
    """One look at a pipeline's gauges.

    Attributes:
        frames_captured: frames that the source gave.
        frames_processed: frames whose keypoints were found.
        frames_dropped: frames that were overtaken by newer ones before their turn.
        keypoints_dropped: keypoints that the recogniser never saw because it was seconds behind.
        capture_rate, processing_rate: frames a second, measured.
        keypoint_ms: finding one frame's keypoints.
        model_ms: one prediction.
        delay_ms: from a frame's arrival to its keypoints.

    Durations are None until there is one.
    """

    frames_captured: int
    frames_processed: int
    frames_dropped: int
    keypoints_dropped: int
    capture_rate: float
    processing_rate: float
    keypoint_ms: Spread | None
    model_ms: Spread | None
    delay_ms: Spread | None

    @property
    def pace(self) -> Pace:
        """That of the last seconds."""
        return Pace(captured=self.capture_rate, read=self.processing_rate)


class Gauges:
    """Collects what `PipelineStatistics` shows; may be used from any thread. Times are of one monotonic clock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._captured = _Counter()
        self._processed = _Counter()
        self._keypoint_ns: deque[int] = deque(maxlen=REMEMBERED)
        self._model_ns: deque[int] = deque(maxlen=REMEMBERED)
        self._delay_ns: deque[int] = deque(maxlen=REMEMBERED)

    def frame_captured(self, *, at_ns: int) -> None:
        with self._lock:
            self._captured.count(at_ns)

    def frame_processed(self, *, at_ns: int, took_ns: int, delay_ns: int) -> None:
        with self._lock:
            self._processed.count(at_ns)
            self._keypoint_ns.append(took_ns)
            self._delay_ns.append(delay_ns)

    def predicted(self, *, took_ns: int) -> None:
        with self._lock:
            self._model_ns.append(took_ns)

    def keypoint_ms(self) -> Spread | None:
        """Just this one of the statistics."""
        with self._lock:
            return _spread_ms(self._keypoint_ns)

    def read(self, *, now_ns: int, frames_dropped: int, keypoints_dropped: int) -> PipelineStatistics:
        with self._lock:
            return PipelineStatistics(
                frames_captured=self._captured.total,
                frames_processed=self._processed.total,
                frames_dropped=frames_dropped,
                keypoints_dropped=keypoints_dropped,
                capture_rate=self._captured.rate(now_ns),
                processing_rate=self._processed.rate(now_ns),
                keypoint_ms=_spread_ms(self._keypoint_ns),
                model_ms=_spread_ms(self._model_ns),
                delay_ms=_spread_ms(self._delay_ns),
            )


class _Counter:
    """Counts events and tells how many a second there were lately."""

    def __init__(self) -> None:
        self.total = 0
        self._recent_ns: deque[int] = deque(maxlen=500)

    def count(self, at_ns: int) -> None:
        self.total += 1
        self._recent_ns.append(at_ns)

    def rate(self, now_ns: int) -> float:
        recent = [at_ns for at_ns in self._recent_ns if now_ns - at_ns <= RATE_SPAN_NS]
        if len(recent) < 2 or recent[-1] == recent[0]:
            return 0.0
        return (len(recent) - 1) * NANOSECONDS / (recent[-1] - recent[0])


def _spread_ms(durations_ns: deque[int]) -> Spread | None:
    return spread([duration_ns / _MILLISECOND for duration_ns in durations_ns])
