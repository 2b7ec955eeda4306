import threading

import pytest

from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.types import Keypoints
from tests.engine.pipeline.fakes import (
    PATIENCE,
    FakeExtractor,
    FakeSource,
    FakeStream,
    Gate,
    Recorder,
    fail,
    no_extractor,
    run,
)

OPENING, WARMING_UP, RUNNING = PipelineState.OPENING, PipelineState.WARMING_UP, PipelineState.RUNNING
ENDED = PipelineState.ENDED


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


def test_each_skeleton_that_is_not_a_pictures_own_is_older(recorder: Recorder) -> None:
    run(LivePipeline(FakeSource(200), FakeExtractor, None, recorder), recorder)
    shown: list[tuple[int, Keypoints | None]] = recorder.pictures
    assert [number for number, _ in shown] == sorted(number for number, _ in shown)
    assert all(keypoints is None or keypoints.time_ns <= number * 10_000_000 for number, keypoints in shown)


# Changing the recogniser


def test_changing_the_recogniser_loses_no_frame(recorder: Recorder) -> None:
    change = Gate(at=10)
    old, new = FakeStream(), FakeStream()
    source = FakeSource(20, live=False, with_keypoints=True, before=change)
    pipeline = LivePipeline(source, no_extractor, old, recorder, real_time=False)
    pipeline.start()
    assert change.reached.wait(PATIENCE)
    pipeline.set_recogniser(new, at_once=True)
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
