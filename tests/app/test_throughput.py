import pytest

from app.throughput import SETTLED, delivered_words, slow_words
from engine.pipeline.pace import Pace
from engine.pipeline.statistics import PipelineStatistics
from engine.sources.camera_spec import CameraWish


def measured(frames: int, rate: float) -> PipelineStatistics:
    return PipelineStatistics(frames, frames, 0, 0, rate, rate, None, None, None)


@pytest.mark.parametrize(
    ("asked", "size", "statistics", "words"),
    [
        (CameraWish(), (640, 480), measured(3, 90.0), "640 × 480"),
        (CameraWish(), (640, 480), measured(SETTLED, 29.6), "640 × 480 at 30 a second"),
        (CameraWish(), (640, 480), measured(SETTLED, 14.9), "640 × 480 at 15 instead of 30 a second"),
        (CameraWish((1280, 720)), (640, 480), measured(3, 0.0), "640 × 480 instead of 1280 × 720"),
        (CameraWish(None, None), (800, 600), measured(SETTLED, 25.0), "800 × 600 at 25 a second"),
    ],
)
def test_delivery_in_words(
    asked: CameraWish, size: tuple[int, int], statistics: PipelineStatistics, words: str
) -> None:
    assert delivered_words(asked, size, statistics) == words


def test_a_computer_that_cannot_keep_up_is_told() -> None:
    assert slow_words(Pace(captured=29.8, read=12.4)) == "Slow computer: 12 of 30 pictures a second are read"
    assert slow_words(Pace(captured=30.0, read=28.0)) is None
