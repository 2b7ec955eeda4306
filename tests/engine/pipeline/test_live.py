import logging
import threading
from collections.abc import Callable

import pytest

from engine.errors import SourceLostError, UserFacingError
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import KEYPOINTS_WAITING, RECORDED_WAITING, LivePipeline
from engine.types import Frame, Keypoints
from tests.engine.pipeline.fakes import PATIENCE, FakeExtractor, FakeSource, FakeStream, Recorder, Step

OPENING, WARMING_UP, RUNNING = PipelineState.OPENING, PipelineState.WARMING_UP, PipelineState.RUNNING
ENDED, STOPPED, FAILED = PipelineState.ENDED, PipelineState.STOPPED, PipelineState.FAILED
LOST = PipelineState.LOST


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


def fail(error: Exception, *, at: int | None = None) -> Step:
    def step(number: int) -> None:
        if at in (number, None):
            raise error

    return step


class Gate:
    """Holds a thread at one number, or at once, until it is opened, and tells when the thread has come there."""

    def __init__(self, at: int | None = None) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        self._at = at

    def __call__(self, number: int) -> None:
        if self._at in (number, None):
            self.reached.set()
            assert self.open.wait(PATIENCE)


def run(pipeline: LivePipeline, recorder: Recorder) -> PipelineState:
    pipeline.start()
    end = recorder.wait_for_end()
    assert pipeline.stop(PATIENCE)
    return end


# From beginning to end


def test_a_source_that_ends_is_decoded_to_its_last_frame(recorder: Recorder) -> None:
    extractor, stream = FakeExtractor(), FakeStream()
    source = FakeSource(20, live=False)
    pipeline = LivePipeline(source, lambda: extractor, stream, recorder, real_time=False)
    assert pipeline.state is PipelineState.NEW
    assert run(pipeline, recorder) is ENDED
    assert recorder.states == [OPENING, WARMING_UP, RUNNING, ENDED]
    assert extractor.seen == list(range(20))
    assert stream.pushed == [(number, True) for number in range(20)]
    assert [update.time_ns for update in recorder.updates] == sorted(update.time_ns for update in recorder.updates)
    assert len(recorder.updates) == 21
    assert [event.gloss for event in recorder.events] == ["eat"], "the sign under way at the end is announced"
    assert recorder.errors == []
    statistics = pipeline.statistics
    assert statistics.frames_captured == statistics.frames_processed == 20
    assert statistics.frames_dropped == statistics.keypoints_dropped == 0
    assert statistics.keypoint_ms is not None
    assert statistics.delay_ms is not None
    assert statistics.model_ms is not None


def test_a_recording_is_played_at_its_own_speed_without_loss_when_nobody_is_slow(recorder: Recorder) -> None:
    stream = FakeStream()
    source = FakeSource(5, live=False, with_keypoints=True)
    assert run(LivePipeline(source, no_extractor, stream, recorder), recorder) is ENDED
    assert stream.numbers[-1] == 4


def test_a_file_waits_for_the_extractor_to_warm_up_before_it_plays_on(recorder: Recorder) -> None:
    warming_up = Gate(at=0)
    asked: list[int] = []
    source = FakeSource(5, live=False, before=asked.append)
    pipeline = LivePipeline(source, lambda: FakeExtractor(before=warming_up), None, recorder)
    pipeline.start()
    assert warming_up.reached.wait(PATIENCE)
    assert asked == [0]
    warming_up.open.set()
    assert recorder.wait_for_end() is ENDED
    assert pipeline.stop(PATIENCE)
    assert asked == list(range(5))


def test_source_and_extractor_each_live_on_one_thread_of_their_own(recorder: Recorder) -> None:
    source = FakeSource(10, live=False)
    made: list[FakeExtractor] = []

    def make() -> FakeExtractor:
        made.append(FakeExtractor())
        return made[-1]

    run(LivePipeline(source, make, None, recorder, real_time=False), recorder)
    (extractor,) = made
    assert len(source.threads) == len(extractor.threads) == 1
    assert len(source.threads | extractor.threads | {threading.get_ident()}) == 3
    assert source.closed == extractor.closed == 1


def no_extractor() -> FakeExtractor:
    raise AssertionError("nobody needs an extractor here")


def test_frames_that_bring_keypoints_need_no_extractor(recorder: Recorder) -> None:
    stream = FakeStream()
    source = FakeSource(10, live=False, with_keypoints=True)
    assert run(LivePipeline(source, no_extractor, stream, recorder, real_time=False), recorder) is ENDED
    assert stream.numbers == list(range(10))


