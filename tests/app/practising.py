"""What tests do in Practice."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.practice_page import PracticePage
from tests.app.driving import LATER_S, until_examples_are_read, visit
from tests.app.scripted import World, sign_event


def practice(window: MainWindow) -> PracticePage:
    """Go there by its keys."""
    page = visit(window, Action.GO_TO_PRACTICE, PracticePage)
    until_examples_are_read(window)
    return page


def begin(qtbot: QtBot, window: MainWindow) -> PracticePage:
    """Begin a round by keyboard."""
    page = practice(window)
    press(qtbot, window, Qt.Key.Key_Return)
    assert page.prompt.isVisible()
    return page


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window.focusWidget() or window, key)


def answer(qtbot: QtBot, window: MainWindow, world: World, gloss: str | None) -> None:
    """Let the recogniser see a sign, and wait until the round has heard of it."""
    with qtbot.waitSignal(window.practice.changed):
        world.signer.has_signed(sign_event(gloss, start_s=LATER_S))


def wait(window: MainWindow, world: World, nanoseconds: int) -> None:
    """Let time pass on the window's clock."""
    world.clock.pass_seconds(nanoseconds / 1e9)
    window.tick()
