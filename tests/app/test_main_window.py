"""The window as its user meets it: started by its command line, driven by mouse and keys, in a scripted world."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.appearance import text_scale
from app.inside_page import InsidePage
from app.main_window import SMALLEST, MainWindow
from app.paint_statistics import PaintSummary
from app.picker_items import NO_CAMERA_SPEC
from app.places import PLACES
from app.settings_page import SettingsPage
from app.theme import DARK, LIGHT
from app.view_model import Situation
from app.widgets.free_room import taken
from app.widgets.toolbar import Picker
from engine.sources.camera import CameraInfo
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import button, click, headline, press, settled, until, visit
from tests.app.scripted import World, far_away, prediction, sign_event

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


def test_a_sign_that_is_not_recognised_is_offered_and_not_asserted(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
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


# The view


def scale(window: MainWindow) -> float:
    placement = window.live.stage.picture.placement
    assert placement is not None
    return placement.scale


def test_a_camera_is_mirrored_and_a_film_is_not_until_the_user_says_otherwise(qtbot: QtBot, window: MainWindow) -> None:
    assert window.live.stage.picture.mirrored

    click(qtbot, window, "mirrorButton")
    assert not window.live.stage.picture.mirrored
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.live.stage.picture.mirrored
    assert button(window, "mirrorButton").isChecked()

    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, window, Situation.ENDED)
    assert not window.live.stage.picture.mirrored


def test_the_signer_is_shown_as_large_as_fits_and_that_is_remembered(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.pose = far_away
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: window.live.stage.picture.placement is not None)
    whole = scale(window)

    click(qtbot, window, "zoomButton")
    qtbot.waitUntil(lambda: scale(window) > whole)
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert scale(window) == whole
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    window.close()

    again = launch()
    assert button(again, "zoomButton").isChecked()
    qtbot.waitUntil(lambda: again.live.stage.picture.placement is not None)
    qtbot.waitUntil(lambda: scale(again) > whole)  # the first picture may come before its skeleton


def test_the_plot_folds_away(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    height = window.live.candidates.height()

    click(qtbot, window, "plotButton")
    qtbot.waitUntil(lambda: window.live.candidates.height() > height)
    assert not window.live.plot.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.live.plot.isVisible()


def test_rate_delay_and_drops_are_shown(qtbot: QtBot, window: MainWindow, world: World) -> None:
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
def test_nothing_is_cut_off_and_the_picture_is_the_largest(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
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


def test_what_was_shown_before_takes_no_room_from_what_is_shown_now(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.resize(960, 600)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (960, 600))
    before = window.live.candidates.width()

    world.signer.has_signed(sign_event("an uncommonly long gloss " * 4))
    qtbot.waitUntil(lambda: window.review.newest.sign is not None)
    window.by_action[Action.REPLAY].trigger()
    qtbot.waitUntil(window.live.stage.replay.isVisible)
    assert window.live.candidates.width() == before
    window.by_action[Action.PRESENT].trigger()
    window.settings.change(text_percent=150)
    window.by_action[Action.REPLAY].trigger()
    window.settings.change(text_percent=100)
    window.by_action[Action.PRESENT].trigger()

    qtbot.waitUntil(lambda: window.live.candidates.width() == before)


def test_a_replay_says_which_sign_it_shows_in_the_smallest_window(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.resize(960, 600)
    world.signer.has_signed(sign_event("thanksgiving"))
    qtbot.waitUntil(lambda: window.review.newest.sign is not None)
    window.by_action[Action.REPLAY].trigger()
    headline = window.live.stage.replay.headline

    qtbot.waitUntil(lambda: headline.shown.startswith("thanksgiving · ") and "…" not in headline.shown)


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("pace", [None, "Slow computer: 12 of 30 pictures a second are read"])
def test_the_line_under_the_picture_holds_its_words(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], pace: str | None
) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    caption, layout = window.live.caption, window.live.caption.layout()
    assert layout is not None
    caption.show_figures(PaintSummary(frames_per_second=30, median_ms=121, p95_ms=157), dropped=9876, pace=pace)
    layout.activate()

    room = caption.figures.fontMetrics().horizontalAdvance(caption.figures.shown)
    assert room <= caption.figures.width()
    assert "…" not in caption.figures.shown
    assert layout.minimumSize().width() <= caption.width()
    assert "9876 dropped" in (caption.figures.toolTip() if pace else caption.figures.text())


def test_another_state_is_never_cut_off(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.signer.does(Activity.NO_HANDS)
    until(qtbot, window, Situation.NO_HANDS)

    label = window.live.state_line.headline
    assert label.text() == "No hands in view"
    assert label.width() >= label.sizeHint().width()


def test_larger_windows_have_larger_text() -> None:
    assert text_scale(960, 600) == text_scale(1280, 720) == 1.0
    assert text_scale(1920, 1080) == 1.5
    assert text_scale(1920, 720) == 1.0


# Beginning and end


def test_closing_releases_the_camera_and_leaves_no_thread(qtbot: QtBot, window: MainWindow, world: World) -> None:
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


def test_the_clipboard_gets_the_text_that_is_selected_elsewhere(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    world.signer.has_signed(sign_event("eat", 0.83, start_s=4))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)

    inside = visit(window, Action.GO_TO_INSIDE, InsidePage)
    inside.tabs.setCurrentIndex(inside.tabs.count() - 1)
    card = inside.model.card
    card.setFocus()
    QTest.keySequence(card, QKeySequence.StandardKey.SelectAll)
    press(window, Action.COPY_TRANSCRIPT)
    assert "Names five signs." in QGuiApplication.clipboard().text()

    settings = visit(window, Action.GO_TO_SETTINGS, SettingsPage)
    (folder,) = (words for words in settings.findChildren(QLabel) if words.text() == str(world.config))
    folder.setFocus()
    folder.setSelection(0, len(folder.text()))
    press(window, Action.COPY_TRANSCRIPT)
    assert QGuiApplication.clipboard().text() == str(world.config)

    folder.setSelection(0, 0)
    press(window, Action.COPY_TRANSCRIPT)
    assert QGuiApplication.clipboard().text().startswith("0:04\teat")


def test_looking_for_a_camera_again_is_a_choice_where_there_is_none(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: NO_CAMERA_SPEC in window.toolbar.source.values)
    assert not window.toasts.messages
    press(window, Action.START_STOP)
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: "still no camera" in "".join(window.toasts.messages))
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


@pytest.mark.parametrize("size", [SMALLEST, (1280, 720)])
def test_a_message_covers_neither_controls_nor_the_signer(
    qtbot: QtBot, window: MainWindow, world: World, size: tuple[int, int]
) -> None:
    world.signer.has_signed(sign_event("eat", start_s=0))
    qtbot.waitUntil(window.by_action[Action.REPLAY].isEnabled)
    window.resize(*size)
    for place in (*PLACES, Action.REPLAY):
        window.by_action[place].trigger()
        window.tell("The camera stopped delivering pictures. Plug it in again, then press Start.")
        settled(qtbot, window)
        met = window.toasts.geometry()
        assert not any(met.intersects(room) for room in taken(window, but=window.toasts)), place
        window.toasts.dismiss()
    assert window.live.stage.replay.player.play_button.isVisible()
