"""What is watched: cameras, files, the demo, and what happens where there is none."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.view_model import Situation, situation
from engine.sources.camera import CameraInfo
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import LEFT, button, choose, click, headline, part, press, until
from tests.app.scripted import World, prediction, sign_event


def test_without_a_source_the_first_camera_is_shown(qtbot: QtBot, launch: Launch) -> None:
    window = launch()

    until(qtbot, window, Situation.IDLE)

    assert window.session.spec == "camera:0"
    assert window.toolbar.source.currentText() == "Front camera"
    assert window.windowTitle() == "Front camera – MASA Live"
    assert window.live.stage.shows_picture


def test_without_a_camera_the_window_says_so_and_offers_the_demo(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: window.toolbar.source.currentText() == "No camera")

    assert headline(window) == "No camera found"
    assert not window.live.stage.shows_picture
    assert button(window, "offerDemo").isVisible()
    click(qtbot, window, "offerDemo")

    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == "demo"
    assert window.live.stage.shows_picture


def test_without_a_camera_the_window_offers_to_open_a_file(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path
) -> None:
    world.cameras.clear()
    film = tmp_path / "eat.mp4"
    film.touch()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)

    click(qtbot, window, "offerFile")
    dialog = part(window, QFileDialog, "openFileDialog")
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(film))
    dialog.accept()

    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == str(film)
    assert window.toolbar.source.currentText() == "eat.mp4"


def test_a_file_dialog_that_is_cancelled_changes_nothing(qtbot: QtBot, window: MainWindow, world: World) -> None:
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = part(window, QFileDialog, "openFileDialog")
    dialog.reject()

    assert window.session.spec == "camera:0"
    assert len(world.sources) == 1


def drop(onto: QWidget, *urls: str) -> bool:
    """Drag files onto a part of the window and let go; returns whether that may be done."""
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    place, copy = onto.rect().center(), Qt.DropAction.CopyAction
    nothing = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, mime, LEFT, nothing)
    QApplication.sendEvent(onto, enter)
    if enter.isAccepted():
        QApplication.sendEvent(onto, QDropEvent(place, copy, mime, LEFT, nothing))
    return enter.isAccepted()


@pytest.mark.parametrize("place", [Action.GO_TO_LIVE, Action.GO_TO_SETTINGS])
def test_a_file_that_is_dropped_onto_the_window_is_played(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, place: Action
) -> None:
    film = tmp_path / "eat.mp4"
    film.touch()
    window.go_to(place)

    assert drop(window.live.plot if place is Action.GO_TO_LIVE else window.places, film.as_uri())

    assert window.place is Action.GO_TO_LIVE
    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == str(film)


def test_a_dropped_file_that_cannot_be_played_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window.live.stage, (tmp_path / "notes.txt").as_uri())

    until(qtbot, window, Situation.FAILED)
    assert "notes.txt" in window.toasts.messages[0]


def test_what_is_on_another_computer_is_not_dropped(window: MainWindow) -> None:
    assert not drop(window.live.stage, "https://example.org/eat.mp4")
    assert window.session.spec == "camera:0"


def test_the_arrow_keys_neither_switch_the_camera_nor_end_a_recording(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.cameras.append(CameraInfo(2, "Side camera"))
    window = launch()
    source = window.toolbar.source
    qtbot.waitUntil(lambda: "camera:2" in source.values)
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    press(window, Action.RECORD)

    qtbot.keyClick(source, Qt.Key.Key_Down)

    assert source.view().isVisible()
    assert window.session.spec == "camera:0"
    assert window.recording.active
    source.hidePopup()


def test_a_camera_that_was_plugged_in_is_found_by_start(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: window.toolbar.source.currentText() == "No camera")

    world.cameras.append(CameraInfo(2, "New camera"))
    click(qtbot, window, "startStopButton")

    until(qtbot, window, Situation.IDLE)
    assert window.session.spec == "camera:2"


def test_opening_the_source_picker_looks_for_cameras_again(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.cameras.append(CameraInfo(2, "New camera"))

    with qtbot.waitSignal(window.session.offers_changed):
        qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.toolbar.source.hidePopup()

    qtbot.waitUntil(lambda: "camera:2" in window.toolbar.source.values)
    assert window.toolbar.source.currentText() == "Front camera"


def test_choosing_another_camera_releases_the_one_before(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.append(CameraInfo(1, "Side camera"))
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "camera:1" in window.toolbar.source.values)

    choose(qtbot, window.toolbar.source, "camera:1")

    qtbot.waitUntil(lambda: window.session.source is not None and window.session.source.name == "Side camera")
    until(qtbot, window, Situation.IDLE)
    front, side = world.sources
    assert front.closed
    assert side.opened
    assert not side.closed


def test_a_source_that_cannot_be_opened_says_why_and_offers_others(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.opening_errors["camera:0"] = "Front camera cannot be opened: another application is using it. Close that."
    window = launch("--source", "camera:0")

    until(qtbot, window, Situation.FAILED)

    assert headline(window) == "Cannot show Front camera"
    assert "another application" in window.live.stage.placeholder.hint.text()
    assert button(window, "offerDemo").isVisible()
    assert window.toasts.messages == (world.opening_errors["camera:0"],)
    assert button(window, "startStopButton").text() == "Start"


def test_a_failure_nobody_foresaw_is_one_line_as_well(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: World, spec: str) -> None:
        raise ZeroDivisionError(spec)

    monkeypatch.setattr(World, "_open_source", broken)
    window = launch()

    until(qtbot, window, Situation.FAILED)

    assert window.toasts.messages == ("The camera cannot be played: an unexpected error; the log tells more.",)
    assert "ZeroDivisionError" in caplog.text


def test_a_file_plays_to_its_end_and_again(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch("--source", "eat.mp4")
    until(qtbot, window, Situation.ENDED)

    assert headline(window) == "End of eat.mp4"
    assert window.live.stage.shows_picture
    last = window.live.stage.picture.picture
    assert last is not None
    assert last.frame.index == 4
    assert button(window, "startStopButton").text() == "Start"

    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.ENDED)
    assert len(world.sources) == 3  # the command line's own look at it, and two runs
    assert all(source.closed for source in world.sources[1:])


def test_when_a_file_ends_in_the_middle_of_a_sign_no_sign_is_under_way_any_more(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.signer.does(Activity.SIGNING, prediction(("drink", 0.2), rejected=True))
    world.signer.has_signed(sign_event("eat"))

    window = launch("--source", "film.mp4")
    until(qtbot, window, Situation.ENDED)
    window.tick()

    assert window.live.candidates.shortlist.title == "Last sign"


def test_stop_releases_the_camera_and_start_takes_it_again(qtbot: QtBot, window: MainWindow, world: World) -> None:
    click(qtbot, window, "startStopButton")
    assert situation(window.session.facts) is Situation.STOPPED
    assert button(window, "startStopButton").text() == "Start"
    qtbot.waitUntil(lambda: world.sources[0].closed)
    assert window.live.stage.shows_picture

    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.IDLE)
    assert len(world.sources) == 2


def test_nothing_is_said_of_rates_once_nothing_plays(qtbot: QtBot, window: MainWindow, world: World) -> None:
    figures = window.live.caption.figures

    def measured() -> None:
        world.clock.pass_seconds(0.001)
        assert figures.text()

    qtbot.waitUntil(measured)
    click(qtbot, window, "startStopButton")
    window.tick()
    assert figures.text() == ""

    click(qtbot, window, "startStopButton")
    qtbot.waitUntil(measured)


def test_the_file_that_the_programme_starts_with_waits_for_the_model(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.models_may_load.clear()
    window = launch("--source", "film.mp4")
    qtbot.waitUntil(lambda: window.session.facts.model_loading)
    before = len(world.sources)  # the command line's word was looked at before there was a window
    window.tick()
    assert len(world.sources) == before
    assert not window.live.stage.shows_picture

    world.models_may_load.set()
    qtbot.waitUntil(lambda: len(world.sources) == before + 1)
    until(qtbot, window, Situation.ENDED)
    assert window.session.facts.activity is Activity.IDLE  # it was recognised


def test_who_chooses_something_else_meanwhile_does_not_wait(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    window = launch("--source", "film.mp4")
    window.session.play("camera:0")

    qtbot.waitUntil(lambda: window.live.stage.shows_picture)
    assert window.session.spec == "camera:0"
    world.models_may_load.set()
