"""The full screen is entered and left by the window and by the desktop, and ends with the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from tests.app.conftest import Launch
from tests.app.driving import LEFT, part, press

FULL, NORMAL = Qt.WindowState.WindowFullScreen, Qt.WindowState.WindowNoState


def fills_the_screen(window: MainWindow) -> bool:
    """Whether it does; all that has to do with it must agree."""
    rail, big_sign = window.places.rail.isVisible(), window.live.big_sign.isVisible()
    told = {window.isFullScreen(), window.by_action[Action.PRESENT].isChecked(), not rail, big_sign}
    assert len(told) == 1
    return told.pop()


def let_the_desktop(window: MainWindow, state: Qt.WindowState) -> None:
    """Change the window as the desktop's own commands do."""
    handle = window.windowHandle()
    assert handle is not None
    handle.setWindowState(state)


def test_a_window_that_was_closed_in_full_screen_starts_as_it_was_before(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.resize(960, 640)
    press(window, Action.PRESENT)
    assert fills_the_screen(window)
    press(window, Action.QUIT)
    assert not window.isVisible()

    again = launch()

    assert not fills_the_screen(again)
    assert (again.width(), again.height()) == (960, 640)
    press(again, Action.PRESENT)
    assert fills_the_screen(again)
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert not fills_the_screen(again)


def test_a_maximised_window_is_maximised_again(launch: Launch) -> None:
    window = launch()
    window.showMaximized()
    window.close()

    assert launch().isMaximized()


@pytest.mark.parametrize("place", [Action.GO_TO_LIVE, Action.GO_TO_SETTINGS])
def test_what_the_desktop_does_is_followed(qtbot: QtBot, window: MainWindow, place: Action) -> None:
    window.go_to(place)
    let_the_desktop(window, FULL)
    qtbot.waitUntil(lambda: fills_the_screen(window))
    assert window.place is Action.GO_TO_LIVE

    let_the_desktop(window, NORMAL)
    qtbot.waitUntil(lambda: not fills_the_screen(window))

    press(window, Action.PRESENT)
    assert fills_the_screen(window)
    let_the_desktop(window, NORMAL)
    qtbot.waitUntil(lambda: not fills_the_screen(window))


def test_another_place_on_the_whole_screen_says_where_one_is_and_that_something_is_recorded(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    press(window, Action.RECORD)
    press(window, Action.PRESENT)

    press(window, Action.GO_TO_PRACTICE)
    assert window.isFullScreen()
    assert window.places.rail.isVisible()
    assert window.places.rail.recording_mark.isVisible()

    press(window, Action.GO_TO_LIVE)
    assert fills_the_screen(window)
    assert window.live.recording_mark.isVisible()


@pytest.mark.parametrize("by_mouse", [False, True])
def test_whoever_goes_back_by_the_rail_has_all_keys(qtbot: QtBot, window: MainWindow, by_mouse: bool) -> None:
    press(window, Action.PRESENT)
    press(window, Action.GO_TO_PRACTICE)
    here, back = (part(window, QToolButton, f"{place}Button") for place in ("goToPractice", "goToLive"))
    here.setFocus()

    if by_mouse:
        qtbot.mouseClick(back, LEFT)
    else:
        qtbot.keyClick(here, Qt.Key.Key_Up)
    assert fills_the_screen(window)

    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    assert not fills_the_screen(window)


@pytest.mark.parametrize("place", [Action.GO_TO_LIVE, Action.GO_TO_SETTINGS])
def test_a_list_to_choose_from_opens_where_it_is_seen(qtbot: QtBot, window: MainWindow, place: Action) -> None:
    press(window, Action.PRESENT)
    press(window, place)

    press(window, Action.CHOOSE_SOURCE)

    assert not fills_the_screen(window)
    assert window.toolbar.source.isVisible()
    assert window.toolbar.source.view().isVisible()
    window.toolbar.source.hidePopup()
