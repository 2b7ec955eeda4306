"""Parts of the vocabulary as lessons: made on its page, in use, brought back, remembered."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.view_model import Situation
from engine.sources.personal_signs import PersonalSign
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import LEFT, choose, save_lesson, tick, until, vocabulary
from tests.app.scripted import World, prediction, take


def test_the_ticked_signs_are_those_of_the_lesson_in_use(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    qtbot.mouseClick(page.ticked_alone, LEFT)
    assert page.glosses.shown == ("book",)

    choose(qtbot, page.lessons.choice, "")
    assert page.glosses.shown == ()
    choose(qtbot, page.lessons.choice, "One")

    assert page.glosses.shown == ("book",)
    assert page.count.text() == "1 of 5 signs, 1 ticked"


def test_a_lesson_is_made_by_keyboard_and_restricts_live(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    tick(qtbot, page, "eat")
    assert "2 ticked" in page.count.text()

    save_lesson(qtbot, page, "First words")

    assert world.restrictions[-1] == {"book", "eat"}
    assert page.lessons.choice.currentText() == "First words"
    assert window.settings.settings.lesson == "First words"
    assert (world.config / "lessons" / "First words.txt").read_text(encoding="utf-8") == "book\neat\n"
    world.signer.does(Activity.SIGNING, prediction(("eat", 0.8)))
    qtbot.waitUntil(lambda: window.live.candidates.shortlist.title == "Now · First words")


def test_ticks_for_a_new_lesson_stay_when_the_vocabulary_changes(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    qtbot.keyClicks(page.lessons.name, "One")

    window.personal.put(PersonalSign("hut", (take(),)))
    assert "hut" in page.model.glosses
    world.glosses = ("book", "walk")
    window.session.use_model("small")
    qtbot.waitUntil(lambda: page.model.glosses == ("book", "hut", "walk"))
    page.my_signs.delete_action.trigger()
    assert page.model.glosses == ("book", "walk")

    assert page.model.ticked == {"book"}
    assert page.lessons.name.text() == "One"
    qtbot.mouseClick(page.lessons.save_button, LEFT)
    assert window.lessons.glosses("One") == {"book"}


def test_a_lesson_keeps_the_signs_that_the_model_in_use_lacks(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    tick(qtbot, page, "eat")
    save_lesson(qtbot, page, "One")
    world.glosses = ("book", "walk")
    window.session.use_model("small")
    qtbot.waitUntil(lambda: page.model.glosses == ("book", "walk"))
    assert page.model.ticked == {"book"}

    tick(qtbot, page, "walk")
    qtbot.mouseClick(page.lessons.save_button, LEFT)
    assert window.lessons.glosses("One") == {"book", "eat", "walk"}

    save_lesson(qtbot, page, "Two")
    assert window.lessons.glosses("Two") == {"book", "walk"}, "what cannot be seen is in no new lesson"


def test_a_sign_of_ones_own_that_is_renamed_stays_in_its_lessons_and_ticked(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    window.lessons.save("Other", ["hut", "book"])
    page = vocabulary(window)
    tick(qtbot, page, "hut")
    save_lesson(qtbot, page, "One")
    qtbot.waitUntil(lambda: window.session.recognised == {"hut"})
    tick(qtbot, page, "eat")  # not saved

    window.personal.rename("hut", "cabin", glosses=())

    assert window.lessons.glosses("One") == {"cabin"}
    assert window.lessons.glosses("Other") == {"cabin", "book"}
    assert page.model.ticked == {"cabin", "eat"}
    qtbot.waitUntil(lambda: window.session.recognised == {"cabin"})
    window.personal.undo()
    assert window.lessons.glosses("One") == {"hut"}
    assert page.model.ticked == {"hut", "eat"}
    assert window.toasts.messages == ()


def test_lessons_and_ticks_that_are_brought_back_know_a_sign_by_its_new_name(qtbot: QtBot, window: MainWindow) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    tick(qtbot, page, "hut")
    save_lesson(qtbot, page, "One")
    tick(qtbot, page, "eat")
    qtbot.mouseClick(page.lessons.delete_button, LEFT)

    window.personal.rename("hut", "cabin", glosses=())

    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert window.lessons.glosses("One") == {"cabin"}
    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert page.model.ticked == {"cabin", "eat"}


def test_all_signs_can_be_chosen_again(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")

    choose(qtbot, page.lessons.choice, "")

    assert world.restrictions[-1] is None
    assert window.session.facts.lesson is None
    assert page.model.ticked == frozenset()
    choose(qtbot, page.lessons.choice, "One")
    assert page.model.ticked == {"book"}


def test_a_lesson_is_changed_and_deleted(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")

    tick(qtbot, page, "eat")
    qtbot.mouseClick(page.lessons.save_button, LEFT)
    assert world.restrictions[-1] == {"book", "eat"}

    qtbot.mouseClick(page.lessons.delete_button, LEFT)
    assert world.restrictions[-1] is None
    assert page.lessons.choice.values == ("",)
    assert window.lessons.names == ()
    assert not page.lessons.delete_button.isEnabled()


def test_a_lesson_that_is_deleted_by_keyboard_leaves_the_focus_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    assert page.search.hasFocus()
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    page.lessons.delete_button.setFocus()

    qtbot.keyClick(page.lessons.delete_button, Qt.Key.Key_Space)
    assert not page.lessons.delete_button.isEnabled()
    assert not page.search.hasFocus()

    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert page.lessons.name.hasFocus()


def test_a_deleted_lesson_is_brought_back_as_it_was(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    (world.config / "lessons" / "One.txt").write_text("Book\n\nwalk\n", encoding="utf-8")
    assert not page.lessons.undo_button.isVisible()
    qtbot.mouseClick(page.lessons.delete_button, LEFT)
    assert window.toasts.messages == ("Deleted: One. “Undo” brings it back.",)

    page.lessons.undo_button.setFocus()
    qtbot.keyClick(page.lessons.undo_button, Qt.Key.Key_Space)

    assert (world.config / "lessons" / "One.txt").read_text(encoding="utf-8") == "Book\n\nwalk\n"
    assert window.settings.settings.lesson == "One"
    assert page.model.ticked == {"book"}
    assert not page.lessons.undo_button.isVisible()


def test_a_lesson_of_the_same_name_is_not_undone(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    qtbot.mouseClick(page.lessons.delete_button, LEFT)

    tick(qtbot, page, "eat")
    save_lesson(qtbot, page, "One")

    assert not page.lessons.undo_button.isVisible()
    assert window.lessons.glosses("One") == {"eat"}


def test_the_lesson_is_remembered(qtbot: QtBot, launch: Launch, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    window.close()
    world.restrictions.clear()

    again = launch()
    until(qtbot, again, Situation.IDLE)

    assert world.restrictions == [{"book"}]
    assert vocabulary(again).model.ticked == {"book"}


def test_a_model_that_knows_nothing_of_the_lesson_names_all_its_signs(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    world.glosses = ("walk", "run")

    window.session.use_model("small")
    qtbot.waitUntil(lambda: window.session.facts.model == "small")

    assert world.restrictions[-1] is None
    assert window.toasts.messages == ("small knows no sign of the lesson One: all its signs are recognised.",)


def test_a_lesson_of_taught_signs_alone_is_known_to_every_model_that_learns_them(
    qtbot: QtBot, launch: Launch, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    tick(qtbot, page, "hut")
    save_lesson(qtbot, page, "Mine")
    qtbot.waitUntil(lambda: world.restrictions[-1] == {"hut"})

    world.restrictions.clear()
    window.session.use_model("small")
    qtbot.waitUntil(lambda: world.restrictions[-1:] == [{"hut"}])
    assert window.session.facts.lesson == "Mine"
    assert window.toasts.messages == ()
    window.close()

    world.restrictions.clear()
    again = launch()
    qtbot.waitUntil(lambda: world.restrictions[-1:] == [{"hut"}])
    assert again.toasts.messages == ()


@pytest.mark.parametrize("name", ["../outside", "A very long name " * 4])
def test_a_name_that_is_none_is_refused(qtbot: QtBot, window: MainWindow, name: str) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")

    save_lesson(qtbot, page, name)

    assert window.lessons.names == ()
    assert window.settings.settings.lesson is None
    assert "made of letters" in window.toasts.messages[0]
    assert "at most 60" in window.toasts.messages[0]


def test_a_remembered_lesson_that_is_gone_is_told(launch: Launch, world: World) -> None:
    world.config.mkdir()
    (world.config / "settings.json").write_text('{"lesson": "Gone"}', encoding="utf-8")

    window = launch()

    assert window.settings.settings.lesson is None
    assert "Gone cannot be read" in window.toasts.messages[0]


def test_a_lesson_that_is_saved_over_is_told_and_brought_back(qtbot: QtBot, window: MainWindow) -> None:
    window.lessons.save("One", ["bird"])
    page = vocabulary(window)
    assert not page.lessons.undo_button.isVisible()
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    assert window.toasts.messages == ("Replaced: One. “Undo” brings back the lesson that it was.",)

    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert window.lessons.glosses("One") == page.model.ticked == {"bird"}
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert window.lessons.glosses("One") == page.model.ticked == {"book"}, "that, too, can be taken back"
