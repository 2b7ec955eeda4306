import pytest

from engine.errors import UserFacingError
from engine.pipeline.lazy import LazyExtractor
from engine.pipeline.offline import run_offline
from tests.engine.pipeline.fakes import FakeExtractor, FakeSource, FakeStream


def test_every_frame_is_decoded_in_order_and_the_end_announces_what_was_under_way() -> None:
    stream = FakeStream()
    updates = list(run_offline(FakeSource(5, live=False), FakeExtractor(), stream))
    assert stream.pushed == [(number, True) for number in range(5)]
    assert [update.time_ns // 10_000_000 for update in updates] == [0, 1, 2, 3, 4, 4]
    assert [len(update.events) for update in updates] == [0, 0, 0, 0, 0, 1]
    assert updates[-1].prediction is None


def test_the_source_is_open_just_as_long_as_the_updates_are_asked_for() -> None:
    source, extractor = FakeSource(5, live=False), FakeExtractor()
    updates = run_offline(source, extractor, FakeStream())
    assert not source.open
    next(updates)
    assert source.open
    updates.close()
    assert not source.open
    assert extractor.closed == 0


def test_a_source_without_frames_gives_no_update() -> None:
    stream = FakeStream()
    assert list(run_offline(FakeSource(0, live=False), FakeExtractor(), stream)) == []
    assert stream.finished == 0


def test_a_failing_source_is_the_callers_to_tell() -> None:
    def unplug(number: int) -> None:
        if number == 2:
            raise UserFacingError("gone")

    updates = run_offline(FakeSource(5, live=False, before=unplug), FakeExtractor(), FakeStream())
    assert len([next(updates), next(updates)]) == 2
    with pytest.raises(UserFacingError, match="gone"):
        next(updates)


def test_a_lazy_extractor_is_made_once_and_only_for_frames_that_need_it() -> None:
    made: list[FakeExtractor] = []

    def make() -> FakeExtractor:
        made.append(FakeExtractor())
        return made[-1]

    lazy = LazyExtractor(make)
    with FakeSource(3, with_keypoints=True) as source:
        assert [lazy(frame) is frame.keypoints for frame in source] == [True, True, True]
    lazy.close()
    assert made == []
    with FakeSource(3) as source:
        assert [lazy(frame).time_ns for frame in source] == [0, 10_000_000, 20_000_000]
    lazy.close()
    lazy.close()
    assert len(made) == 1
    assert made[0].closed == 1
