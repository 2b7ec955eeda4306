"""Personal signs on disk: kept, renamed, deleted, passed on, and no damage spreads."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.joints import JOINTS, RIGHT_HAND
from engine.sources import personal_signs
from engine.sources.npz import write_arrays
from engine.sources.personal_signs import (
    LONGEST_NAME,
    PersonalFolder,
    PersonalSign,
    _read_description,
    export_signs,
    import_signs,
    shown_motion,
    valid_name,
)
from engine.types import NANOSECONDS, KeypointClip


def take(frames: int = 4, *, at: float = 10.0) -> KeypointClip:
    joints = np.zeros((frames, JOINTS, 3), np.float32)
    joints[:, RIGHT_HAND] = (at, 20, 1)
    return KeypointClip(joints, np.arange(frames, dtype=np.int64) * 40_000_000, (64, 48))


COFFEE = PersonalSign("coffee", (take(3), take(4), take(5)))
HUT = PersonalSign("hütte", (take(6, at=30.0),))


def lengths(signs: tuple[PersonalSign, ...]) -> dict[str, list[int]]:
    return {sign.name: [len(each) for each in sign.takes] for sign in signs}


@pytest.fixture
def folder(tmp_path: Path) -> PersonalFolder:
    folder = PersonalFolder(tmp_path / "signs")
    folder.save(COFFEE)
    folder.save(HUT)
    return folder


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    found = PersonalFolder(tmp_path / "nowhere").load()

    assert found.signs == ()
    assert found.problems == ()


def test_what_was_saved_comes_back(folder: PersonalFolder) -> None:
    found = folder.load()

    assert lengths(found.signs) == {"coffee": [3, 4, 5], "hütte": [6]}
    np.testing.assert_array_equal(found.signs[1].takes[0].joints, HUT.takes[0].joints)
    assert found.signs[1].takes[0].size == (64, 48)
    assert found.problems == ()


def test_saving_again_replaces_the_takes_and_leaves_no_file_behind(folder: PersonalFolder, tmp_path: Path) -> None:
    folder.save(PersonalSign("coffee", (take(9),)))

    assert lengths(folder.load().signs) == {"coffee": [9], "hütte": [6]}
    assert len(list(tmp_path.rglob("*.npz"))) == 2


def test_renaming_keeps_the_takes(folder: PersonalFolder) -> None:
    folder.rename("coffee", "tea")

    assert lengths(folder.load().signs) == {"hütte": [6], "tea": [3, 4, 5]}


def test_renaming_what_is_not_there_is_refused(folder: PersonalFolder) -> None:
    with pytest.raises(UserFacingError, match="no personal sign 'milk'"):
        folder.rename("milk", "tea")


def test_deleting_removes_a_sign_and_its_files_and_can_be_repeated(folder: PersonalFolder, tmp_path: Path) -> None:
    folder.delete("coffee")
    folder.delete("coffee")

    assert lengths(folder.load().signs) == {"hütte": [6]}
    assert len(list((tmp_path / "signs").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"PK\x03\x04 half a file"])
def test_a_damaged_take_costs_that_take_alone(folder: PersonalFolder, tmp_path: Path, damage: bytes) -> None:
    shortest = min(tmp_path.rglob("*.npz"), key=lambda path: len(np.load(path)["times_ns"]))
    shortest.write_bytes(damage)

    found = folder.load()

    assert lengths(found.signs) == {"coffee": [4, 5], "hütte": [6]}
    assert len(found.problems) == 1
    assert "A take of 'coffee' is lost" in found.problems[0]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "name": "a", "takes": ["t.npz"]}', "\x00"])
def test_a_damaged_description_costs_that_sign_alone_and_is_left_for_rescue(
    folder: PersonalFolder, tmp_path: Path, content: str
) -> None:
    description = next(path for path in tmp_path.rglob("sign.json") if "coffee" in path.read_text(encoding="utf-8"))
    description.write_text(content, encoding="utf-8")

    found = folder.load()

    assert lengths(found.signs) == {"hütte": [6]}
    assert len(found.problems) == 1
    assert str(description.parent) in found.problems[0]
    assert len(list(description.parent.glob("*.npz"))) == 3


def test_takes_outside_of_the_folder_are_not_read(folder: PersonalFolder, tmp_path: Path) -> None:
    description = next(tmp_path.rglob("sign.json"))
    description.write_text('{"format": 1, "name": "thief", "takes": ["../../secret.npz"]}', encoding="utf-8")

    assert "thief" not in lengths(folder.load().signs)


def test_a_crash_between_the_takes_and_the_description_leaves_the_old_sign(
    folder: PersonalFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("engine.sources.personal_signs.atomic_write", crash)
        with pytest.raises(KeyboardInterrupt):
            folder.save(PersonalSign("coffee", (take(9),)))

    assert lengths(folder.load().signs) == {"coffee": [3, 4, 5], "hütte": [6]}


@pytest.mark.parametrize("name", ["coffee", "tea"])
def test_a_sign_that_cannot_be_written_leaves_nothing_behind(
    folder: PersonalFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_: object) -> None:
        raise UserFacingError("No space left on device")

    monkeypatch.setattr(personal_signs, "atomic_write", fail)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UserFacingError, match="No space"):
        folder.save(PersonalSign(name, (take(9), take(8))))

    assert set(tmp_path.rglob("*")) == before
    assert lengths(folder.load().signs) == {"coffee": [3, 4, 5], "hütte": [6]}


def test_a_take_with_gaps_is_shown_as_long_as_it_lasted() -> None:
    uneven = np.cumsum([0, *[33, 66, 33] * 20]).astype(np.int64) * 1_000_000
    shown = shown_motion(PersonalSign("coffee", (replace(take(len(uneven)), times_ns=uneven),)))

    assert (len(shown.joints) - 1) / shown.rate == pytest.approx(uneven[-1] / NANOSECONDS, abs=0.02)


def test_a_take_that_is_hardly_more_than_a_gap_does_not_fill_the_memory() -> None:
    times_ns = np.array([0, 1, 2, 2**62], np.int64)
    assert len(shown_motion(PersonalSign("coffee", (replace(take(4), times_ns=times_ns),))).joints) < 100


def test_signs_travel_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"

    export_signs(path, (COFFEE, HUT))
    found = import_signs(path)

    assert lengths(found) == {"coffee": [3, 4, 5], "hütte": [6]}
    np.testing.assert_array_equal(found[0].takes[1].joints, COFFEE.takes[1].joints)
    np.testing.assert_array_equal(found[0].takes[1].times_ns, COFFEE.takes[1].times_ns)


def test_there_is_nothing_to_export_without_signs(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="teach one first"):
        export_signs(tmp_path / "mine.npz", ())


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something else"},
        {"version": 9},
        {"names": np.array(["coffee", "coffee"])},
        {"names": np.array(["coffee", "../../x"])},
        {"sign": np.array([0, 0, 0, 7], np.int32)},
        {"length": np.array([3, 4, 5, 60], np.int32)},
        {"length": np.array([3, 4, 5, -6], np.int32)},
        {"size": np.zeros((4, 2), np.int64)},
        {"joints": np.zeros((18, 3), np.float32)},
        {"joints": np.full((18, JOINTS, 3), np.nan, np.float32)},
        {"times_ns": np.zeros(18, np.int64)},
    ],
    ids=str,
)
def test_a_damaged_file_is_refused_with_one_line(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "mine.npz"
    export_signs(path, (COFFEE, HUT))
    fields = {**np.load(path), **change}
    write_arrays(path, **fields)

    with pytest.raises(UserFacingError) as refusal:
        import_signs(path)

    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    export_signs(path, (COFFEE,))
    path.write_bytes(path.read_bytes()[:300])

    with pytest.raises(UserFacingError, match="damaged"):
        import_signs(path)


def test_another_users_signs_do_not_touch_these(folder: PersonalFolder, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "signs", tmp_path / "other")
    PersonalFolder(tmp_path / "other").delete("coffee")

    assert "coffee" in lengths(folder.load().signs)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "letters"),
        ("   ", "letters"),
        ("a/b", "letters"),
        ("..", "letters"),
        ("x" * (LONGEST_NAME + 1), "letters"),
        ("Coffee", "taught 'coffee' already"),
        ("BOOK ", "'my book'"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(UserFacingError, match=says):
        valid_name(typed, taken={"coffee"}, glosses={"book"})


@given(st.text())
def test_a_valid_name_stays_what_it_is(typed: str) -> None:
    try:
        name = valid_name(typed)
    except UserFacingError:
        return
    assert valid_name(name) == name


def test_each_description_is_read_once_until_somebody_else_changes_it(
    folder: PersonalFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def reading(path: Path) -> tuple[str, tuple[str, ...]]:
        read.append(path)
        return _read_description(path)

    monkeypatch.setattr(personal_signs, "_read_description", reading)
    for number in range(10):
        folder.save(PersonalSign(f"sign {number}", (take(),)))
    assert len(read) < 20

    PersonalFolder(tmp_path / "signs").rename("hütte", "cabin")
    folder.delete("cabin")

    assert "hütte" not in lengths(folder.load().signs)
    assert len(folder.load().signs) == 11
