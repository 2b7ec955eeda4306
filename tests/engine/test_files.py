import errno
import os
from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.files import atomic_write, is_file, reading, replacing


def test_text_is_utf_8_with_its_line_ends_kept(tmp_path: Path):
    atomic_write(tmp_path / "a.txt", "é\r\nb\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\r\nb\n"


def test_a_name_of_odd_bytes_can_be_written_down(tmp_path: Path):
    atomic_write(tmp_path / "a.txt", "from b\udcff.npz")
    assert (tmp_path / "a.txt").read_text() == r"from b\udcff.npz"


def test_bytes_are_written_as_they_are(tmp_path: Path):
    atomic_write(tmp_path / "a.bin", b"\x00\xff")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\xff"


def test_missing_folders_are_made(tmp_path: Path):
    atomic_write(tmp_path / "new" / "folder" / "a.txt", "a")
    assert (tmp_path / "new" / "folder" / "a.txt").read_text() == "a"


def test_a_failure_keeps_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def write_half() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise ValueError("the writer broke")

    with pytest.raises(ValueError, match="the writer broke"):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_temporary_path_keeps_the_suffix(tmp_path: Path):
    with replacing(tmp_path / "a.npz") as temporary:
        assert temporary.suffix == ".npz"
        assert temporary.parent == tmp_path
        temporary.write_bytes(b"")


def test_a_durable_file_is_on_the_disk_before_it_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "a.txt"
    path.write_text("old")
    on_disk: list[int] = []

    def note(descriptor: int) -> None:
        assert path.read_text() == "old"
        on_disk.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", note)
    with replacing(path, durable=True) as temporary:
        temporary.write_text("newer")
    assert on_disk == [5]
    assert path.read_text() == "newer"


def test_a_name_that_is_too_long_is_one_clear_line(tmp_path: Path):
    with pytest.raises(UserFacingError, match="cannot be read: File name too long"):
        is_file(tmp_path / ("a" * 300))


def test_a_place_that_cannot_be_written_to_is_one_clear_line(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UserFacingError, match="Cannot write") as caught:
        atomic_write(tmp_path / "file" / "a.txt", "a")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", [Path(), Path("/")])
def test_a_folder_is_no_file_to_write(path: Path):
    with pytest.raises(UserFacingError, match=r"is a folder\. Name a file inside it\.$"):
        atomic_write(path, "a")


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path):
    closed = tmp_path / "closed" / "a.mp4"
    with pytest.raises(UserFacingError) as caught, reading(closed):
        raise PermissionError(errno.EACCES, "Permission denied", str(closed))
    assert str(caught.value) == f"{closed} cannot be read: Permission denied."
