"""Ticks that are no lesson yet: never lost, whatever else happens to lessons."""

from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from tests.app.driving import LEFT, TICKS_NOT_SAVED, choose, pick_language, save_lesson, tick, vocabulary


def test_ticks_that_are_no_lesson_yet_are_brought_back_when_a_lesson_is_chosen(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.lessons.save("One", ["bird"])
    page = vocabulary(window)
    tick(qtbot, page, "book")
    tick(qtbot, page, "eat")
    qtbot.keyClicks(page.lessons.name, "Two")

    window.settings.change(lesson="One")  # as Practice does
    assert page.model.ticked == {"bird"}
    assert window.toasts.messages == (TICKS_NOT_SAVED,)
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert page.model.ticked == {"book", "eat"}
    assert page.lessons.name.text() == "Two"
    assert window.settings.settings.lesson is None
    assert page.lessons.choice.currentText() == "All signs"
    assert not page.lessons.undo_button.isVisible()
    qtbot.mouseClick(page.lessons.save_button, LEFT)
    assert window.lessons.glosses("Two") == {"book", "eat"}
    assert window.lessons.glosses("One") == {"bird"}


def test_what_is_ticked_when_other_ticks_come_back_can_be_brought_back_as_well(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.lessons.save("One", ["bird"])
    page = vocabulary(window)
    tick(qtbot, page, "book")
    choose(qtbot, page.lessons.choice, "One")
    tick(qtbot, page, "eat")

    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert page.model.ticked == {"book"}
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert page.model.ticked == {"bird", "eat"}
    assert page.lessons.name.text() == "One"
    assert window.settings.settings.lesson == "One"


def test_ticks_stay_when_another_lesson_changes(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    qtbot.keyClicks(page.lessons.name, "Two")

    window.lessons.save("One", ["bird"])

    assert page.lessons.choice.values == ("", "One")
    assert page.model.ticked == {"book"}
    assert page.lessons.name.text() == "Two"
    assert window.toasts.messages == ()


def test_ticks_that_are_saved_or_as_they_were_are_not_put_aside(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    choose(qtbot, page.lessons.choice, "")
    choose(qtbot, page.lessons.choice, "One")
    for _ in range(2):
        tick(qtbot, page, "eat")
    choose(qtbot, page.lessons.choice, "")

    assert not page.lessons.undo_button.isVisible()
    assert window.toasts.messages == ()


def test_of_ticks_and_lessons_the_last_comes_back_first(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    tick(qtbot, page, "eat")
    qtbot.mouseClick(page.lessons.delete_button, LEFT)
    assert window.toasts.messages == (TICKS_NOT_SAVED, "Deleted: One. “Undo” brings it back.")

    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert window.lessons.glosses("One") == page.model.ticked == {"book"}
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert page.model.ticked == {"book", "eat"}
    assert window.lessons.glosses("One") == {"book"}


def test_ticks_that_were_put_aside_outlive_a_change_of_language(qtbot: QtBot, window: MainWindow) -> None:
    window.lessons.save("One", ["bird"])
    page = vocabulary(window)
    tick(qtbot, page, "book")
    choose(qtbot, page.lessons.choice, "One")

    pick_language(qtbot, window, "zh_CN")
    page = vocabulary(window)
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert page.model.ticked == {"book"}
