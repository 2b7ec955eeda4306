import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recent import SECONDS
from app.trace import Trace
from app.widgets.trace_plot import scale_end

SECOND = 10**9


def test_figures_are_told_by_their_age() -> None:
    trace = Trace(2)
    trace.add(0, (1.0, np.nan))
    trace.add(2 * SECOND, (3.0, 4.0))

    seconds, values = trace.curves()

    np.testing.assert_allclose(seconds, [-2, 0])
    np.testing.assert_allclose(values, [[1, 3], [np.nan, 4]])


def test_a_moment_in_the_past_starts_anew() -> None:
    trace = Trace(1)
    trace.add(5 * SECOND, (1.0,))
    trace.add(SECOND, (2.0,))

    assert trace.curves()[1].tolist() == [[2.0]]


def test_an_empty_trace_has_empty_curves() -> None:
    trace = Trace(3)
    trace.add(0, (1.0, 2.0, 3.0))
    trace.clear()

    seconds, values = trace.curves()
    assert (seconds.shape, values.shape) == ((0,), (3, 0))


@given(st.lists(st.integers(0, 100), min_size=1, max_size=50).map(sorted))
def test_only_the_last_seconds_are_kept(moments: list[int]) -> None:
    trace = Trace(1)
    for moment in moments:
        trace.add(moment * SECOND, (float(moment),))

    seconds, _ = trace.curves()
    assert seconds[-1] == 0
    assert np.all(seconds >= -SECONDS)
    assert len(seconds) == sum(moment >= moments[-1] - SECONDS for moment in moments)


@pytest.mark.parametrize(
    ("highest", "least", "end"), [(0, 2, 2), (2.1, 2, 5), (5, 2, 5), (37, 20, 50), (0.3, 0.1, 0.5), (60, 20, 100)]
)
def test_the_scale_ends_at_a_round_number(highest: float, least: float, end: float) -> None:
    assert scale_end(highest, least=least) == pytest.approx(end)
