"""Scoring sign events by time: what holds for any stream, and each figure on one that can be counted by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.streams.truth import Kind, Segment
from engine.evaluation.stream_metrics import (
    Label,
    Outcome,
    announcement_delays,
    false_alarms,
    match_events,
    segment_f1,
    stability,
    word_errors,
)
from engine.types import NANOSECONDS, SignEvent

GLOSSES = ("eat", "go", "who")


def seconds(value: float) -> int:
    return round(value * NANOSECONDS)


def segment(start: float, end: float, gloss: str | None = "eat", kind: Kind = Kind.SIGN) -> Segment:
    return Segment(kind, seconds(start), seconds(end), gloss)


def event(start: float, end: float, gloss: str | None = "eat", *, late: float = 0.3, sure: float = 0.9) -> SignEvent:
    return SignEvent(gloss, sure, seconds(start), seconds(end), seconds(end + late))


def announcement(sign: Segment) -> SignEvent:
    return SignEvent(sign.gloss, 0.9, sign.start_ns, sign.end_ns, sign.end_ns)


@st.composite
def truths(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Signs one after the other, with gaps."""
    now, signs = 0, []
    for gap, duration, gloss in draw(
        st.lists(
            st.tuples(st.integers(1, 3000), st.integers(1, 3000), st.sampled_from(GLOSSES)), min_size=1, max_size=8
        )
    ):
        signs.append(Segment(Kind.SIGN, (now + gap) * 10**6, (now + gap + duration) * 10**6, gloss))
        now += gap + duration
    return tuple(signs)


@st.composite
def any_events(draw: st.DrawFn) -> tuple[SignEvent, ...]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(0, 20_000),
                st.integers(1, 4000),
                st.sampled_from((*GLOSSES, None)),
                st.floats(0.0, 1.0),
            ),
            max_size=10,
        )
    )
    return tuple(event(start / 1000, (start + length) / 1000, gloss, sure=sure) for start, length, gloss, sure in drawn)


@given(truths())
def test_perfect_events_leave_nothing_to_be_desired(signs: tuple[Segment, ...]) -> None:
    outcome = Outcome(signs, tuple(announcement(sign) for sign in signs))
    assert [segment_f1([outcome], iou=iou) for iou in (0.1, 0.25, 0.5, 1.0)] == [1.0] * 4
    errors = word_errors([outcome])
    assert (errors.rate, errors.accuracy, errors.miss_rate) == (0.0, 1.0, 0.0)


@given(truths())
def test_silence_misses_everything(signs: tuple[Segment, ...]) -> None:
    errors = word_errors([Outcome(signs, ())])
    assert (errors.rate, errors.miss_rate, errors.deletions) == (1.0, 1.0, len(signs))
    assert segment_f1([Outcome(signs, ())], iou=0.5) == 0.0


@given(truths(), any_events())
def test_every_sign_and_every_event_is_counted_once(signs: tuple[Segment, ...], events: tuple[SignEvent, ...]) -> None:
    errors = word_errors([Outcome(signs, events)])
    assert errors.right + errors.substitutions + errors.deletions == len(signs)
    said = sum(one.gloss is not None for one in events)
    assert errors.right + errors.substitutions + errors.insertions + errors.duplicates == said


@given(truths(), any_events(), st.integers(0, 10**12))
def test_shifting_all_times_changes_nothing(
    signs: tuple[Segment, ...], events: tuple[SignEvent, ...], shift: int
) -> None:
    shifted = Outcome(
        tuple(replace(sign, start_ns=sign.start_ns + shift, end_ns=sign.end_ns + shift) for sign in signs),
        tuple(
            replace(one, start_ns=one.start_ns + shift, end_ns=one.end_ns + shift, emitted_ns=one.emitted_ns + shift)
            for one in events
        ),
    )
    outcome = Outcome(signs, events)
    assert word_errors([shifted]) == word_errors([outcome])
    assert announcement_delays([shifted]) == announcement_delays([outcome])
    for iou in (0.1, 0.5):
        assert segment_f1([shifted], iou=iou) == segment_f1([outcome], iou=iou)


@given(truths(), any_events().filter(bool))
def test_one_event_more_is_one_insertion_or_one_duplicate_more(
    signs: tuple[Segment, ...], extras: tuple[SignEvent, ...]
) -> None:
    perfect = tuple(announcement(sign) for sign in signs)
    extra = replace(extras[0], gloss=extras[0].gloss or "eat")
    errors = word_errors([Outcome(signs, (*perfect, extra))])
    assert (errors.right, errors.insertions + errors.duplicates) == (len(signs), 1)
    assert segment_f1([Outcome(signs, (*perfect, extra))], iou=0.5) == pytest.approx(
        2 * len(signs) / (2 * len(signs) + 1)
    )


