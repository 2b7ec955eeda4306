import logging
from collections.abc import Callable

import pytest

from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.types import Frame
from tests.engine.pipeline.fakes import (
    PATIENCE,
    FakeExtractor,
    FakeSource,
    FakeStream,
    Gate,
    Recorder,
    Step,
    run,
)

OPENING, WARMING_UP, RUNNING = PipelineState.OPENING, PipelineState.WARMING_UP, PipelineState.RUNNING
STOPPED = PipelineState.STOPPED


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
