"""What tests do to the window with mouse and eyes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS, Action
from app.main_window import MainWindow
from app.page import Page
from app.settings import Settings, to_json
from app.settings_store import FILE_NAME
from app.view_model import Situation, situation
from app.vocabulary_page import VocabularyPage
from app.widgets.choice import Choice
from app.widgets.toolbar import Picker
from tests.app.scripted import World

LEFT = Qt.MouseButton.LeftButton
LATER_S = 1e6
"""In stream time, after whatever is asked for in a test."""
TICKS_NOT_SAVED = "Ticks that were not saved as a lesson: “Undo” in Vocabulary brings them back."

PageT = TypeVar("PageT", bound=Page)
PartT = TypeVar("PartT", bound=QWidget)


def until(qtbot: QtBot, window: MainWindow, expected: Situation) -> None:
    def reached() -> None:
        assert situation(window.session.facts) is expected

    qtbot.waitUntil(reached)


def until_ended(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what plays has come to its end."""
    qtbot.waitUntil(lambda: window.session.facts.pipeline.final)


def until_examples_are_read(window: MainWindow) -> None:
    """Wait for the prototypes, once something has asked for them."""
    while not window.examples.complete:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until layouts have followed: within two of the window's ticks."""
    for _ in range(2):
        with qtbot.waitSignal(window.ticked):
            pass


def headline(window: MainWindow) -> str:
    return window.live.state_line.headline.text()


def part(window: QWidget, kind: type[PartT], name: str) -> PartT:
    """What bears a name in the window, or in a part of it."""
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def button(window: MainWindow, name: str) -> QPushButton:
    return part(window, QPushButton, name)


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(button(window, name), LEFT)


def choose(qtbot: QtBot, picker: Picker, value: str) -> None:
    """Choose from an open picker by mouse."""
    picker.showPopup()
    view = picker.view()
    place = view.visualRect(picker.model().index(picker.values.index(value), 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)


def press(window: MainWindow, action: Action) -> None:
    """Press the keys of an action."""
    QTest.keySequence(window, QKeySequence(ACTIONS[action].shortcut))


def visit(window: MainWindow, place: Action, kind: type[PageT]) -> PageT:
    """Go to a place by its keys and return its page."""
    press(window, place)
    page = window.centralWidget().findChild(kind)
    assert isinstance(page, kind)
    return page


def vocabulary(window: MainWindow) -> VocabularyPage:
    page = visit(window, Action.GO_TO_VOCABULARY, VocabularyPage)
    until_examples_are_read(window)
    return page


def tick(qtbot: QtBot, page: VocabularyPage, gloss: str) -> None:
    """Find a sign of the vocabulary by typing and tick it with the space bar."""
    page.search.setFocus()
    page.search.selectAll()
    qtbot.keyClicks(page.search, gloss)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.glosses, Qt.Key.Key_Space)


def save_lesson(qtbot: QtBot, page: VocabularyPage, name: str) -> None:
    """Save the ticked signs as a lesson of this name."""
    page.lessons.name.clear()
    qtbot.keyClicks(page.lessons.name, name)
    qtbot.mouseClick(page.lessons.save_button, LEFT)


@contextmanager
def renewed(qtbot: QtBot, window: MainWindow) -> Iterator[None]:
    """Wait at the end until all pages that there were at the beginning have made room for others."""
    former = set(window.places.pages)
    yield
    qtbot.waitUntil(lambda: former.isdisjoint(window.places.findChildren(Page)))


def setting(window: MainWindow, field: str) -> Choice:
    """Go to the settings and return where one of them is chosen."""
    window.go_to(Action.GO_TO_SETTINGS)
    return part(window.centralWidget(), Choice, f"{field}Choice")


def pick_setting(qtbot: QtBot, window: MainWindow, field: str, value: str) -> None:
    """Choose a setting by mouse."""
    choose(qtbot, setting(window, field), value)


def pick_language(qtbot: QtBot, window: MainWindow, code: str) -> None:
    """Choose another language in the settings, where the window then stays."""
    choice = setting(window, "language")
    choice.setFocus()
    with renewed(qtbot, window):
        choose(qtbot, choice, code)
    with qtbot.waitActive(window):  # the next keys are meant for the window, no more for the list
        window.activateWindow()


def asked(window: MainWindow) -> str:
    """The sign that Practice asks for."""
    assert window.practice.round is not None
    return window.practice.round.gloss


def remember(world: World, settings: Settings) -> None:
    """Write the settings of a window before it is opened."""
    world.config.mkdir()
    (world.config / FILE_NAME).write_text(to_json(settings), encoding="utf-8")


def remembered(world: World) -> dict[str, object]:
    """The settings that are in the file; nothing as long as there is none."""
    file = world.config / FILE_NAME
    table = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    assert isinstance(table, dict)
    return table