@given(truths(), any_events(), truths(), any_events())
def test_streams_are_pooled_by_counts(
    one: tuple[Segment, ...], said: tuple[SignEvent, ...], other: tuple[Segment, ...], then: tuple[SignEvent, ...]
) -> None:
    first, second = word_errors([Outcome(one, said)]), word_errors([Outcome(other, then)])
    both = word_errors([Outcome(one, said), Outcome(other, then)])
    assert both.right == first.right + second.right
    assert both.insertions == first.insertions + second.insertions


def test_each_error_is_told_apart() -> None:
    outcome = Outcome(
        (segment(0, 1, "eat"), segment(2, 3, "go"), segment(4, 5, "who"), segment(6, 7, None, Kind.DISTRACTOR)),
        (
            event(0.1, 1.0, "eat"),
            event(1.0, 1.2, "eat"),
            event(2, 3, "eat"),
            event(6, 7, "eat"),
            event(4, 5, None),
        ),
    )
    matching = match_events(outcome)
    assert [found.start_ns for found, _ in matching.right] == [seconds(0.1)]
    assert [found.start_ns for found in matching.duplicates] == [seconds(1.0)]
    assert [sign.gloss for _, sign in matching.substituted] == ["go"]
    assert [found.start_ns for found in matching.inserted] == [seconds(6)]
    assert [sign.gloss for sign in matching.deleted] == ["who"]
    assert word_errors([outcome]).rate == pytest.approx(4 / 3)


def test_one_event_over_two_signs_says_one_of_them() -> None:
    errors = word_errors([Outcome((segment(0, 1), segment(1.1, 2)), (event(0, 2),))])
    assert (errors.right, errors.deletions) == (1, 1)


def test_f1_asks_for_the_overlap() -> None:
    outcome = Outcome((segment(0, 1),), (event(0, 4),))  # IoU 0.25
    assert [segment_f1([outcome], iou=iou) for iou in (0.1, 0.25, 0.5)] == [1.0, 1.0, 0.0]


def test_false_alarms_fall_into_what_they_overlap_and_are_counted_a_minute() -> None:
    idle = Segment(Kind.IDLE, 0, seconds(30))
    distractor = Segment(Kind.DISTRACTOR, seconds(60), seconds(90))
    outcome = Outcome((idle, distractor), (event(29, 31), event(35, 38), event(70, 71)))
    assert false_alarms([outcome]) == {Kind.IDLE: 2.0, Kind.DISTRACTOR: 2.0}


def test_a_stream_of_signs_has_no_quiet_minute() -> None:
    assert false_alarms([Outcome((segment(0, 1),), (event(5, 6),))]) == {}


def test_delays_are_those_of_right_announcements() -> None:
    outcome = Outcome((segment(0, 1), segment(2, 3, "go")), (event(0, 1, late=0.2), event(2, 3, "who", late=9)))
    delays = announcement_delays([outcome])
    assert delays is not None
    assert delays.median == delays.p95 == pytest.approx(200)
    assert announcement_delays([Outcome((segment(0, 1),), ())]) is None


def test_a_label_is_stable_from_when_it_stays() -> None:
    shown = ("go", None, "eat", "go", "eat", None, "eat")
    labels = tuple(Label(seconds(0.1 * number), gloss) for number, gloss in enumerate(shown))
    found = stability([Outcome((segment(0, 1),), (), labels)])
    assert found is not None
    assert found.stable_ms is not None
    assert (found.stable, found.changes, found.stable_ms.median) == (1.0, 3.0, pytest.approx(600))


def test_a_window_that_is_not_sure_at_the_end_shows_no_label_there() -> None:
    labels = (Label(seconds(0.1), "eat"), Label(seconds(0.9), None))
    found = stability([Outcome((segment(0, 1),), (), labels)])
    assert found is not None
    assert (found.stable, found.stable_ms, found.changes) == (0.0, None, 0.0)


def test_a_label_that_ends_wrong_is_never_stable() -> None:
    labels = (Label(seconds(0.1), "eat"), Label(seconds(0.9), "go"), Label(seconds(1.5), "eat"))
    found = stability([Outcome((segment(0, 1),), (), labels)])
    assert found is not None
    assert (found.stable, found.stable_ms) == (0.0, None)


def test_without_signs_there_is_nothing_to_count() -> None:
    outcome = Outcome((Segment(Kind.IDLE, 0, seconds(1)),), ())
    assert word_errors([outcome]).rate is None
    assert segment_f1([outcome], iou=0.5) is None
    assert stability([outcome]) is None
