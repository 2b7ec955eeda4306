"""Cameras that come and go while the window is open."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.cameras import LostCamera
from app.main_window import MainWindow
from app.picker_items import NO_CAMERA_SPEC
from app.view_model import Situation, situation
from engine.sources.camera import CameraInfo
from tests.app.conftest import Launch
from tests.app.driving import LEFT, button, choose, click, headline, press, until, vocabulary
from tests.app.practising import begin
from tests.app.scripted import World, sign_event

FRONT, SIDE = CameraInfo(0, "Front camera", "/dev/video0"), CameraInfo(2, "Side camera", "/dev/video2")
FRONT_AGAIN = CameraInfo(6, "Front camera", "/dev/video6")
GONE = "Camera 2 cannot be opened: it is not there. Plug it in."
BUSY = "Front camera cannot be opened: another application is using it."


@pytest.fixture(autouse=True)
def _two_cameras(world: World) -> None:
    world.cameras[:] = [FRONT, SIDE]


@pytest.fixture
def window(qtbot: QtBot, launch: Launch) -> MainWindow:
    """Shows the front camera, and knows which cameras there are."""
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: "camera:2" in window.toolbar.source.values)
    return window


def look_again(window: MainWindow, world: World) -> None:
    world.clock.pass_seconds(2)
    window.tick()


def until_played(qtbot: QtBot, window: MainWindow, world: World, spec: str) -> None:
    """Look which cameras are there, and wait until the right one plays."""
    look_again(window, world)
    until(qtbot, window, Situation.IDLE)
    assert window.session.spec == spec


def pull_out(qtbot: QtBot, window: MainWindow, world: World, camera: CameraInfo = FRONT) -> None:
    world.cameras.remove(camera)
    world.sources[-1].unplug.set()
    until(qtbot, window, Situation.CAMERA_LOST)
    look_again(window, world)
    qtbot.waitUntil(lambda: camera not in window.session.choices.cameras)


def test_the_list_of_cameras_follows_what_is_plugged_in(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.cameras.append(CameraInfo(4, "New camera"))
    window.tick()
    assert "camera:4" not in window.toolbar.source.values, "it is looked every other second, not all the time"

    look_again(window, world)
    qtbot.waitUntil(lambda: "camera:4" in window.toolbar.source.values)
    world.cameras.remove(SIDE)
    look_again(window, world)

    qtbot.waitUntil(lambda: "camera:2" not in window.toolbar.source.values)
    assert situation(window.session.facts) is Situation.IDLE
    assert len(world.sources) == 1


def test_what_somebody_chooses_from_stays_as_it_is(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.toolbar.source.showPopup()
    world.cameras.append(CameraInfo(4, "New camera"))
    look_again(window, world)
    look_again(window, world)
    assert "camera:4" not in window.toolbar.source.values

    window.toolbar.source.hidePopup()
    look_again(window, world)

    qtbot.waitUntil(lambda: "camera:4" in window.toolbar.source.values)


def test_a_camera_that_was_pulled_out_is_waited_for_and_goes_on_by_itself(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)

    pull_out(qtbot, window, world)
    assert headline(window) == "Camera lost"
    assert "Waiting for it to come back" in window.live.state_line.hint.text()
    assert not window.live.stage.shows_picture, "a picture that stands still must not look alive"
    assert "stopped delivering" in window.toasts.messages[0]
    assert button(window, "startStopButton").text() == "Stop"
    assert window.live.delivered == ""

    world.cameras.insert(0, FRONT)
    look_again(window, world)

    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: window.live.stage.shows_picture)
    assert world.opened == ["camera:0@640x480@30"] * 2
    world.signer.has_signed(sign_event("drink"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 2)


def test_nothing_is_taught_to_a_camera_that_is_gone(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    panel = page.teach_panel
    qtbot.waitUntil(lambda: panel.picture.picture is not None)
    qtbot.mouseClick(panel.record_button, LEFT)

    pull_out(qtbot, window, world)
    window.tick()
    assert panel.headline.text() == "Camera lost"
    assert "Waiting for it to come back" in panel.advice.text()
    assert panel.picture.picture is None, "a picture that stands still must not look alive"
    assert not panel.record_button.isEnabled()
    assert panel.record_button.text() == "Record"

    world.cameras.insert(0, FRONT)
    look_again(window, world)
    qtbot.waitUntil(panel.record_button.isEnabled)
    assert panel.headline.text() == "Take 1 of 3"
    qtbot.waitUntil(lambda: panel.picture.picture is not None)

    press(window, Action.START_STOP)
    window.tick()
    assert panel.headline.text() == "Stopped"
    assert panel.picture.picture is None


def test_practice_says_that_a_camera_is_gone_instead_of_its_last_picture(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = begin(qtbot, window)
    qtbot.waitUntil(page.picture.isVisible)

    pull_out(qtbot, window, world)
    assert not page.picture.isVisible()
    assert page.nothing.headline.text() == "Camera lost"

    world.cameras.insert(0, FRONT)
    look_again(window, world)
    qtbot.waitUntil(page.picture.isVisible)


def test_a_message_of_a_lost_camera_goes_when_it_is_back(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)
    world.opening_errors["camera:0"] = BUSY
    world.cameras.insert(0, FRONT)
    look_again(window, world)
    qtbot.waitUntil(lambda: window.session.facts.failure == BUSY)
    window.tick()
    assert len(window.toasts.messages) == 1, "it is not back yet"

    world.opening_errors.clear()
    look_again(window, world)
    until(qtbot, window, Situation.IDLE)
    window.tick()

    assert window.toasts.messages == ()


def test_a_message_of_a_camera_in_use_goes_when_it_is_free(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.opening_errors["camera:0"] = BUSY
    window = launch("--source", "camera:0")
    qtbot.waitUntil(lambda: BUSY in window.toasts.messages)
    window.tell("Something else.")

    world.opening_errors.clear()
    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.IDLE)
    window.tick()

    assert window.toasts.messages == ("Something else.",)


def test_a_camera_is_known_again_under_another_number(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)

    world.cameras.append(FRONT_AGAIN)

    until_played(qtbot, window, world, "camera:6")
    assert window.toolbar.source.currentText() == "Front camera"


def test_another_camera_is_not_taken_for_the_one_that_is_gone(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)

    world.cameras.append(CameraInfo(0, "New camera", "/dev/video0"))
    look_again(window, world)

    qtbot.waitUntil(lambda: "New camera" in [camera.name for camera in window.session.choices.cameras])
    assert situation(window.session.facts) is Situation.CAMERA_LOST
    assert len(world.sources) == 1


def test_a_camera_that_is_back_and_not_ready_is_tried_again(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)
    toasts = window.toasts.messages
    world.opening_errors["camera:0"] = BUSY
    world.cameras.insert(0, FRONT)

    look_again(window, world)
    qtbot.waitUntil(lambda: window.session.facts.failure == BUSY)
    assert situation(window.session.facts) is Situation.CAMERA_LOST
    assert window.toasts.messages == toasts
    world.opening_errors.clear()
    look_again(window, world)

    until(qtbot, window, Situation.IDLE)


def test_stop_ends_the_waiting(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)

    click(qtbot, window, "startStopButton")
    world.cameras.insert(0, FRONT)
    look_again(window, world)

    qtbot.waitUntil(lambda: FRONT in window.session.choices.cameras)
    assert situation(window.session.facts) is Situation.STOPPED
    assert len(world.sources) == 1
    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.IDLE)


def test_whoever_chooses_another_camera_waits_no_more(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)

    choose(qtbot, window.toolbar.source, "camera:2")
    until(qtbot, window, Situation.IDLE)
    world.cameras.insert(0, FRONT)
    look_again(window, world)

    qtbot.waitUntil(lambda: FRONT in window.session.choices.cameras)
    assert window.session.spec == "camera:2"
    assert len(world.sources) == 2


def test_the_offer_of_the_demo_ends_the_waiting(qtbot: QtBot, window: MainWindow, world: World) -> None:
    pull_out(qtbot, window, world)

    click(qtbot, window, "offerDemo")

    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == "demo"


def test_the_first_camera_that_is_plugged_in_is_shown(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: NO_CAMERA_SPEC in window.toolbar.source.values)

    world.cameras.append(SIDE)

    until_played(qtbot, window, world, "camera:2")


def test_a_camera_that_is_gone_is_still_waited_for_after_stop_and_start(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    pull_out(qtbot, window, world)
    world.opening_errors["camera:0"] = GONE

    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.STOPPED)
    click(qtbot, window, "startStopButton")
    until(qtbot, window, Situation.CAMERA_LOST)
    world.cameras.append(FRONT_AGAIN)

    until_played(qtbot, window, world, "camera:6")


def test_a_camera_that_is_not_plugged_in_at_the_start_is_shown_when_it_is(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    world.cameras.clear()
    world.opening_errors["camera:2"] = GONE
    window = launch("--source", "camera:2")
    until(qtbot, window, Situation.CAMERA_LOST)
    assert GONE in window.toasts.messages

    world.opening_errors.clear()
    world.cameras.append(FRONT)
    look_again(window, world)
    qtbot.waitUntil(lambda: FRONT in window.session.choices.cameras)
    assert situation(window.session.facts) is Situation.CAMERA_LOST, "that is another one"
    world.cameras.append(SIDE)

    until_played(qtbot, window, world, "camera:2")


def test_a_camera_that_another_programme_uses_is_not_called_lost(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.opening_errors["camera:0"] = BUSY
    window = launch("--source", "camera:0")

    qtbot.waitUntil(lambda: FRONT in window.session.choices.cameras)
    until(qtbot, window, Situation.FAILED)
    assert button(window, "startStopButton").text() == "Start"


def test_a_camera_that_is_back_under_another_number_at_once_is_known(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    world.cameras[:] = [SIDE, FRONT_AGAIN]
    world.sources[-1].unplug.set()
    until(qtbot, window, Situation.CAMERA_LOST)

    until_played(qtbot, window, world, "camera:6")


def test_closing_while_a_camera_is_waited_for_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    pull_out(qtbot, window, world)

    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    assert not window.isVisible()


# Which camera is it?


def test_of_two_cameras_alike_the_one_that_stayed_is_not_the_one_that_is_gone() -> None:
    twin = CameraInfo(2, "Front camera", "/dev/video2")
    lost = LostCamera(FRONT)

    assert lost.returned([twin]) is None
    assert lost.returned([twin]) is None
    back = CameraInfo(1, "Front camera", "/dev/video1")
    assert lost.returned([back, twin]) == back


def test_of_two_cameras_alike_one_that_was_not_beside_it_is_the_one_that_is_gone() -> None:
    twin = CameraInfo(2, "Front camera", "/dev/video2")
    back = CameraInfo(4, "Front camera", "/dev/video4")
    lost = LostCamera(FRONT, beside=frozenset({"/dev/video2"}))

    assert lost.returned([twin, back]) == back


def test_a_camera_that_is_still_there_may_be_tried_at_once() -> None:
    assert LostCamera(FRONT).returned([FRONT, SIDE]) == FRONT


def test_without_a_path_the_name_has_to_do() -> None:
    lost = LostCamera(CameraInfo(0, "Front camera"))

    assert lost.returned([SIDE]) is None
    assert lost.returned([SIDE, FRONT]) == FRONT
