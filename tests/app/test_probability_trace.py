import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.probability_trace import ProbabilityTrace
from app.recent import SECONDS
from tests.app.scripted import candidates

SECOND = 10**9


def test_the_highest_peaks_lead() -> None:
    trace = ProbabilityTrace()
    trace.add(0, candidates(("eat", 0.9), ("drink", 0.1)))
    trace.add(SECOND, candidates(("drink", 0.6), ("fish", 0.3)))

    eat, drink = trace.leading(2)

    assert (eat.gloss, drink.gloss) == ("eat", "drink")
    np.testing.assert_allclose(eat.seconds, [-1, 0])
    np.testing.assert_allclose(eat.probabilities, [0.9, 0])
    np.testing.assert_allclose(drink.probabilities, [0.1, 0.6])


def test_pauses_are_gaps() -> None:
    trace = ProbabilityTrace()
    trace.add(0, candidates(("eat", 0.9)))
    for time_ns in range(1, 100):
        trace.add(time_ns, ())
    trace.add(100, candidates(("eat", 0.8)))

    (eat,) = trace.leading(4)

    np.testing.assert_array_equal(eat.probabilities, [0.9, np.nan, np.nan, 0.8])


def test_what_is_older_than_the_plot_is_forgotten() -> None:
    trace = ProbabilityTrace()
    trace.add(0, candidates(("eat", 0.9)))
    trace.add((SECONDS + 1) * SECOND, candidates(("drink", 0.5)))

    assert [curve.gloss for curve in trace.leading(4)] == ["drink"]


def test_a_source_that_starts_over_starts_a_new_trace() -> None:
    trace = ProbabilityTrace()
    trace.add(5 * SECOND, candidates(("eat", 0.9)))
    trace.add(0, candidates(("drink", 0.5)))

    assert [curve.gloss for curve in trace.leading(4)] == ["drink"]


def test_nothing_leads_where_nothing_was_seen() -> None:
    trace = ProbabilityTrace()
    assert trace.leading(4) == ()
    trace.add(0, ())
    assert trace.leading(4) == ()


def test_a_gloss_keeps_its_place_as_long_as_it_leads() -> None:
    trace = ProbabilityTrace()
    trace.add(0, candidates(("eat", 0.8), ("drink", 0.1)))
    assert places(trace) == ["eat", "drink", None, None]

    trace.add(8 * SECOND, candidates(("drink", 0.95)))
    assert places(trace) == ["eat", "drink", None, None]

    trace.add(12 * SECOND, candidates(("fish", 0.5)))
    assert places(trace) == ["fish", "drink", None, None]


def places(trace: ProbabilityTrace) -> list[str | None]:
    return [curve and curve.gloss for curve in trace.placed()]


moments = st.lists(
    st.tuples(
        st.integers(0, 30 * SECOND),
        st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1), max_size=5),
    ),
    min_size=1,
)


@given(moments, st.integers(1, 5))
def test_curves_are_in_order_and_inside_the_plot(samples: list[tuple[int, dict[str, float]]], count: int) -> None:
    trace = ProbabilityTrace()
    for time_ns, named in sorted(samples, key=lambda sample: sample[0]):
        trace.add(time_ns, candidates(*named.items()))

    curves = trace.leading(count)

    assert len(curves) <= count
    peaks = [np.nanmax(curve.probabilities) for curve in curves]
    assert peaks == sorted(peaks, reverse=True)
    for curve in curves:
        assert len(curve.seconds) == len(curve.probabilities)
        assert (np.diff(curve.seconds) >= 0).all()
        assert curve.seconds[0] >= -SECONDS
        assert curve.seconds[-1] == 0
