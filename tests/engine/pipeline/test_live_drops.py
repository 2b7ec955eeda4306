from engine.errors import UserFacingError
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import KEYPOINTS_WAITING, RECORDED_WAITING, LivePipeline
from tests.engine.pipeline.fakes import (
    PATIENCE,
    FakeExtractor,
    FakeSource,
    FakeStream,
    Gate,
    Recorder,
    no_extractor,
    run,
)

OPENING, WARMING_UP, ENDED = PipelineState.OPENING, PipelineState.WARMING_UP, PipelineState.ENDED


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
