"""What cameras are asked for, and what they deliver."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.settings import CameraRate, CameraSize
from app.view_model import Situation
from tests.app.conftest import Launch
from tests.app.driving import part, pick_setting, until
from tests.app.scripted import World, sign_event


def test_the_camera_that_plays_is_opened_anew_and_nothing_said_is_lost(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)

    pick_setting(qtbot, window, "camera_size", CameraSize.HD)
    qtbot.waitUntil(lambda: world.opened[-1] == "camera:0@1280x720@30")
    pick_setting(qtbot, window, "camera_rate", CameraRate.ANY)
    qtbot.waitUntil(lambda: world.opened[-1] == "camera:0@1280x720@any")

    until(qtbot, window, Situation.IDLE)
    assert [source.closed for source in world.sources] == [True] * (len(world.sources) - 1) + [False]
    assert window.toolbar.source.currentText() == "Front camera"
    assert len(window.live.transcript.lines) == 1


def test_what_cameras_are_asked_for_is_remembered(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    pick_setting(qtbot, window, "camera_size", CameraSize.ANY)
    window.close()

    again = launch()

    until(qtbot, again, Situation.IDLE)
    assert world.opened[-1] == "camera:0@any@30"


def test_a_camera_that_the_command_line_asks_for_something_gets_that(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch("--source", "camera:0@320x240@15")
    until(qtbot, window, Situation.IDLE)

    pick_setting(qtbot, window, "camera_size", CameraSize.FULL_HD)

    assert set(world.opened) == {"camera:0@320x240@15"}


def test_a_film_is_not_interrupted(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch("--source", "eat.mp4")
    until(qtbot, window, Situation.ENDED)
    played = len(world.sources)

    pick_setting(qtbot, window, "camera_rate", CameraRate.FAST)

    assert len(world.sources) == played
    assert window.live.delivered == ""


def test_what_the_camera_delivers_is_shown_and_that_it_is_not_what_was_asked_for(
    window: MainWindow, world: World
) -> None:
    window.tick()
    assert window.live.caption.delivered.text().startswith("64 × 48 instead of 640 × 480")

    window.go_to(Action.GO_TO_SETTINGS)
    window.tick()

    words = part(window, QLabel, "deliveredWords")
    assert words.text().startswith("The camera delivers 64 × 48 instead of 640 × 480")
