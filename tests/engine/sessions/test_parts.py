"""What becomes of parts, whatever happens meanwhile."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.export import TranscriptEntry
from engine.sessions.parts import VIDEO, complete, incomplete, parts_folder, remove_joined
from engine.sessions.recorder import PART_NS, SessionRecorder
from engine.sources.session import load_session, video_of
from engine.types import NANOSECONDS, SignEvent
from tests.engine.sessions.conftest import STARTED, Record, long_clip

EAT = SignEvent("eat", 0.9, 0, 5, 9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 10**6), lost=st.integers(0, 3))
def test_a_crash_costs_the_last_part_at_most(tmp_path: Path, cut: int, lost: int) -> None:
    path = tmp_path / "crash.npz"
    recorder = SessionRecorder(path, source="Camera", started=STARTED, video=False, tell=print)
    shown = long_clip(4 * PART_NS / NANOSECONDS)
    for each in shown:
        recorder.record(each)
    recorder._close()
    for thread in recorder._threads:
        thread.join()
    parts = sorted(parts_folder(path).glob("part-*"))
    content = parts[lost].read_bytes()
    parts[lost].write_bytes(content[: cut % len(content)])

    (folder,) = incomplete(tmp_path)
    assert complete(folder) == path
    kept = load_session(path).clip.times_ns.tolist()
    expected = [each.time_ns for each in shown]
    assert set(kept) < set(expected)
    assert len(kept) >= len(expected) - PART_NS * 25 // NANOSECONDS
    assert not incomplete(tmp_path)
    path.unlink()


def test_completing_may_be_broken_off_and_begun_again(record: Record, tmp_path: Path) -> None:
    recorder = record()
    for each in long_clip(5):
        recorder.record(each)
    recorder.announce((EAT,))
    (tmp_path / "session.npz").mkdir()  # nothing can be written there
    with pytest.raises(UserFacingError, match="Cannot write"):
        recorder.finish({EAT: TranscriptEntry(EAT, "drink")})
    (tmp_path / "session.npz").rmdir()
    (folder,) = incomplete(tmp_path)
    assert complete(folder) == tmp_path / "session.npz"
    session = load_session(tmp_path / "session.npz")
    assert len(session.clip) == len(long_clip(5))
    assert session.notes.entries == (TranscriptEntry(EAT, "drink"),), "announced last, and corrected"


def test_a_session_that_is_made_once_more_keeps_its_corrections(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record()
    recorder.record(long_clip(1)[0])
    recorder.announce((EAT,))

    def in_use(self: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", in_use)
        with pytest.raises(UserFacingError, match="in use"):
            recorder.finish({EAT: TranscriptEntry(EAT, "drink")})
    (folder,) = incomplete(tmp_path)
    path = complete(folder)
    assert path is not None
    assert load_session(path).notes.entries == (TranscriptEntry(EAT, "drink"),)


def test_an_ending_that_cannot_be_read_costs_the_ending_alone(record: Record, tmp_path: Path) -> None:
    recorder = record()
    recorder.record(long_clip(1)[0])
    (tmp_path / "session.npz").mkdir()
    with pytest.raises(UserFacingError):
        recorder.finish({})
    (tmp_path / "session.npz").rmdir()
    (folder,) = incomplete(tmp_path)
    (folder / "ending.json").write_text("[" * 100_000)
    path = complete(folder)
    assert path is not None
    assert len(load_session(path).clip) == 1


def test_what_a_crash_left_half_written_goes_with_the_parts(record: Record, tmp_path: Path) -> None:
    recorder = record()
    recorder.record(long_clip(1)[0])
    left = tmp_path / ".session-0a1b2c3d.npz"
    left.write_text("half a session")
    path = recorder.finish({})
    assert list(tmp_path.iterdir()) == [path]


def test_removing_the_parts_may_be_broken_off_as_well(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record()
    for each in long_clip(5):
        recorder.record(each)

    def broken_off(folder: Path, **_: Any) -> None:
        if folder.exists():
            (folder / "part-000000.npz").unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", broken_off)
        with pytest.raises(KeyboardInterrupt):
            recorder.finish({})

    path = tmp_path / "session.npz"
    assert len(load_session(path).clip) == len(long_clip(5))
    assert not incomplete(tmp_path)
    remove_joined(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_pictures_without_keypoints_are_kept(tmp_path: Path) -> None:
    folder = parts_folder(tmp_path / "session.npz")
    folder.mkdir()
    (folder / VIDEO).write_text("film")
    assert complete(folder) is None
    assert video_of(tmp_path / "session.npz").read_text() == "film"
    assert not incomplete(tmp_path)
