"""What becomes of parts, whatever happens meanwhile."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.sessions.parts import VIDEO, complete, incomplete, parts_folder, remove_joined
from engine.sessions.recorder import PART_NS, SessionRecorder
from engine.sources.session import load_session
from engine.types import NANOSECONDS
from tests.engine.sessions.conftest import STARTED, Record, long_clip


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
    (tmp_path / "session.npz").mkdir()  # nothing can be written there
    with pytest.raises(UserFacingError, match="Cannot write"):
        recorder.finish({})
    (tmp_path / "session.npz").rmdir()
    (folder,) = incomplete(tmp_path)
    assert complete(folder) == tmp_path / "session.npz"
    assert len(load_session(tmp_path / "session.npz").clip) == len(long_clip(5))


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
    with pytest.raises(UserFacingError, match="a video and no keypoints"):
        complete(folder)
    assert (folder / VIDEO).read_text() == "film"
