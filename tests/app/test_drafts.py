"""Takes that are not kept as a sign yet: they outlive the window, and are thrown away by nobody but the user."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.vocabulary_page import VocabularyPage
from engine.sources.personal_signs import PersonalSign
from tests.app.conftest import Launch
from tests.app.driving import LEFT, vocabulary
from tests.app.scripted import World, take
from tests.app.test_teaching import record, teach


@pytest.mark.parametrize("retaken", [False, True])
def test_takes_of_a_sign_that_is_not_kept_yet_outlive_the_window(
    qtbot: QtBot, launch: Launch, world: World, retaken: bool
) -> None:
    window = launch()
    if retaken:
        window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    page.my_signs.retake.emit("hut") if retaken else page.my_signs.teach.emit()
    page.teach_panel.name.setText("hut")
    for _ in range(2):
        record(qtbot, window, page, world)
    kept = window.draft.takes
    window.close()

    again = launch()
    qtbot.waitUntil(lambda: len(again.draft.takes) == 2)
    assert any("not lost" in message for message in again.toasts.messages)
    page = vocabulary(again)
    page.my_signs.retake.emit("hut") if retaken else qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    assert page.teach_panel.name.text() == "hut"
    assert [len(each) for each in page.teach_panel.teaching.takes] == [len(each) for each in kept]
    record(qtbot, again, page, world)
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)

    assert len(again.personal.sign("hut").takes) == 3
    assert not again.draft.takes


def test_a_sign_that_another_window_is_being_taught_is_left_to_it(qtbot: QtBot, launch: Launch, world: World) -> None:
    windows = []
    for number, name in enumerate(("hut", "hat"), start=1):
        window = launch()
        windows.append(window)
        page = vocabulary(window)
        page.my_signs.teach.emit()
        page.teach_panel.name.setText(name)
        record(qtbot, window, page, world)
        qtbot.waitUntil(lambda count=number: len(list(world.data.glob("sign-being-taught*.npz"))) == count)

    third = launch()
    vocabulary(third)
    assert third.toasts.messages == ()
    for window in (third, *windows):
        window.close()

    again = launch(), launch()
    qtbot.waitUntil(lambda: {window.draft.name for window in again} == {"hut", "hat"})


def test_whoever_begins_to_teach_once_more_goes_on(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    record(qtbot, window, page, world)

    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    assert len(page.teach_panel.teaching.takes) == 1
    qtbot.mouseClick(page.teach_panel.leave_button, LEFT)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)

    assert not page.teach_panel.teaching.takes


@pytest.mark.parametrize("kept", [False, True])
def test_takes_that_were_kept_or_cancelled_do_not_come_back(
    qtbot: QtBot, window: MainWindow, world: World, kept: bool
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    page.my_signs.retake.emit("hut")
    for _ in range(3):
        record(qtbot, window, page, world)
    qtbot.mouseClick(page.teach_panel.keep_button if kept else page.teach_panel.leave_button, LEFT)

    page.teach_panel.name.editingFinished.emit()  # the focus leaves a name that is hidden
    window.personal.rename("hut", "hat", glosses=())

    assert not window.draft.takes
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    assert not page.teach_panel.teaching.takes
    assert not page.teach_panel.name.isReadOnly()


def begun(qtbot: QtBot, launch: Launch, world: World, name: str, *, retake: bool = False) -> VocabularyPage:
    """The vocabulary of a window that has found three takes of a sign."""
    former = launch()
    former.draft.keep(name, (take(),) * 3, retake=retake)
    former.close()
    window = launch()
    qtbot.waitUntil(lambda: window.draft.name == name)
    return vocabulary(window)


def drafts(world: World) -> list[Path]:
    return list(world.data.glob("sign-being-taught*.npz"))


def in_window(page: VocabularyPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def test_takes_that_a_crash_has_left_come_before_another_sign_is_recorded_anew(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    launch().personal.put(PersonalSign("hut", (take(),)))
    page = begun(qtbot, launch, world, "hat")
    panel, window = page.teach_panel, in_window(page)

    page.my_signs.retake_action.trigger()
    assert (panel.name.text(), len(panel.teaching.takes)) == ("hat", 3)
    assert "not kept yet" in window.toasts.messages[-1]
    qtbot.mouseClick(panel.keep_button, LEFT)
    page.my_signs.choose("hut")
    page.my_signs.retake_action.trigger()
    assert (panel.name.text(), len(panel.teaching.takes)) == ("hut", 0)
    qtbot.mouseClick(panel.leave_button, LEFT)

    assert window.personal.names == ("hat", "hut")


def test_other_takes_of_a_sign_that_a_crash_has_left_come_before_a_new_sign(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    launch().personal.put(PersonalSign("hut", (take(),)))
    page = begun(qtbot, launch, world, "hut", retake=True)

    qtbot.mouseClick(page.my_signs.teach_button, LEFT)

    assert "not kept yet" in in_window(page).toasts.messages[-1]
    assert page.teach_panel.name.isReadOnly()
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    assert len(in_window(page).personal.sign("hut").takes) == 3


def test_other_takes_of_a_sign_that_was_deleted_meanwhile_are_a_new_sign(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    page = begun(qtbot, launch, world, "hut", retake=True)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)

    assert not page.teach_panel.name.isReadOnly()
    assert len(page.teach_panel.teaching.takes) == 3


@pytest.mark.parametrize("restarted", [False, True])
def test_takes_under_a_name_that_is_taken_stay_until_they_have_another(
    qtbot: QtBot, launch: Launch, world: World, restarted: bool
) -> None:
    window = launch()
    window.personal.put(PersonalSign("hut", (take(),)))
    page = teach(qtbot, window, world, "hut")
    assert "already" in window.toasts.messages[-1]
    if restarted:
        window.close()
        window = launch()
        qtbot.waitUntil(lambda: window.draft.name == "hut")
        page = vocabulary(window)

    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    assert len(page.teach_panel.teaching.takes) == 3
    page.teach_panel.name.setText("hat")
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)

    assert len(window.personal.sign("hat").takes) == 3
    assert len(window.personal.sign("hut").takes) == 1


def test_takes_that_are_found_while_a_sign_is_taught_come_after_it(qtbot: QtBot, launch: Launch, world: World) -> None:
    former = launch()
    window = launch()
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    page.teach_panel.name.setText("hut")
    former.draft.keep("hat", (take(),) * 3, retake=False)
    former.close()
    window.draft.load()
    qtbot.waitUntil(lambda: window.draft.name == "hat")

    record(qtbot, window, page, world)
    qtbot.waitUntil(lambda: len(drafts(world)) == 2)
    qtbot.mouseClick(page.teach_panel.leave_button, LEFT)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)

    assert (page.teach_panel.name.text(), len(page.teach_panel.teaching.takes)) == ("hat", 3)


def test_takes_that_cannot_be_read_are_kept_where_they_are_told_to_be(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    former = launch()
    former.draft.keep("hut", (take(),) * 3, retake=False)
    former.close()
    (left,) = drafts(world)
    content = left.read_bytes()[:-40]
    left.write_bytes(content)

    window = launch()
    qtbot.waitUntil(lambda: bool(window.toasts.messages))
    kept = left.with_name(f"damaged-{left.name}")

    assert kept.read_bytes() == content
    (told,) = window.toasts.messages
    assert "damaged. The file" in told
    assert str(kept) in told
    assert not drafts(world), "no other window reads it again"
