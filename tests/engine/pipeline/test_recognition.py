import logging

import pytest

from engine.errors import UserFacingError
from engine.pipeline.recognition import PATIENCE_NS, RecognitionStep
from engine.pipeline.statistics import Gauges
from engine.types import Activity
from tests.engine.pipeline.fakes import FakeStream, Recorder, make_keypoints


def batch(*numbers: int) -> tuple:
    return tuple(make_keypoints(number * 10_000_000) for number in numbers)


def step_with(stream: FakeStream | None) -> tuple[RecognitionStep, Recorder]:
    recorder = Recorder()
    return RecognitionStep(stream, recorder, Gauges()), recorder


def fails_with(error: Exception, at: int) -> FakeStream:
    def fail(number: int) -> None:
        if number == at:
            raise error

    return FakeStream(before=fail)


def test_of_what_has_piled_up_all_is_taken_in_and_the_newest_predicted_on() -> None:
    stream = FakeStream()
    step, recorder = step_with(stream)
    step.decode(batch(0), predict_all=False)
    step.decode(batch(1, 2, 3), predict_all=False)
    assert stream.pushed == [(0, True), (1, False), (2, False), (3, True)]
    assert [update.time_ns // 10_000_000 for update in recorder.updates] == [0, 1, 2, 3]


def test_without_hurry_every_frame_is_predicted_on() -> None:
    stream = FakeStream()
    step, _ = step_with(stream)
    step.decode(batch(0, 1, 2), predict_all=True)
    assert stream.pushed == [(0, True), (1, True), (2, True)]


def test_the_time_of_predictions_alone_is_measured() -> None:
    gauges = Gauges()
    step = RecognitionStep(FakeStream(), Recorder(), gauges)
    assert gauges.read(now_ns=0, frames_dropped=0, keypoints_dropped=0).model_ms is None
    step.decode(batch(0, 1), predict_all=False)
    assert gauges.read(now_ns=0, frames_dropped=0, keypoints_dropped=0).model_ms is not None


def test_a_new_recogniser_takes_over_between_two_frames_and_the_old_one_is_finished() -> None:
    old, new = FakeStream(), FakeStream()
    step, recorder = step_with(old)
    step.decode(batch(0, 1), predict_all=False)
    step.change(new, at_once=True)
    step.decode(batch(2, 3), predict_all=False)
    assert (old.numbers, new.numbers) == ([0, 1], [2, 3])
    assert (old.finished, new.finished) == (1, 0)
    assert [event.end_ns for event in recorder.events] == [10_000_000]


def test_a_sign_under_way_is_seen_to_its_end_by_the_recogniser_that_began_it() -> None:
    old, new = FakeStream(), FakeStream()
    step, _ = step_with(old)
    step.decode(batch(0, 1), predict_all=False)
    step.change(new)
    step.decode(batch(2), predict_all=False)
    assert (old.finished, new.numbers) == (0, [])
    old.activity = Activity.IDLE
    step.decode(batch(3), predict_all=False)
    step.decode(batch(4), predict_all=False)
    assert (old.numbers, new.numbers) == ([0, 1, 2, 3], [4])


def test_a_sign_that_does_not_end_is_not_waited_for_for_ever() -> None:
    old, new = FakeStream(), FakeStream()
    step, _ = step_with(old)
    late = 1 + PATIENCE_NS // 10_000_000
    step.decode(batch(0), predict_all=False)
    step.change(new)
    step.decode(batch(1), predict_all=False)
    step.decode(batch(late), predict_all=False)
    assert (old.numbers, new.numbers) == ([0, 1], [late])


def test_a_change_that_was_taken_back_leaves_nothing_to_the_next_one() -> None:
    old, new = FakeStream(), FakeStream()
    step, _ = step_with(old)
    late = 1 + PATIENCE_NS // 10_000_000
    step.decode(batch(0), predict_all=False)
    step.change(new)
    step.decode(batch(1), predict_all=False)
    step.change(old, at_once=True)
    step.decode(batch(2), predict_all=False)
    step.change(new)
    step.decode(batch(late), predict_all=False)
    assert (old.numbers, new.numbers) == ([0, 1, 2, late], [])


def test_what_is_to_change_at_once_does_so_whatever_comes_after_it() -> None:
    old, overtaken, new = FakeStream(), FakeStream(), FakeStream()
    step, _ = step_with(old)
    step.decode(batch(0), predict_all=False)
    step.change(overtaken, at_once=True)
    step.change(new)
    step.decode(batch(1), predict_all=False)
    step.change(overtaken)
    step.decode(batch(2), predict_all=False)
    assert (old.numbers, new.numbers, overtaken.numbers) == ([0], [1, 2], [])


def test_without_a_recogniser_keypoints_are_let_go_until_one_comes() -> None:
    stream = FakeStream()
    step, recorder = step_with(None)
    assert not step.active
    step.decode(batch(0), predict_all=False)
    step.change(stream)
    step.decode(batch(1), predict_all=False)
    assert step.active
    assert stream.numbers == [1]
    assert len(recorder.updates) == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [(UserFacingError("The GPU is full."), "The GPU is full."), (RuntimeError("shape"), "Recognition failed")],
)
def test_a_recogniser_that_fails_is_put_aside_with_one_line(
    error: Exception, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    step, recorder = step_with(fails_with(error, at=1))
    with caplog.at_level(logging.ERROR):
        step.decode(batch(0, 1, 2), predict_all=True)
        step.decode(batch(3), predict_all=True)
        step.finish()
    assert len(recorder.errors) == 1
    assert recorder.errors[0].startswith(message)
    assert "\n" not in recorder.errors[0]
    assert not step.active
    assert len(recorder.updates) == 1
    assert ("Traceback" in caplog.text) == (not isinstance(error, UserFacingError))


def test_after_a_failure_another_recogniser_can_take_over(caplog: pytest.LogCaptureFixture) -> None:
    step, recorder = step_with(fails_with(RuntimeError(), at=0))
    step.decode(batch(0), predict_all=False)
    stream = FakeStream()
    step.change(stream)
    step.decode(batch(1), predict_all=False)
    assert step.active
    assert stream.numbers == [1]
    assert len(recorder.errors) == 1


def test_a_failure_at_the_end_of_the_stream_is_told_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stream = FakeStream()
    step, recorder = step_with(stream)
    step.decode(batch(0), predict_all=False)
    monkeypatch.setattr(stream, "finish", lambda: 1 / 0)
    step.finish()
    assert len(recorder.errors) == 1


def test_a_recogniser_that_saw_nothing_is_not_asked_to_finish() -> None:
    stream = FakeStream()
    step, recorder = step_with(stream)
    step.finish()
    assert stream.finished == 0
    assert recorder.updates == []
