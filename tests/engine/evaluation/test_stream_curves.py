"""What other thresholds would have done."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.streams.truth import Kind, Segment
from engine.evaluation.stream_curves import (
    at_threshold,
    best_threshold,
    coverage_at_precision,
    rejection,
    threshold_curve,
)
from engine.evaluation.stream_metrics import Outcome
from engine.types import NANOSECONDS, Candidate, SignEvent


def at(second: int, gloss: str | None = "eat", kind: Kind = Kind.SIGN) -> Segment:
    return Segment(kind, second * NANOSECONDS, (second + 1) * NANOSECONDS, gloss)


def said(second: int, sure: float, gloss: str = "eat", *, accepted: bool = True) -> SignEvent:
    end = (second + 1) * NANOSECONDS
    candidates = (Candidate(gloss, sure),)
    return SignEvent(gloss if accepted else None, sure, second * NANOSECONDS, end, end, candidates)


def test_an_abstention_says_its_best_candidate_below_another_threshold() -> None:
    outcome = Outcome((at(0),), (said(0, 0.4, accepted=False),))
    assert [one.events[0].gloss for one in at_threshold([outcome], 0.4)] == ["eat"]
    assert [one.events[0].gloss for one in at_threshold([outcome], 0.5)] == [None]


def test_the_curve_trades_signs_for_quiet() -> None:
    signs = [Outcome((at(0), at(2)), (said(0, 0.5), said(2, 0.9)))]
    quiet = [Outcome((Segment(Kind.IDLE, 0, 60 * NANOSECONDS),), (said(3, 0.6),))]
    points = {point.threshold: point for point in threshold_curve(signs, quiet)}
    assert (points[0.2].f1, points[0.2].false_alarms[Kind.IDLE]) == (1.0, 1.0)
    assert (points[0.7].word_error_rate, points[0.7].false_alarms[Kind.IDLE]) == (0.5, 0.0)


def test_coverage_is_what_is_right_where_nearly_all_is() -> None:
    outcome = Outcome((at(0), at(2), at(4)), (said(0, 0.9), said(2, 0.8), said(4, 0.5, "go")))
    assert coverage_at_precision([outcome]) == pytest.approx(2 / 3)
    assert coverage_at_precision([Outcome((at(0),), (said(0, 0.9, "go"),))]) == 0.0
    assert coverage_at_precision([Outcome((), ())]) is None


def test_rejection_tells_known_from_unknown_signs() -> None:
    segments = (
        *(at(2 * place) for place in range(10)),
        *(at(2 * place, "fox", Kind.UNKNOWN_SIGN) for place in (10, 11)),
    )
    events = (*(said(2 * place, 0.9) for place in range(9)), said(20, 0.3, accepted=False), said(22, 0.95))
    found = rejection([Outcome(segments, events)])
    assert found is not None
    assert (found.known, found.unknown, found.unknown_at_10) == (0.1, 0.5, 0.5)


def test_known_signs_of_which_nothing_is_said_cannot_be_won_back() -> None:
    found = rejection([Outcome((at(0), at(2, "fox", Kind.UNKNOWN_SIGN)), ())])
    assert found is not None
    assert (found.known, found.unknown, found.unknown_at_10) == (1.0, 1.0, 0.0)
    assert rejection([Outcome((at(0),), ())]) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_threshold_never_says_more(sure: list[float], one: float, other: float) -> None:
    outcome = Outcome((), tuple(replace(said(0, each), start_ns=0) for each in sure))
    counts = [
        sum(event.gloss is not None for event in at_threshold([outcome], threshold)[0].events)
        for threshold in sorted((one, other))
    ]
    assert counts[0] >= counts[1]


def test_the_threshold_keeps_silent_where_that_costs_next_to_nothing() -> None:
    signs = tuple(at(2 * number) for number in range(10))
    sure = tuple(said(2 * number, 0.9) for number in range(10))
    doubtful = tuple(said(100 + number, 0.5, "go") for number in range(5))
    assert best_threshold([Outcome(signs, sure + doubtful)]) == 0.9
    unsure = (*sure[:-2], said(16, 0.3), said(18, 0.3))
    assert best_threshold([Outcome(signs, unsure)]) == 0.3
