"""The settings as their user meets them, and what helps whoever is stuck."""

import json
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QLabel, QPlainTextEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS, Action
from app.main_window import MainWindow
from app.places import PLACES
from app.settings import Hand, Overlay, Settings, to_json
from app.view_model import Situation
from tests.app.conftest import Launch
from tests.app.driving import button, click, part, pick_setting, remember, until, until_ended
from tests.app.scripted import World, sign_event
from tests.app.transcript.driving import hear


def dialog(window: MainWindow, name: str) -> QDialog:
    return part(window, QDialog, name)


def save_report(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    chooser = dialog(window, "saveReportDialog")
    assert isinstance(chooser, QFileDialog)
    chooser.setDirectory(str(path.parent))
    chooser.selectFile(str(path))
    chooser.accept()
    qtbot.waitUntil(lambda: bool(window.toasts.messages))


def test_a_left_handed_signer_is_seen_by_the_model_as_a_right_handed_one(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    assert world.signer.leading_hand == "right"

    pick_setting(qtbot, window, "dominant_hand", Hand.LEFT)
    qtbot.waitUntil(lambda: world.signer.leading_hand == "left")
    window.close()

    again = launch()
    until(qtbot, again, Situation.IDLE)
    assert world.signer.leading_hand == "left"
    pick_setting(qtbot, again, "dominant_hand", Hand.RIGHT)
    qtbot.waitUntil(lambda: world.signer.leading_hand == "right")


def test_the_leading_hand_changes_nothing_on_the_screen(qtbot: QtBot, launch: Launch) -> None:
    window = launch("--source", "eat.mp4")
    until(qtbot, window, Situation.ENDED)
    before = window.live.stage.picture.grab().toImage()

    pick_setting(qtbot, window, "dominant_hand", Hand.LEFT)
    window.go_to(Action.GO_TO_LIVE)

    assert window.live.stage.picture.grab().toImage() == before


def test_the_skeleton_is_drawn_as_chosen(qtbot: QtBot, launch: Launch) -> None:
    window = launch("--source", "eat.mp4")
    until(qtbot, window, Situation.ENDED)
    thin = window.live.stage.picture.grab().toImage()
    legend = [label for label in window.live.caption.legend.findChildren(QLabel) if label.text() == "body"]

    pick_setting(qtbot, window, "overlay", Overlay.BOLD)
    window.go_to(Action.GO_TO_LIVE)
    bold = window.live.stage.picture.grab().toImage()
    pick_setting(qtbot, window, "overlay", Overlay.HANDS_ONLY)
    window.go_to(Action.GO_TO_LIVE)
    hands = window.live.stage.picture.grab().toImage()

    assert thin != bold
    assert hands not in (thin, bold)
    assert not legend[0].isVisible()


def test_the_page_says_what_is_stored_and_where(launch: Launch, world: World) -> None:
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)

    panel = window.findChild(QFrame, "privacyPanel")

    assert isinstance(panel, QFrame)
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "nothing is sent anywhere" in words[1]
    for kept in ("transcripts", "personal-signs", "practice.jsonl", "sessions"):
        assert str(world.data / kept) in words
    assert str(world.config) in words


def test_no_place_opens_a_socket(launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    class Socket(socket.socket):
        def __init__(self, *arguments: object, **_: object) -> None:
            opened.append(arguments)
            raise OSError("no sockets here")

    monkeypatch.setattr(socket, "socket", Socket)
    window = launch()

    for place in PLACES:
        window.go_to(place)
        window.grab()

    assert opened == []


def test_all_keys_are_shown_at_a_glance(qtbot: QtBot, launch: Launch) -> None:
    window = launch()

    qtbot.keyClick(window, Qt.Key.Key_F1)

    sheet = dialog(window, "shortcutSheet")
    assert sheet.width() <= window.width()
    assert sheet.height() <= window.height()
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {spec.explanation for spec in ACTIONS.values()} <= words
    assert {"F11", "Alt+1", "Ctrl+R"} <= words
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("size", "percent"), [((960, 600), 100), ((1280, 760), 130), ((1920, 1080), 150)])
def test_no_line_of_the_keys_is_cut_off(
    qtbot: QtBot, launch: Launch, world: World, size: tuple[int, int], percent: int, language: str
) -> None:
    remember(world, Settings(text_percent=percent, language=language))
    window = launch()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)

    window.by_action[Action.SHOW_SHORTCUTS].trigger()

    sheet = dialog(window, "shortcutSheet")
    lines = [line for line in sheet.findChildren(QLabel) if line.wordWrap()]
    assert len(lines) > len(ACTIONS)
    qtbot.waitUntil(lambda: all(line.height() >= line.heightForWidth(line.width()) for line in lines))
    assert part(sheet, QScrollArea, "shortcutScroll").accessibleName() == sheet.windowTitle()
    sheet.close()


def test_keys_in_another_language_than_the_window_are_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.by_action[Action.SHOW_SHORTCUTS].trigger()
    sheet = dialog(window, "shortcutSheet")

    with qtbot.waitSignal(sheet.rejected):
        window.settings.change(language="zh_CN")


@pytest.mark.parametrize(
    ("action", "name", "close"),
    [
        (Action.SHOW_SHORTCUTS, "shortcutSheet", "closeShortcuts"),
        (Action.SHOW_LOG, "logView", "closeLog"),
    ],
)
def test_keys_and_log_are_open_once_and_closed_by_a_button(
    qtbot: QtBot, launch: Launch, action: Action, name: str, close: str
) -> None:
    window = launch()

    def opened() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog, name) if each.isVisible()]

    for _ in range(2):
        window.by_action[action].trigger()
    (there,) = opened()
    qtbot.mouseClick(part(there, QPushButton, close), Qt.MouseButton.LeftButton)
    assert opened() == []

    window.by_action[action].trigger()
    (again,) = opened()
    again.close()


