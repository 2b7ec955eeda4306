import pytest

from app.paint_statistics import STRETCH_NS, PaintStatistics

MILLISECOND = 1_000_000


def test_rate_and_delays_are_measured() -> None:
    statistics = PaintStatistics()
    for number in range(21):
        painted_ns = number * 50 * MILLISECOND
        statistics.add(arrived_ns=painted_ns - (20 + number) * MILLISECOND, painted_ns=painted_ns)

    summary = statistics.summary(now_ns=1000 * MILLISECOND)

    assert summary is not None
    assert summary.frames_per_second == pytest.approx(20)
    assert summary.median_ms == pytest.approx(30)
    assert summary.p95_ms == pytest.approx(39)


def test_only_the_last_seconds_count() -> None:
    statistics = PaintStatistics()
    for painted_ns in (0, 10 * MILLISECOND):
        statistics.add(arrived_ns=painted_ns - 10**12, painted_ns=painted_ns)
    for painted_ns in (STRETCH_NS + 100 * MILLISECOND, STRETCH_NS + 200 * MILLISECOND):
        statistics.add(arrived_ns=painted_ns - 5 * MILLISECOND, painted_ns=painted_ns)

    summary = statistics.summary(now_ns=STRETCH_NS + 200 * MILLISECOND)

    assert summary is not None
    assert summary.median_ms == pytest.approx(5)


def test_a_picture_that_stands_still_has_no_rate() -> None:
    statistics = PaintStatistics()
    assert statistics.summary(now_ns=0) is None
    for painted_ns in (0, MILLISECOND):
        statistics.add(arrived_ns=0, painted_ns=painted_ns)

    assert statistics.summary(now_ns=MILLISECOND) is not None
    assert statistics.summary(now_ns=STRETCH_NS + 2 * MILLISECOND) is None


def test_another_source_starts_from_nothing() -> None:
    statistics = PaintStatistics()
    for painted_ns in (0, MILLISECOND):
        statistics.add(arrived_ns=0, painted_ns=painted_ns)

    statistics.clear()

    assert statistics.summary(now_ns=MILLISECOND) is None


def test_a_skeleton_that_lags_behind_its_picture_counts_as_delay() -> None:
    statistics = PaintStatistics()
    for painted_ns in (0, MILLISECOND):
        statistics.add(arrived_ns=painted_ns, painted_ns=painted_ns, skeleton_lag_ns=80 * MILLISECOND)

    summary = statistics.summary(now_ns=MILLISECOND)

    assert summary is not None
    assert summary.median_ms == pytest.approx(80)
