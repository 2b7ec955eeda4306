"""The window as its user meets it: started by its command line, driven by mouse and keys, in a scripted world."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.appearance import text_scale
from app.main_window import MainWindow
from app.theme import DARK, LIGHT
from app.view_model import NO_CAMERA_SPEC, Situation, situation
from app.widgets.toolbar import Picker
from engine.errors import UserFacingError
from engine.sources.camera import CameraInfo
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.scripted import World, prediction, sign_event

LEFT = Qt.MouseButton.LeftButton


def until(qtbot: QtBot, window: MainWindow, expected: Situation) -> None:
    def reached() -> None:
        assert situation(window.session.facts) is expected

    qtbot.waitUntil(reached)


def headline(window: MainWindow) -> str:
    return window.live.state_line.headline.text()


def button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(button(window, name), LEFT)


def choose(qtbot: QtBot, picker: Picker, value: str) -> None:
    """Choose from an open picker by mouse."""
    picker.showPopup()
    view = picker.view()
    place = view.visualRect(picker.model().index(picker.values.index(value), 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)


# What is watched


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
    dialog = window.findChild(QFileDialog, "openFileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(film))
    dialog.accept()

    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == str(film)
    assert window.toolbar.source.currentText() == "eat.mp4"


def test_a_file_dialog_that_is_cancelled_changes_nothing(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QFileDialog, "openFileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.reject()

    assert window.session.spec == "camera:0"
    assert len(world.sources) == 1


def test_a_camera_that_was_plugged_in_is_found_by_start(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)

    world.cameras.append(CameraInfo(2, "New camera"))
    click(qtbot, window, "startStopButton")

    until(qtbot, window, Situation.IDLE)
    assert window.session.spec == "camera:2"


def test_opening_the_source_picker_looks_for_cameras_again(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    world.cameras.append(CameraInfo(2, "New camera"))

    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "camera:2" in window.toolbar.source.values)
    window.toolbar.source.hidePopup()

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


def test_an_unplugged_camera_is_told_and_the_window_lives_on(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    world.sources[0].unplug.set()

    until(qtbot, window, Situation.FAILED)
    assert "stopped delivering" in window.toasts.messages[0]
    assert world.sources[0].closed
    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.IDLE)


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


def test_stop_releases_the_camera_and_start_takes_it_again(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    click(qtbot, window, "startStopButton")
    assert situation(window.session.facts) is Situation.STOPPED
    assert button(window, "startStopButton").text() == "Start"
    qtbot.waitUntil(lambda: world.sources[0].closed)
    assert window.live.stage.shows_picture

    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.IDLE)
    assert len(world.sources) == 2


# What is said about the signer


@pytest.mark.parametrize(
    ("activity", "words"),
    [
        (Activity.NOBODY, "Nobody in view"),
        (Activity.NO_HANDS, "No hands in view"),
        (Activity.IDLE, "Idle"),
        (Activity.SIGNING, "Signing"),
    ],
)
def test_the_state_line_tells_what_the_signer_does(
    qtbot: QtBot, launch: Launch, world: World, activity: Activity, words: str
) -> None:
    world.signer.does(activity)
    window = launch()

    qtbot.waitUntil(lambda: headline(window) == words)

    assert words in window.live.state_line.accessibleDescription()


def test_signs_appear_as_candidates_and_in_the_transcript(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    world.signer.does(Activity.SIGNING, prediction(("eat", 0.8), ("drink", 0.1)))
    qtbot.waitUntil(lambda: window.live.candidates.shortlist.title == "Now")
    assert window.live.candidates.shortlist.candidates[0].gloss == "eat"
    assert window.live.candidates.shortlist.sure

    world.signer.has_signed(sign_event("eat", 0.8))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    window.tick()

    assert window.live.transcript.last_sign.headline == "eat"
    assert "eat" in window.live.plot.accessibleDescription()


def test_a_sign_that_is_not_recognised_is_offered_and_not_asserted(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    world.signer.has_signed(sign_event(None, 0.3))
    until(qtbot, window, Situation.NOT_SURE)

    assert window.live.candidates.shortlist.candidates[0].gloss == "eat"
    assert not window.live.candidates.shortlist.sure
    assert window.live.transcript.last_sign.headline == "not sure"


def test_the_transcript_outlives_a_change_of_source(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)

    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, window, Situation.ENDED)

    assert len(window.live.transcript.lines) == 1
    assert window.live.candidates.shortlist.candidates == ()


# Models and devices


def test_pictures_come_while_the_model_is_still_being_loaded(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    window = launch()
    qtbot.waitUntil(lambda: window.live.stage.shows_picture)

    qtbot.waitUntil(lambda: window.live.state_line.hint.text() == "The model is being loaded.")
    assert headline(window) == "Warming up"

    world.models_may_load.set()
    until(qtbot, window, Situation.IDLE)
    assert window.toolbar.model.currentText() == "base"


def test_a_model_is_changed_while_the_camera_runs(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)

    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.session.facts.model == "small")

    assert world.loaded[-1] == ("small", "auto")
    assert len(world.sources) == 1
    assert situation(window.session.facts) is Situation.IDLE


def test_a_bad_model_is_refused_and_the_one_in_use_stays(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.refused["small"] = "small: weights.safetensors is damaged. Install the model again."
    window = launch("--model", "base")
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "small" in window.toolbar.model.values)

    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: window.toasts.messages == (world.refused["small"],))

    assert window.session.facts.model == "base"
    assert window.toolbar.model.currentText() == "base"
    assert situation(window.session.facts) is Situation.IDLE


def test_without_any_model_the_picture_is_shown_and_the_lack_is_told(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    window = launch("--model", "mine")

    until(qtbot, window, Situation.NO_MODEL)

    assert window.live.stage.shows_picture
    assert window.toasts.messages == (world.refused["mine"],)


def test_a_recogniser_that_breaks_is_put_aside_and_comes_back_when_chosen(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    world.signer.breaks_the_recogniser(UserFacingError("The model ran out of memory. Choose a smaller one."))
    until(qtbot, window, Situation.NO_MODEL)
    assert "out of memory" in window.toasts.messages[0]

    choose(qtbot, window.toolbar.model, "base")
    until(qtbot, window, Situation.IDLE)


def test_the_automatic_device_tells_what_it_fell_back_to(qtbot: QtBot, launch: Launch) -> None:
    window = launch("--device", "cpu")
    until(qtbot, window, Situation.IDLE)
    assert window.toolbar.device.currentText() == "CPU"

    choose(qtbot, window.toolbar.device, "auto")
    qtbot.waitUntil(lambda: window.toolbar.device.currentText() == "Auto (CPU)")

    assert window.toasts.messages == ("No CUDA GPU found: recognition runs on the CPU.",)
    assert "No CUDA GPU found" in window.toolbar.device.toolTip()


def test_the_automatic_device_does_not_nag_at_every_start(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    assert window.toasts.messages == ()
    assert "No CUDA GPU found" in window.toolbar.device.toolTip()


def test_a_device_that_is_not_there_is_refused(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    choose(qtbot, window.toolbar.device, "cuda")
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)

    assert window.toolbar.device.currentText() == "Auto (CPU)"
    assert situation(window.session.facts) is Situation.IDLE


# The view


def test_a_camera_is_mirrored_and_a_film_is_not_until_the_user_says_otherwise(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    assert window.live.stage.picture.mirrored

    click(qtbot, window, "mirrorButton")
    assert not window.live.stage.picture.mirrored
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.live.stage.picture.mirrored
    assert button(window, "mirrorButton").isChecked()

    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, window, Situation.ENDED)
    assert not window.live.stage.picture.mirrored


def test_the_plot_folds_away(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    height = window.live.candidates.height()

    click(qtbot, window, "plotButton")
    qtbot.waitUntil(lambda: window.live.candidates.height() > height)
    assert not window.live.plot.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.live.plot.isVisible()


def test_rate_delay_and_drops_are_shown(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    def measured() -> None:
        world.clock.pass_seconds(0.001)
        assert window.live.painted.summary(world.clock()) is not None

    qtbot.waitUntil(measured)
    window.tick()

    figures = window.live.caption.figures.text()
    assert "fps" in figures
    assert "ms" in figures
    assert "dropped" in figures


def test_the_window_follows_the_system_into_the_dark(
    qtbot: QtBot, launch: Launch, request: pytest.FixtureRequest
) -> None:
    window = launch()
    request.addfinalizer(lambda: QApplication.setPalette(QPalette()))
    page = window.centralWidget()
    assert page.grab().toImage().pixelColor(page.width() - 3, 2).name() == LIGHT.background

    palette = QPalette(QColor("#202020"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    QApplication.setPalette(palette)

    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(page.width() - 3, 2).name() == DARK.background)


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080)])
def test_nothing_is_cut_off_and_the_picture_is_the_largest(qtbot: QtBot, launch: Launch, size: tuple[int, int]) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)

    picture = window.live.stage.picture
    parts: list[QWidget] = [window.live.candidates, window.live.plot, window.live.transcript]
    assert all(picture.width() * picture.height() > part.width() * part.height() for part in parts)
    for widget in [picture, *parts, *window.findChildren(QPushButton), *window.findChildren(Picker)]:
        if widget.isVisible():
            place = widget.mapTo(window, QPoint(0, 0))
            assert window.rect().contains(place), widget.objectName()
            assert window.rect().contains(place + widget.rect().bottomRight()), widget.objectName()


def test_larger_windows_have_larger_text() -> None:
    assert text_scale(960, 600) == text_scale(1280, 720) == 1.0
    assert text_scale(1920, 1080) == 1.5
    assert text_scale(1920, 720) == 1.0


# Beginning and end


def test_closing_releases_the_camera_and_leaves_no_thread(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)

    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    assert not window.isVisible()
    assert world.sources[0].closed


def test_closing_while_the_model_is_being_loaded_waits_for_it(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    window = launch()
    qtbot.waitUntil(lambda: window.live.stage.shows_picture)

    qtbot.waitUntil(lambda: window.session.facts.model_loading)
    world.models_may_load.set()
    window.close()

    assert not window.isVisible()


def test_the_window_closes_by_itself_and_leaves_a_picture_of_itself(
    qtbot: QtBot, launch: Launch, tmp_path: Path
) -> None:
    picture = tmp_path / "new folder" / "window.png"
    window = launch("--source", "demo", "--exit-after", "0.2", "--screenshot", str(picture))

    qtbot.waitUntil(lambda: not window.isVisible())

    image = QImage(str(picture))
    assert (image.width(), image.height()) == (window.width(), window.height())
    assert window.exit_status == 0


def test_a_screenshot_that_cannot_be_written_is_told_by_the_exit_status(
    qtbot: QtBot, launch: Launch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    window = launch("--screenshot", str(tmp_path / "file" / "window.png"))

    window.close()

    assert window.exit_status == 2
    assert "Cannot write" in caplog.text


def test_the_clipboard_gets_the_transcript(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    world.signer.has_signed(sign_event("eat", 0.83, start_s=4))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)

    click(qtbot, window, "copyTranscriptButton")
    assert QGuiApplication.clipboard().text() == "0:04\teat\t83 %\n"

    click(qtbot, window, "clearTranscriptButton")
    assert window.live.transcript.lines == ()


def test_looking_for_a_camera_again_is_a_choice_where_there_is_none(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: NO_CAMERA_SPEC in window.toolbar.source.values)
    world.cameras.append(CameraInfo(0, "Front camera"))

    window.toolbar.source.setFocus()
    window.toolbar.source.picked.emit(NO_CAMERA_SPEC)

    until(qtbot, window, Situation.IDLE)


def test_messages_are_dismissed_by_key(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.toasts.say("Something to read.")
    assert window.by_action[Action.DISMISS].isEnabled()

    qtbot.keyClick(window, Qt.Key.Key_Escape)

    assert window.toasts.messages == ()
