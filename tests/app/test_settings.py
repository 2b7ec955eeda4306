import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.bridge import Bridge
from app.disk import Disk
from app.settings import (
    PRACTICE_SIGNS,
    TEXT_PERCENTS,
    CameraRate,
    CameraSize,
    Hand,
    Overlay,
    Settings,
    ThemeChoice,
    from_json,
    to_json,
)
from app.settings_store import DAMAGED_NAME, FILE_NAME, SettingsStore

ALL_SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(ThemeChoice),
    text_percent=st.sampled_from(TEXT_PERCENTS),
    mirror=st.booleans(),
    zoom=st.booleans(),
    overlay=st.sampled_from(Overlay),
    camera_size=st.sampled_from(CameraSize),
    camera_rate=st.sampled_from(CameraRate),
    hints=st.booleans(),
    dominant_hand=st.sampled_from(Hand),
    plot=st.booleans(),
    source=st.none() | st.text(),
    model=st.none() | st.text(),
    device=st.sampled_from(("auto", "cpu", "cuda")),
    lesson=st.none() | st.text(),
    practice_signs=st.sampled_from(PRACTICE_SIGNS),
    geometry=st.text("0123456789abcdef"),
)


@given(ALL_SETTINGS)
def test_what_is_written_is_read(settings: Settings) -> None:
    assert from_json(to_json(settings)) == (settings, ())


def test_a_settings_file_is_readable_and_tells_its_version() -> None:
    lines = to_json(Settings(theme=ThemeChoice.DARK)).splitlines()

    assert '  "version": 1,' in lines
    assert '  "theme": "dark",' in lines


@given(ALL_SETTINGS, st.text())
def test_any_damage_leaves_settings_that_work(settings: Settings, junk: str) -> None:
    for text in (junk, junk + to_json(settings), to_json(settings) + junk):
        assert isinstance(from_json(text)[0], Settings)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "pink"),
        ("theme", ["dark"]),
        ("text_percent", 101),
        ("text_percent", "100"),
        ("mirror", "yes"),
        ("camera_size", "0x0"),
        ("camera_rate", 30),
        ("hints", None),
        ("device", "abacus"),
        ("shoe_size", 43),
    ],
)
def test_a_field_that_is_not_valid_is_dropped_and_the_others_hold(field: str, value: object) -> None:
    table = json.loads(to_json(Settings(overlay=Overlay.BOLD, source="demo"))) | {field: value}

    settings, dropped = from_json(json.dumps(table))

    assert settings == Settings(overlay=Overlay.BOLD, source="demo")
    assert dropped == (field,)


def test_a_file_that_was_cut_off_keeps_the_lines_that_are_whole() -> None:
    whole = to_json(Settings(theme=ThemeChoice.LIGHT, text_percent=150, source="a long path to a film.mp4"))

    settings, dropped = from_json(whole[: whole.index("long")])

    assert settings == Settings(theme=ThemeChoice.LIGHT, text_percent=150)
    assert dropped == ("unreadable lines",)


def read_again(folder: Path, disk: Disk) -> Settings:
    """What another window finds once everything is written."""
    assert disk.close()
    again = SettingsStore(folder, Disk("another", Bridge(lambda _: None)))
    again.load()
    return again.settings


def test_changes_are_written_and_told(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    store = SettingsStore(tmp_path / "new folder", disk)
    store.load()

    with qtbot.waitSignal(store.changed):
        store.change(text_percent=130)

    assert read_again(tmp_path / "new folder", disk) == Settings(text_percent=130)
    with qtbot.assertNotEmitted(store.changed):
        store.change(text_percent=130)


def test_two_windows_at_once_keep_what_the_other_has_changed(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    one, other = SettingsStore(tmp_path, disk), SettingsStore(tmp_path, disk)
    for store in (one, other):
        store.load()

    one.change(theme=ThemeChoice.DARK)
    other.change(text_percent=130)
    one.change(plot=False)

    assert other.settings == Settings(text_percent=130)
    assert read_again(tmp_path, disk) == Settings(theme=ThemeChoice.DARK, text_percent=130, plot=False)


def test_two_windows_that_write_at_the_same_moment_lose_nothing(tmp_path: Path, disk: Disk) -> None:
    disk_of_other = Disk("other", Bridge(lambda _: None))
    one, other = SettingsStore(tmp_path / "new", disk), SettingsStore(tmp_path / "new", disk_of_other)

    for percent in TEXT_PERCENTS:
        one.change(text_percent=percent)
        other.change(source=str(percent))

    assert disk_of_other.close()
    assert read_again(tmp_path / "new", disk) == Settings(text_percent=TEXT_PERCENTS[-1], source=str(TEXT_PERCENTS[-1]))


def test_what_is_dropped_is_told(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).write_text('{"theme": "pink", "plot": false}', encoding="utf-8")
    store = SettingsStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.load()

    told = "Some settings could not be used and are at their defaults: theme."
    assert notice.args == [f"{told} The file as it was is kept as {tmp_path / DAMAGED_NAME}."]
    assert not store.settings.plot


def test_settings_that_cannot_be_kept_hold_all_the_same(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "file").touch()
    store = SettingsStore(tmp_path / "file", disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.change(plot=False)

    assert "cannot be kept" in notice.args[0]
    assert not store.settings.plot


def test_a_settings_file_that_is_a_folder_is_told(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).mkdir()
    store = SettingsStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.load()

    assert "cannot be read" in notice.args[0]


def test_a_settings_file_that_cannot_be_read_is_not_overwritten(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).mkdir()
    store = SettingsStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.change(plot=False)

    assert "cannot be kept" in notice.args[0]
    assert (tmp_path / FILE_NAME).is_dir()


def test_a_damaged_file_that_cannot_be_kept_aside_is_told(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    (tmp_path / FILE_NAME).write_text('{"theme": "pink"}', encoding="utf-8")
    (tmp_path / DAMAGED_NAME).mkdir()
    store = SettingsStore(tmp_path, disk)

    with qtbot.waitSignal(store.notice) as notice:
        store.load()
    with qtbot.waitSignal(store.notice):
        store.change(plot=False)

    assert "Cannot write" in notice.args[0]
    assert "pink" in (tmp_path / FILE_NAME).read_text(encoding="utf-8")
