"""Lessons as files that anybody can write, pass on and put into the folder."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.lessons import LessonStore
from app.main_window import MainWindow
from engine.errors import UserFacingError
from tests.app.driving import LEFT, TICKS_NOT_SAVED, choose, save_lesson, tick, vocabulary
from tests.app.scripted import World


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
    save_lesson(qtbot, page, "One")
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
    assert window.toasts.messages == (TICKS_NOT_SAVED,)
    qtbot.mouseClick(page.lessons.undo_button, LEFT)
    assert page.model.ticked == {"bird", "eat"}
    window.go_to(Action.GO_TO_LIVE)
    vocabulary(window)
    assert page.model.ticked == {"bird", "eat"}


def test_a_lesson_that_was_taken_out_of_the_folder_is_told(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    save_lesson(qtbot, page, "One")
    window.go_to(Action.GO_TO_LIVE)
    (world.config / "lessons" / "One.txt").unlink()

    vocabulary(window)

    assert world.restrictions[-1] is None
    assert page.lessons.choice.values == ("",)
    assert page.model.ticked == frozenset()
    assert ["cannot be read" in message for message in window.toasts.messages] == [True]


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