def test_the_log_is_shown(qtbot: QtBot, launch: Launch, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "app")
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    window = launch("--model", "mine")
    qtbot.waitUntil(lambda: window.toasts.messages == (world.refused["mine"],))
    window.go_to(Action.GO_TO_SETTINGS)

    click(qtbot, window, "showLogButton")

    lines = dialog(window, "logView").findChild(QPlainTextEdit, "logLines")
    assert isinstance(lines, QPlainTextEdit)
    assert world.refused["mine"] in lines.toPlainText()
    window.tell("Something new.")
    window.by_action[Action.SHOW_LOG].trigger()
    assert "Something new." in lines.toPlainText()
    dialog(window, "logView").reject()


def test_the_log_tells_what_plays_with_which_model_and_lesson_and_no_signs(
    qtbot: QtBot, launch: Launch, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app")
    window = launch()
    until(qtbot, window, Situation.IDLE)
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: bool(window.live.transcript.lines))
    window.lessons.save("Food", ["eat", "drink"])
    window.settings.change(lesson="Food")
    click(qtbot, window, "startStopButton")
    until_ended(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    shown = dialog(window, "logView").findChild(QPlainTextEdit, "logLines")
    assert isinstance(shown, QPlainTextEdit)
    log = shown.toPlainText()
    assert log.count("Model base on cpu: 5 signs, accepted from 0.50.") == 1
    assert log.count("Front camera: running.") == 1
    assert log.count("Recognised: the lesson Food.") == 1
    assert "Front camera: stopped; " in log
    assert "eat" not in log
    dialog(window, "logView").reject()


def test_a_report_holds_versions_settings_and_log_and_no_pictures(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app")
    window = launch()
    until(qtbot, window, Situation.IDLE)
    pick_setting(qtbot, window, "overlay", Overlay.BOLD)
    click(qtbot, window, "saveReportButton")

    save_report(qtbot, window, tmp_path / "report.zip")

    with zipfile.ZipFile(tmp_path / "report.zip") as report:
        texts = {name: report.read(name).decode() for name in report.namelist()}
    assert set(texts) == {"versions.txt", "settings.json", "log.txt"}
    assert "torch 2" in texts["versions.txt"]
    assert texts["settings.json"] == to_json(window.settings.settings)
    assert "Model base on cpu" in texts["log.txt"]
    assert window.toasts.messages == (f"The report was written to {tmp_path / 'report.zip'}.",)
    toast = part(window, QFrame, "toast")
    assert toast.property("role") == "calm"


def test_a_report_that_cannot_be_written_is_told(
    qtbot: QtBot, launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    window = launch()
    window.by_action[Action.SAVE_REPORT].trigger()

    chooser = dialog(window, "saveReportDialog")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "file" / "report.zip"))
    chooser.reject()

    qtbot.waitUntil(lambda: bool(window.toasts.messages))
    assert window.toasts.messages[0].startswith("Cannot write")


@pytest.mark.parametrize("home", [PurePosixPath("/home/ann"), PureWindowsPath(r"C:\Users\Ännchen")])
@pytest.mark.parametrize("written", [str, PurePath.as_posix])
def test_the_home_folder_is_not_told_in_a_report(
    qtbot: QtBot,
    launch: Launch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    home: PurePath,
    written: Callable[[PurePath], str],
) -> None:
    monkeypatch.setattr(Path, "home", lambda: home)
    window = launch()
    window.settings.change(source=written(home / "eat.mp4"))
    window.by_action[Action.SAVE_REPORT].trigger()

    save_report(qtbot, window, tmp_path / "report.zip")

    with zipfile.ZipFile(tmp_path / "report.zip") as report:
        source = json.loads(report.read("settings.json"))["source"]
    assert source in ("~/eat.mp4", r"~\eat.mp4")


# Full screen


def test_full_screen_shows_the_picture_and_the_last_sign_and_nothing_else(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: window.live.big_sign.words == "eat")
    window.go_to(Action.GO_TO_SETTINGS)

    qtbot.keyClick(window, Qt.Key.Key_F11)

    assert window.isFullScreen()
    assert window.place is Action.GO_TO_LIVE
    assert window.live.big_sign.isVisible()
    assert window.live.stage.isVisible()
    others = (window.live.toolbar, window.live.candidates, window.live.transcript, window.live.plot)
    assert not any(part.isVisible() for part in others)
    assert not button(window, "mirrorButton").isVisible()

    qtbot.keyClick(window, Qt.Key.Key_Escape)

    assert not window.isFullScreen()
    assert not window.live.big_sign.isVisible()
    assert all(part.isVisible() for part in others)


def test_full_screen_shows_the_last_sign_as_it_was_corrected(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    panel = hear(qtbot, world, window, sign_event("eat"))
    number = panel.lines[0].number

    window.transcript.correct(number, "drink")
    assert window.live.big_sign.words == "drink"
    window.transcript.delete([number])

    assert window.live.big_sign.words == ""


def test_full_screen_says_where_there_is_no_picture_why(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)

    qtbot.keyClick(window, Qt.Key.Key_F11)

    assert window.live.stage.placeholder.isVisible()
    assert "No camera found" in window.live.big_sign.accessibleDescription()


def test_the_plot_stays_folded_after_full_screen(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    click(qtbot, window, "plotButton")

    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.keyClick(window, Qt.Key.Key_F11)

    assert not window.live.plot.isVisible()
