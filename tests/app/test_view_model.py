from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.view_model import NOT_SURE_FOR_NS, Facts, Situation, Tone, clock_time, percent, shortlist, situation, status
from engine.pipeline.listener import PipelineState
from engine.types import Activity
from tests.app.scripted import prediction, sign_event

RUNNING = Facts(
    playing=True, pipeline=PipelineState.RUNNING, source="Front camera", model="small", threshold=0.5, time_ns=9 * 10**9
)
SIGNING = replace(RUNNING, activity=Activity.SIGNING)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Situation.STOPPED),
        (Facts(camera_missing=True), Situation.NO_CAMERA),
        (Facts(playing=True), Situation.OPENING),
        (Facts(playing=True, camera_lost=True), Situation.CAMERA_LOST),
        (replace(RUNNING, pipeline=PipelineState.OPENING), Situation.OPENING),
        (replace(RUNNING, pipeline=PipelineState.WARMING_UP), Situation.WARMING_UP),
        (RUNNING, Situation.WARMING_UP),
        (replace(RUNNING, model=None, model_loading=True), Situation.WARMING_UP),
        (replace(RUNNING, model=None), Situation.NO_MODEL),
        (replace(RUNNING, activity=Activity.NOBODY), Situation.NOBODY),
        (replace(RUNNING, activity=Activity.NO_HANDS), Situation.NO_HANDS),
        (replace(RUNNING, activity=Activity.IDLE), Situation.IDLE),
        (SIGNING, Situation.SIGNING),
        (replace(SIGNING, model="small", model_loading=True), Situation.SIGNING),
        (replace(SIGNING, playing=False), Situation.STOPPED),
        (replace(SIGNING, pipeline=PipelineState.ENDED, playing=False), Situation.ENDED),
        (replace(SIGNING, pipeline=PipelineState.FAILED, playing=False), Situation.FAILED),
    ],
)
def test_the_facts_decide_what_the_application_is_doing(facts: Facts, expected: Situation) -> None:
    assert situation(facts) is expected
    assert status(facts).headline
    assert status(facts).hint


def test_a_sign_that_was_not_recognised_is_spoken_of_for_a_while() -> None:
    idle = replace(RUNNING, activity=Activity.IDLE, last_event=sign_event(None))
    emitted_ns = sign_event(None).emitted_ns

    assert situation(replace(idle, time_ns=emitted_ns)) is Situation.NOT_SURE
    assert situation(replace(idle, time_ns=emitted_ns + NOT_SURE_FOR_NS)) is Situation.IDLE
    assert situation(replace(idle, time_ns=emitted_ns, activity=Activity.SIGNING)) is Situation.SIGNING
    assert situation(replace(idle, time_ns=emitted_ns, last_event=sign_event("eat"))) is Situation.IDLE


def test_what_needs_looking_at_is_told_in_another_tone() -> None:
    assert status(SIGNING).tone is Tone.LIVE
    assert status(replace(SIGNING, activity=Activity.IDLE)).tone is Tone.QUIET
    assert status(Facts(camera_missing=True)).tone is Tone.CAUTION


def test_a_failure_is_told_in_its_own_words() -> None:
    failed = replace(RUNNING, pipeline=PipelineState.FAILED, failure="The cable is out. Plug it in.")

    assert status(failed).headline == "Cannot show Front camera"
    assert status(failed).hint == "The cable is out. Plug it in."


def test_a_failure_before_the_source_had_a_name_has_words_too() -> None:
    assert status(Facts(pipeline=PipelineState.FAILED)).headline == "Cannot show this source"


def test_the_state_tells_that_another_model_is_on_its_way() -> None:
    assert "small stays in use" in status(replace(SIGNING, model_loading=True)).hint


def test_while_somebody_signs_the_candidates_are_those_of_the_moment() -> None:
    now = shortlist(replace(SIGNING, prediction=prediction(("eat", 0.8)), last_event=sign_event("drink")))

    assert (now.title, now.candidates[0].gloss, now.sure) == ("Now", "eat", True)
    assert now.verdict == "Accepted from 50 %"


def test_a_rejected_prediction_is_shown_but_not_as_an_answer() -> None:
    now = shortlist(replace(SIGNING, prediction=prediction(("eat", 0.3), rejected=True)))

    assert not now.sure
    assert now.verdict == "Not sure yet"
    assert now.candidates


def test_after_a_sign_its_candidates_stay_even_where_none_was_accepted() -> None:
    after = shortlist(replace(RUNNING, activity=Activity.IDLE, last_event=sign_event(None, 0.3)))

    assert (after.title, after.sure) == ("Last sign", False)
    assert "Not sure" in after.verdict
    assert after.candidates


def test_the_best_of_a_lesson_is_not_called_close_when_no_sign_of_the_lesson_was_made() -> None:
    facts = replace(SIGNING, threshold=0.5, prediction=prediction(("eat", 0.2), ("drink", 0.1), rejected=True))

    assert shortlist(replace(facts, lesson="food")).verdict == "Hardly a sign of the lesson"
    assert shortlist(facts).verdict == "Not sure yet"
    unsure = replace(facts, lesson="food", prediction=prediction(("eat", 0.4), ("drink", 0.4), rejected=True))
    assert shortlist(unsure).verdict == "Not sure yet"


def test_before_the_first_sign_there_are_no_candidates() -> None:
    assert shortlist(RUNNING).candidates == ()


@given(st.floats(0, 1))
def test_only_certainty_is_one_hundred_percent(probability: float) -> None:
    assert (percent(probability) == "100 %") == (probability == 1)
    assert (percent(probability) == "0 %") == (probability == 0)


@pytest.mark.parametrize(
    ("probability", "expected"),
    [(0, "0 %"), (0.004, "<1 %"), (0.02, "2 %"), (0.126, "13 %"), (0.994, "99 %"), (0.996, ">99 %"), (1, "100 %")],
)
def test_a_probability_is_told_in_whole_percent(probability: float, expected: str) -> None:
    assert percent(probability) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "0:00"), (4.9, "0:04"), (61, "1:01"), (3599, "59:59"), (3661, "1:01:01")]
)
def test_time_is_told_in_minutes_and_seconds(seconds: float, expected: str) -> None:
    assert clock_time(round(seconds * 1e9)) == expected
