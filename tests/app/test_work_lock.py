from pathlib import Path

from app.work_lock import alone_with, is_being_written


def test_whoever_makes_the_folder_of_a_file_is_alone_with_it_as_well(tmp_path: Path) -> None:
    path = tmp_path / "not" / "yet" / "practice.jsonl"

    with alone_with(path):
        assert is_being_written(path)

    assert not is_being_written(path)


def test_work_where_no_lock_can_be_is_done_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = False

    with alone_with(tmp_path / "file" / "practice.jsonl"):
        done = True

    assert done
