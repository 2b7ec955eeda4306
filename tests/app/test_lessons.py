"""Parts of the vocabulary as lessons: made on its page, remembered, kept as files that anybody can write."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.lessons import LessonStore
from app.main_window import MainWindow
from app.view_model import Situation
from app.vocabulary_page import VocabularyPage
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalSign
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import LEFT, choose, pick_language, tick, until, vocabulary
from tests.app.scripted import World, prediction, take


def save(qtbot: QtBot, page: VocabularyPage, name: str) -> None:
    page.lessons.name.clear()
    qtbot.keyClicks(page.lessons.name, name)
    qtbot.mouseClick(page.lessons.save_button, LEFT)


def test_the_ticked_signs_are_those_of_the_lesson_in_use(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
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

    save(qtbot, page, "First words")

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
    save(qtbot, page, "One")
    world.glosses = ("book", "walk")
    window.session.use_model("small")
    qtbot.waitUntil(lambda: page.model.glosses == ("book", "walk"))
    assert page.model.ticked == {"book"}

    tick(qtbot, page, "walk")
    qtbot.mouseClick(page.lessons.save_button, LEFT)
    assert window.lessons.glosses("One") == {"book", "eat", "walk"}

    save(qtbot, page, "Two")
    assert window.lessons.glosses("Two") == {"book", "walk"}, "what cannot be seen is in no new lesson"


def test_a_sign_of_ones_own_that_is_renamed_stays_in_its_lessons_and_ticked(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    window.lessons.save("Other", ["hut", "book"])
    page = vocabulary(window)
    tick(qtbot, page, "hut")
    save(qtbot, page, "One")
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
    save(qtbot, page, "One")
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
    save(qtbot, page, "One")

    choose(qtbot, page.lessons.choice, "")

    assert world.restrictions[-1] is None
    assert window.session.facts.lesson is None
    assert page.model.ticked == frozenset()
    choose(qtbot, page.lessons.choice, "One")
    assert page.model.ticked == {"book"}


def test_a_lesson_is_changed_and_deleted(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")

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
    save(qtbot, page, "One")
    page.lessons.delete_button.setFocus()

    qtbot.keyClick(page.lessons.delete_button, Qt.Key.Key_Space)
    assert not page.lessons.delete_button.isEnabled()
    assert not page.search.hasFocus()

    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert page.lessons.name.hasFocus()


def test_a_deleted_lesson_is_brought_back_as_it_was(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
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
    save(qtbot, page, "One")
    qtbot.mouseClick(page.lessons.delete_button, LEFT)

    tick(qtbot, page, "eat")
    save(qtbot, page, "One")

    assert not page.lessons.undo_button.isVisible()
    assert window.lessons.glosses("One") == {"eat"}


def test_the_lesson_is_remembered(qtbot: QtBot, launch: Launch, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
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
    save(qtbot, page, "One")
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
    save(qtbot, page, "Mine")
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


def test_a_name_that_is_none_is_refused(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")

    save(qtbot, page, "../outside")

    assert window.lessons.names == ()
    assert window.settings.settings.lesson is None
    assert "made of letters" in window.toasts.messages[0]


def test_a_remembered_lesson_that_is_gone_is_told(launch: Launch, world: World) -> None:
    world.config.mkdir()
    (world.config / "settings.json").write_text('{"lesson": "Gone"}', encoding="utf-8")

    window = launch()

    assert window.settings.settings.lesson is None
    assert "Gone cannot be read" in window.toasts.messages[0]


# What is begun


NOT_SAVED = "Ticks that were not saved as a lesson: “Undo” in Vocabulary brings them back."


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
    assert window.toasts.messages == (NOT_SAVED,)
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
    save(qtbot, page, "One")
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
    save(qtbot, page, "One")
    tick(qtbot, page, "eat")
    qtbot.mouseClick(page.lessons.delete_button, LEFT)
    assert window.toasts.messages == (NOT_SAVED, "Deleted: One. “Undo” brings it back.")

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


def test_a_lesson_that_is_saved_over_is_told_and_brought_back(qtbot: QtBot, window: MainWindow) -> None:
    window.lessons.save("One", ["bird"])
    page = vocabulary(window)
    assert not page.lessons.undo_button.isVisible()
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
    assert window.toasts.messages == ("Replaced: One. “Undo” brings back the lesson that it was.",)

    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert window.lessons.glosses("One") == page.model.ticked == {"bird"}
    qtbot.mouseClick(page.lessons.undo_button, LEFT)

    assert window.lessons.glosses("One") == page.model.ticked == {"book"}, "that, too, can be taken back"


def test_lessons_that_were_put_into_the_folder_meanwhile_are_offered(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    window.go_to(Action.GO_TO_LIVE)
    folder = world.config / "lessons"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "From school.txt").write_text("eat\n", encoding="utf-8")

    vocabulary(window)

    assert page.lessons.choice.values == ("", "From school")
    assert page.model.ticked == {"book"}


def test_a_lesson_that_was_replaced_in_the_folder_is_ticked_anew(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
    window.go_to(Action.GO_TO_LIVE)
    file = world.config / "lessons" / "One.txt"
    file.write_text("eat\n", encoding="utf-8")

    vocabulary(window)
    assert page.model.ticked == world.restrictions[-1] == {"eat"}
    assert window.toasts.messages == ()
    tick(qtbot, page, "bird")
    window.go_to(Action.GO_TO_LIVE)
    file.write_text("drink\n", encoding="utf-8")
    vocabulary(window)

    assert page.model.ticked == {"drink"}
    assert window.toasts.messages == (NOT_SAVED,)
    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert page.model.ticked == {"bird", "eat"}
    window.go_to(Action.GO_TO_LIVE)
    vocabulary(window)
    assert page.model.ticked == {"bird", "eat"}


def test_a_lesson_that_was_taken_out_of_the_folder_is_told(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save(qtbot, page, "One")
    window.go_to(Action.GO_TO_LIVE)
    (world.config / "lessons" / "One.txt").unlink()

    vocabulary(window)

    assert world.restrictions[-1] is None
    assert page.lessons.choice.values == ("",)
    assert page.model.ticked == frozenset()
    assert ["cannot be read" in message for message in window.toasts.messages] == [True]


# As files


def test_a_lesson_can_be_written_by_hand(tmp_path: Path) -> None:
    store = LessonStore(tmp_path)
    (tmp_path / "Animals (1).txt").write_text("Bird\n\n  cow \r\n", encoding="utf-8")

    assert store.names == ("Animals (1)",)
    assert store.glosses("Animals (1)") == {"bird", "cow"}


def test_a_lesson_that_a_windows_editor_has_written_keeps_its_first_sign(tmp_path: Path) -> None:
    (tmp_path / "Animals.txt").write_text("bird\ncow\n", encoding="utf-8-sig")
    assert LessonStore(tmp_path).glosses("Animals") == {"bird", "cow"}


def test_a_lesson_may_be_called_anything_by_whoever_passed_it_on(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    name = "Lesson 1, greetings"
    file = world.config / "lessons" / f"{name}.txt"
    file.parent.mkdir(parents=True)
    file.write_text("book\n", encoding="utf-8")
    page = vocabulary(window)
    assert page.lessons.choice.values == ("", name)

    choose(qtbot, page.lessons.choice, name)
    assert world.restrictions[-1] == {"book"}
    qtbot.mouseClick(page.lessons.delete_button, LEFT)
    assert not file.exists()
    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert file.read_text(encoding="utf-8") == "book\n"
    assert world.restrictions[-1] == {"book"}


@pytest.mark.parametrize("name", ["../outside", "..", "a/../../outside"])
def test_no_lesson_is_read_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text("eat")
    store = LessonStore(tmp_path / "lessons")

    with pytest.raises(UserFacingError, match="cannot be read"):
        store.glosses(name)
    with pytest.raises(UserFacingError, match="cannot be deleted"):
        store.delete(name)
    assert (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("name", ["नमस्ते", "สวัสดี (1)", "A\u0308ffchen"])
def test_a_lesson_has_a_name_in_any_script(tmp_path: Path, name: str) -> None:
    store = LessonStore(tmp_path)
    store.save(name, ["eat"])
    assert store.names == (name,)


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "a\nb", "x" * 61, "."])
def test_a_lesson_cannot_leave_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserFacingError, match="made of letters"):
        LessonStore(tmp_path).save(name, ["eat"])


def test_a_lesson_needs_signs(tmp_path: Path) -> None:
    store = LessonStore(tmp_path)
    (tmp_path / "Empty.txt").touch()

    with pytest.raises(UserFacingError, match="at least one sign"):
        store.save("None", [])
    with pytest.raises(UserFacingError, match="holds no sign"):
        store.glosses("Empty")
