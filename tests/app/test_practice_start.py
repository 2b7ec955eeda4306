"""What can be chosen before a round, and the record of those before."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.practice_words import NO_SIGNS
from app.widgets.practice_start import RecordTable
from tests.app.conftest import Launch
from tests.app.driving import asked, choose, click
from tests.app.practising import answer, begin, practice, press
from tests.app.scripted import World


def test_a_lesson_and_a_length_are_chosen_and_remembered(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.lessons.save("Two", ["eat", "book"])
    page = practice(window)

    choose(qtbot, page.start.lesson, "Two")
    choose(qtbot, page.start.count, "20")

    assert page.start.offer.text() == "2 signs to choose from."
    assert world.restrictions[-1] == {"eat", "book"}
    assert window.settings.settings.practice_signs == 20
    click(qtbot, window, "beginPractice")
    assert page.prompt.number.text() == "Sign 1 of 2 · 0 points"


def test_as_long_as_there_is_no_model_nothing_is_asked_for(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    window = launch()
    page = practice(window)
    assert page.start.offer.text() == NO_SIGNS
    assert not page.start.begin_button.isEnabled()

    world.models_may_load.set()
    qtbot.waitUntil(lambda: page.start.begin_button.isEnabled())


# The record


def test_the_record_grows_is_cleared_and_brought_back(
    qtbot: QtBot, launch: Launch, window: MainWindow, world: World
) -> None:
    page = begin(qtbot, window)
    first = asked(window)
    answer(qtbot, window, world, first)
    press(qtbot, window, Qt.Key.Key_E)
    table = window.findChild(RecordTable)
    assert isinstance(table, RecordTable)
    (row,) = table.rows
    assert (row[0], row[1], row[3]) == (first, "partly", "first try")

    click(qtbot, window, "clearRecord")
    assert table.rows == []
    assert page.start.told.text().startswith("Nothing practised yet")
    click(qtbot, window, "undoClearRecord")
    assert len(table.rows) == 1
    window.close()

    again = launch()
    practice(again)
    table = again.findChild(RecordTable)
    assert isinstance(table, RecordTable)
    assert table.rows == [row]


def test_damage_to_the_record_is_told_at_the_start(launch: Launch, world: World) -> None:
    world.data.mkdir()
    (world.data / "practice.jsonl").write_text("nonsense\n", encoding="utf-8")

    window = launch()

    assert "1 line of the record of your practice cannot be used" in window.toasts.messages[0]