def test_without_a_recogniser_there_are_pictures_with_skeletons_and_no_updates(recorder: Recorder) -> None:
    pipeline = LivePipeline(FakeSource(10, live=False), FakeExtractor, None, recorder, real_time=False)
    run(pipeline, recorder)
    assert not pipeline.recognising
    assert recorder.updates == []
    last, keypoints = recorder.pictures[-1]
    assert last == 9
    assert keypoints is not None
    assert keypoints.time_ns == 90_000_000


def test_a_pipeline_runs_once(recorder: Recorder) -> None:
    pipeline = LivePipeline(FakeSource(1), FakeExtractor, None, recorder)
    run(pipeline, recorder)
    with pytest.raises(RuntimeError, match="once"):
        pipeline.start()


# Who is slow drops, and only that


def test_the_latest_frame_wins_and_the_others_are_counted(recorder: Recorder) -> None:
    busy = Gate(at=0)
    extractor, stream = FakeExtractor(before=busy), FakeStream()

    def first_wait_then_hurry(number: int) -> None:
        if number == 1:
            assert busy.reached.wait(PATIENCE)
        if number == 10:
            busy.open.set()
            raise UserFacingError("unplugged")

    source = FakeSource(11, before=first_wait_then_hurry)
    pipeline = LivePipeline(source, lambda: extractor, stream, recorder)
    run(pipeline, recorder)
    assert extractor.seen == [0, 9]
    assert stream.numbers == [0, 9]
    statistics = pipeline.statistics
    assert (statistics.frames_captured, statistics.frames_processed, statistics.frames_dropped) == (10, 2, 8)


def test_the_picture_goes_on_while_the_extractor_is_busy(recorder: Recorder) -> None:
    busy = Gate()
    pipeline = LivePipeline(FakeSource(30), lambda: FakeExtractor(before=busy), None, recorder)
    pipeline.start()
    recorder.wait_until(lambda: len(recorder.pictures) == 30)
    assert recorder.pictures == [(number, None) for number in range(30)]
    assert recorder.states == [OPENING, WARMING_UP]
    busy.open.set()
    assert recorder.wait_for_end() is ENDED
    assert pipeline.stop(PATIENCE)


class SteadySource(FakeSource):
    """Lets the extractor take each frame before the next one comes; the second waits until the recogniser hangs."""

    def __init__(self, count: int, recorder: Recorder, *, hang: Gate) -> None:
        super().__init__(count, with_keypoints=True, before=self._wait)
        self._recorder = recorder
        self._hang = hang

    def _wait(self, number: int) -> None:
        if number:
            assert self._hang.reached.wait(PATIENCE)
            self._recorder.wait_until(lambda: number - 1 in self._recorder.skeletons_shown)


def test_a_slow_recogniser_sees_every_frame_and_predicts_on_the_newest(recorder: Recorder) -> None:
    busy = Gate()
    stream = FakeStream(before=busy)
    pipeline = LivePipeline(SteadySource(10, recorder, hang=busy), no_extractor, stream, recorder)
    pipeline.start()
    recorder.wait_until(lambda: 9 in recorder.skeletons_shown)
    busy.open.set()
    recorder.wait_for_end()
    assert pipeline.stop(PATIENCE)
    assert stream.pushed == [(0, True), *((number, False) for number in range(1, 9)), (9, True)]
    assert pipeline.statistics.keypoints_dropped == 0


def test_recorded_keypoints_are_waited_for_however_slow_everybody_is(recorder: Recorder) -> None:
    stream = FakeStream(before=lambda number: recorder.wait_until(lambda: number in recorder.skeletons_shown))
    frames = 2 * RECORDED_WAITING
    source = FakeSource(frames, live=False, with_keypoints=True)
    pipeline = LivePipeline(source, no_extractor, stream, recorder)
    assert run(pipeline, recorder) is ENDED
    assert stream.numbers == list(range(frames))
    assert pipeline.statistics.frames_dropped == 0


def test_a_recogniser_that_hangs_does_not_fill_the_memory(recorder: Recorder) -> None:
    busy = Gate()
    stream = FakeStream(before=busy)
    frames = KEYPOINTS_WAITING + 51
    pipeline = LivePipeline(SteadySource(frames, recorder, hang=busy), no_extractor, stream, recorder)
    pipeline.start()
    recorder.wait_until(lambda: frames - 1 in recorder.skeletons_shown)
    busy.open.set()
    assert recorder.wait_for_end() is ENDED
    assert pipeline.stop(PATIENCE)
    assert pipeline.statistics.frames_dropped == 0
    assert pipeline.statistics.keypoints_dropped == 50
    assert stream.numbers == [0, *range(51, frames)]


# Changing the recogniser


