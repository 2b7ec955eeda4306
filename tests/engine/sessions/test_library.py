"""Sessions with their videos, as files of one name."""

from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.sessions.library import delete_session, export_session, kept_sessions, rename_session
from engine.sources.session import video_of


def leave(path: Path, *, video: bool = False) -> Path:
    path.write_text("keypoints")
    if video:
        video_of(path).write_text("film")
    return path


def test_a_session_whose_video_is_in_use_is_not_deleted_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = leave(tmp_path / "a.npz", video=True)
    unlink = Path.unlink

    def in_use(self: Path, missing_ok: bool = False) -> None:
        if self == video_of(path):
            raise PermissionError(13, "in use")
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", in_use)
        with pytest.raises(UserFacingError, match="'a' cannot be deleted: in use"):
            delete_session(path)
    assert path.exists()
    delete_session(path)
    assert not list(tmp_path.iterdir())


def test_a_session_gets_no_video_of_another_one_by_being_exported(tmp_path: Path) -> None:
    path, other = leave(tmp_path / "a.npz"), leave(tmp_path / "b.npz", video=True)
    with pytest.raises(UserFacingError, match="There is a video 'b"):
        export_session(path, other)
    assert video_of(other).read_text() == "film"


def test_a_session_with_video_replaces_another_one(tmp_path: Path) -> None:
    path, other = leave(tmp_path / "a.npz", video=True), leave(tmp_path / "b.npz", video=True)
    video_of(path).write_text("another film")
    export_session(path, other)
    assert video_of(other).read_text() == "another film"


def test_a_name_that_is_too_long_for_the_disk_is_refused(tmp_path: Path) -> None:
    path = leave(tmp_path / "a.npz", video=True)
    with pytest.raises(UserFacingError, match="'a' cannot be renamed"):
        rename_session(path, 70 * "\U0001e900")
    assert sorted(tmp_path.iterdir()) == [video_of(path), path]


def test_a_session_that_is_being_written_is_none_yet(tmp_path: Path) -> None:
    leave(tmp_path / ".a-0a1b2c3d.npz")
    assert kept_sessions(tmp_path) == ((), ())
    damaged = leave(tmp_path / "a.npz")
    (problem,) = kept_sessions(tmp_path)[1]
    assert str(damaged) in problem
