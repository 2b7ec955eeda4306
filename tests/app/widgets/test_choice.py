"""A closed list of values is looked through only once it is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.theme import LIGHT
from app.widgets.choice import OPENING, Choice

CAMERAS = [("Front camera", "camera:0"), ("Side camera", "camera:2"), ("Top camera", "camera:4")]


@pytest.fixture
def choice(qtbot: QtBot) -> Iterator[Choice]:
    choice = Choice("source", letters=8)
    qtbot.addWidget(choice)
    choice.show_items(CAMERAS, "camera:2")
    choice.show()
    yield choice
    choice.hidePopup()


@pytest.mark.parametrize("key", OPENING)
def test_keys_that_look_through_the_list_open_it_and_choose_nothing(qtbot: QtBot, choice: Choice, key: Qt.Key) -> None:
    with qtbot.assertNotEmitted(choice.picked):
        qtbot.keyClick(choice, key)

    assert choice.view().isVisible()
    assert choice.currentData() == "camera:2"


def test_the_enter_key_chooses_what_the_arrow_keys_have_reached(qtbot: QtBot, choice: Choice) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice.view(), Qt.Key.Key_Down)

    with qtbot.waitSignal(choice.picked) as picked:
        qtbot.keyClick(choice.view(), Qt.Key.Key_Return)

    assert picked.args == ["camera:4"]


def test_a_letter_opens_the_list_where_a_text_begins_with_it(qtbot: QtBot, choice: Choice) -> None:
    with qtbot.assertNotEmitted(choice.picked):
        qtbot.keyClick(choice, Qt.Key.Key_T)

    assert choice.view().currentIndex().row() == 2
    assert choice.currentData() == "camera:2"


def test_an_open_list_stays_as_it_is_until_it_was_chosen_from(qtbot: QtBot, choice: Choice) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice.view(), Qt.Key.Key_Down)
    fewer = CAMERAS[1:]

    choice.show_items(fewer, "camera:2")
    with qtbot.waitSignal(choice.picked) as picked:
        qtbot.keyClick(choice.view(), Qt.Key.Key_Return)

    assert picked.args == ["camera:4"]
    qtbot.waitUntil(lambda: choice.values == ("camera:2", "camera:4"))
    assert choice.currentData() == "camera:4"


def test_a_list_that_is_left_shows_what_came_meanwhile(qtbot: QtBot, choice: Choice) -> None:
    choice.showPopup()
    choice.show_items(CAMERAS[:1], "camera:0")

    choice.view().window().close()

    qtbot.waitUntil(lambda: choice.values == ("camera:0",))
    assert choice.currentData() == "camera:0"


def test_an_open_list_is_as_wide_as_its_texts(qtbot: QtBot, choice: Choice) -> None:
    longest = "The camera on top of the old cupboard"
    choice.show_items([*CAMERAS, (longest, "camera:6")], "camera:2")
    choice.setStyleSheet(LIGHT.stylesheet(12))
    choice.setFixedWidth(80)

    choice.showPopup()

    qtbot.waitUntil(lambda: choice.view().viewport().width() >= choice.fontMetrics().horizontalAdvance(longest))