def test_changing_the_recogniser_loses_no_frame(recorder: Recorder) -> None:
    change = Gate(at=10)
    old, new = FakeStream(), FakeStream()
    source = FakeSource(20, live=False, with_keypoints=True, before=change)
    pipeline = LivePipeline(source, no_extractor, old, recorder, real_time=False)
    pipeline.start()
    assert change.reached.wait(PATIENCE)
    pipeline.set_recogniser(new)
    change.open.set()
    recorder.wait_for_end()
    assert pipeline.stop(PATIENCE)
    assert old.numbers + new.numbers == list(range(20))
    assert new.numbers[-1] == 19
    assert old.finished <= 1
    assert new.finished == 1


def test_a_failing_recogniser_does_not_stop_the_picture_and_another_one_brings_it_back(
    recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    after = Gate(at=10)
    broken, mended = FakeStream(before=fail(RuntimeError("boom"), at=3)), FakeStream()
    source = FakeSource(20, live=False, with_keypoints=True, before=after)
    pipeline = LivePipeline(source, no_extractor, broken, recorder, real_time=False)
    pipeline.start()
    recorder.wait_until(lambda: bool(recorder.errors))
    assert not pipeline.recognising
    pipeline.set_recogniser(mended)
    assert pipeline.recognising
    after.open.set()
    assert recorder.wait_for_end() is ENDED
    assert pipeline.stop(PATIENCE)
    assert len(recorder.errors) == 1
    assert recorder.pictures[-1][0] == 19
    assert mended.numbers[-1] == 19


# Failures


@pytest.mark.parametrize(("error", "end"), [(SourceLostError, LOST), (UserFacingError, FAILED)])
def test_an_unplugged_camera_ends_with_its_own_line_and_is_released(
    recorder: Recorder, error: type[UserFacingError], end: PipelineState
) -> None:
    source = FakeSource(10, before=fail(error("The camera is gone."), at=5))
    assert run(LivePipeline(source, FakeExtractor, FakeStream(), recorder), recorder) is end
    assert recorder.errors == ["The camera is gone."]
    assert source.closed == 1


def test_a_source_that_cannot_be_opened_fails_before_warming_up(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: FakeSource) -> FakeSource:
        raise UserFacingError("No camera.")

    monkeypatch.setattr(FakeSource, "__enter__", refuse)
    assert run(LivePipeline(FakeSource(10), FakeExtractor, None, recorder), recorder) is FAILED
    assert recorder.errors == ["No camera."]
    assert recorder.states == [OPENING, FAILED]


@pytest.mark.parametrize("real_time", [True, False])
@pytest.mark.parametrize("live", [True, False])
def test_a_failing_extractor_ends_the_pipeline_with_one_line_and_a_traceback_in_the_log(
    recorder: Recorder, caplog: pytest.LogCaptureFixture, *, live: bool, real_time: bool
) -> None:
    source = FakeSource(1_000_000, live=live)
    extractor = FakeExtractor(before=fail(ValueError("inside")))
    pipeline = LivePipeline(source, lambda: extractor, FakeStream(), recorder, real_time=real_time)
    with caplog.at_level(logging.ERROR):
        assert run(pipeline, recorder) is FAILED
    (message,) = recorder.errors
    assert message.startswith("fake source was stopped by an unexpected error")
    assert "\n" not in message
    assert "ValueError: inside" in caplog.text
    assert source.closed == extractor.closed == 1


def test_an_extractor_that_cannot_be_made_ends_the_pipeline(recorder: Recorder) -> None:
    def refuse() -> FakeExtractor:
        raise UserFacingError("MediaPipe is not installed.")

    source = FakeSource(1_000_000)
    assert run(LivePipeline(source, refuse, None, recorder), recorder) is FAILED
    assert recorder.errors == ["MediaPipe is not installed."]
    assert source.closed == 1


@pytest.mark.parametrize("callback", ["on_state", "on_frame", "on_update"])
@pytest.mark.parametrize("real_time", [True, False])
def test_a_listener_that_raises_ends_the_pipeline_and_blocks_nobody(
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    callback: str,
    *,
    real_time: bool,
) -> None:
    told: list[object] = []
    plain = getattr(recorder, callback)

    def raise_once(*news: object) -> None:
        told.append(news)
        if len(told) == 1:
            raise ZeroDivisionError
        plain(*news)

    monkeypatch.setattr(recorder, callback, raise_once)
    source = FakeSource(1_000_000, live=False)
    assert run(LivePipeline(source, FakeExtractor, FakeStream(), recorder, real_time=real_time), recorder) is FAILED
    assert not source.open


# Stopping


def test_stopping_is_possible_before_the_start_and_again_after_the_end(recorder: Recorder) -> None:
    pipeline = LivePipeline(FakeSource(1_000_000), FakeExtractor, None, recorder)
    assert pipeline.stop()
    pipeline.start()
    assert recorder.wait_for_end() is STOPPED
    assert pipeline.stop(PATIENCE)
    assert pipeline.stop(0)


@pytest.mark.parametrize("real_time", [True, False])
@pytest.mark.parametrize("live", [True, False])
def test_stopping_while_running_releases_everything_and_announces_what_was_under_way(
    recorder: Recorder, *, live: bool, real_time: bool
) -> None:
    source, extractor, stream = FakeSource(1_000_000, live=live), FakeExtractor(), FakeStream()
    pipeline = LivePipeline(source, lambda: extractor, stream, recorder, real_time=real_time)
    pipeline.start()
    recorder.wait_until(lambda: len(recorder.updates) >= 3)
    assert pipeline.stop(PATIENCE)
    assert recorder.states == [OPENING, WARMING_UP, RUNNING, STOPPED]
    assert not source.open
    assert source.closed == extractor.closed == 1
    assert stream.finished == 1
    assert len(recorder.events) == 1


def test_stopping_does_not_wait_for_a_frame_that_is_an_hour_away(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = FakeSource.__iter__

    def with_a_long_pause(source: FakeSource):
        frames = plain(source)
        yield next(frames)
        later = next(frames)
        yield Frame(later.image, time_ns=3_600_000_000_000, index=1)

    monkeypatch.setattr(FakeSource, "__iter__", with_a_long_pause)
    pipeline = LivePipeline(FakeSource(2, live=False), FakeExtractor, None, recorder)
    pipeline.start()
    recorder.wait_until(lambda: RUNNING in recorder.states)
    assert pipeline.stop(PATIENCE)
    assert recorder.states[-1] is STOPPED


@pytest.mark.parametrize("real_time", [True, False])
@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("where", ["source", "extractor", "recogniser"])
def test_a_thread_that_hangs_is_reported_and_the_pipeline_ends_when_it_lets_go(
    recorder: Recorder, caplog: pytest.LogCaptureFixture, where: str, at: int, *, real_time: bool
) -> None:
    hang = Gate(at)
    hanging: Callable[[str], Step] = lambda place: hang if place == where else lambda number: None  # noqa: E731
    source = FakeSource(2, live=False, before=hanging("source"))
    pipeline = LivePipeline(
        source,
        lambda: FakeExtractor(before=hanging("extractor")),
        FakeStream(before=hanging("recogniser")),
        recorder,
        real_time=real_time,
    )
    pipeline.start()
    assert hang.reached.wait(PATIENCE)
    with caplog.at_level(logging.WARNING):
        assert not pipeline.stop(timeout=0.01)
    assert "still waiting for" in caplog.text
    assert not any(state.final for state in recorder.states)
    hang.open.set()
    assert pipeline.stop(PATIENCE)
    assert recorder.states[-1] is STOPPED
    assert not source.open


def test_stopping_while_the_source_is_being_opened_closes_it_again(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, plain = Gate(), FakeSource.__enter__

    def slow(source: FakeSource) -> FakeSource:
        opening(0)
        return plain(source)

    monkeypatch.setattr(FakeSource, "__enter__", slow)
    source = FakeSource(1_000_000)
    pipeline = LivePipeline(source, FakeExtractor, None, recorder)
    pipeline.start()
    assert opening.reached.wait(PATIENCE)
    assert not pipeline.stop(timeout=0)
    opening.open.set()
    assert pipeline.stop(PATIENCE)
    assert recorder.states[-1] is STOPPED
    assert recorder.pictures == []
    assert not source.open


@pytest.mark.parametrize("callback", ["on_state", "on_frame", "on_update"])
def test_a_listener_may_stop_the_pipeline(recorder: Recorder, monkeypatch: pytest.MonkeyPatch, callback: str) -> None:
    plain = getattr(recorder, callback)

    def stop_and_tell(*news: object) -> None:
        assert pipeline.stop() is False
        plain(*news)

    monkeypatch.setattr(recorder, callback, stop_and_tell)
    pipeline = LivePipeline(FakeSource(1_000_000), FakeExtractor, FakeStream(), recorder)
    assert run(pipeline, recorder) is STOPPED


def test_each_skeleton_that_is_not_a_pictures_own_is_older(recorder: Recorder) -> None:
    run(LivePipeline(FakeSource(200), FakeExtractor, None, recorder), recorder)
    shown: list[tuple[int, Keypoints | None]] = recorder.pictures
    assert [number for number, _ in shown] == sorted(number for number, _ in shown)
    assert all(keypoints is None or keypoints.time_ns <= number * 10_000_000 for number, keypoints in shown)
