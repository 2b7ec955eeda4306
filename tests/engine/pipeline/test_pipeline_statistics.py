import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pipeline.statistics import REMEMBERED, Gauges, PipelineStatistics
from engine.types import NANOSECONDS


def read(gauges: Gauges, now_ns: int = 0) -> PipelineStatistics:
    return gauges.read(now_ns=now_ns, frames_dropped=3, keypoints_dropped=4)


def test_before_anything_happens_there_are_no_durations_and_no_rates() -> None:
    statistics = read(Gauges())
    assert statistics.frames_captured == statistics.frames_processed == 0
    assert statistics.capture_rate == statistics.processing_rate == 0
    assert statistics.keypoint_ms is statistics.model_ms is statistics.delay_ms is None
    assert (statistics.frames_dropped, statistics.keypoints_dropped) == (3, 4)


@given(rate=st.integers(2, 240))
def test_rates_are_measured_from_the_times_alone(rate: int) -> None:
    gauges = Gauges()
    times = [number * NANOSECONDS // rate for number in range(3 * rate)]
    for number, at_ns in enumerate(times):
        gauges.frame_captured(at_ns=at_ns)
        if number % 2:
            gauges.frame_processed(at_ns=at_ns, took_ns=1, delay_ns=1)
    statistics = read(gauges, now_ns=times[-1])
    assert statistics.capture_rate == pytest.approx(rate, rel=0.01)
    assert statistics.processing_rate == pytest.approx(rate / 2, rel=0.01)
    assert statistics.frames_captured == 3 * rate


def test_a_source_that_stalls_shows_a_rate_of_zero() -> None:
    gauges = Gauges()
    for number in range(60):
        gauges.frame_captured(at_ns=number * 33_000_000)
    assert read(gauges, now_ns=60 * 33_000_000 + 10 * NANOSECONDS).capture_rate == 0


def test_durations_are_told_as_median_and_95th_percentile_in_milliseconds() -> None:
    gauges = Gauges()
    for milliseconds in range(1, 101):
        gauges.frame_processed(at_ns=0, took_ns=milliseconds * 1_000_000, delay_ns=2 * milliseconds * 1_000_000)
        gauges.predicted(took_ns=3 * milliseconds * 1_000_000)
    statistics = read(gauges)
    assert statistics.keypoint_ms is not None
    assert statistics.delay_ms is not None
    assert statistics.model_ms is not None
    assert statistics.keypoint_ms == gauges.keypoint_ms()
    assert statistics.keypoint_ms.median == pytest.approx(50.5)
    assert statistics.keypoint_ms.p95 == pytest.approx(95.05)
    assert statistics.delay_ms.median == pytest.approx(2 * statistics.keypoint_ms.median)
    assert statistics.model_ms.p95 == pytest.approx(3 * statistics.keypoint_ms.p95)


def test_only_the_latest_durations_count() -> None:
    gauges = Gauges()
    gauges.predicted(took_ns=NANOSECONDS)
    for _ in range(REMEMBERED):
        gauges.predicted(took_ns=5_000_000)
    model_ms = read(gauges).model_ms
    assert model_ms is not None
    assert (model_ms.median, model_ms.p95) == (5, 5)
