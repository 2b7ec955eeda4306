import logging

import pytest

from engine.errors import SourceLostError, UserFacingError
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from tests.engine.pipeline.fakes import (
    FakeExtractor,
    FakeSource,
    FakeStream,
    Recorder,
    fail,
    run,
)

OPENING, FAILED, LOST = PipelineState.OPENING, PipelineState.FAILED, PipelineState.LOST


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
