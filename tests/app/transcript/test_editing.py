"""The transcript as its user meets it: signs come in, keys and mouse edit them."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from tests.app.conftest import Launch
from tests.app.driving import LEFT, click, press
from tests.app.scripted import World, leave_transcript, sign_event
from tests.app.transcript.driving import CONTROL, SHIFT, glosses, hear

Key = Qt.Key


def click_row(qtbot: QtBot, panel: TranscriptPanel, row: int, button: Qt.MouseButton = LEFT) -> QPoint:
    panel.table.scrollTo(panel.model.index(row, 1))
    place = panel.table.visualRect(panel.model.index(row, 1)).center()
    qtbot.mouseClick(panel.table.viewport(), button, pos=place)
    return place


# Correcting


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Return, Key.Key_Enter])
def test_a_sign_is_corrected_from_its_candidates_by_keyboard(qtbot: QtBot, panel: TranscriptPanel, key: Qt.Key) -> None:
    qtbot.keyClick(panel.table, key)
    assert panel.editor.isVisible()
    assert [(one.gloss, one.reason) for one in panel.editor.offered[:3]] == [
        ("eat", "now, 60 %"),
        ("drink", "30 %"),
        ("fish", ""),
    ]

    qtbot.keyClick(panel.editor.field, Key.Key_Down)
    assert panel.editor.field.accessibleDescription() == "Enter takes drink 30 %"
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert not panel.editor.isVisible()
    assert glosses(panel) == ["drink", None, "go"]


def test_a_sign_is_corrected_by_mouse(qtbot: QtBot, panel: TranscriptPanel) -> None:
    place = click_row(qtbot, panel, 1)
    qtbot.mouseDClick(panel.table.viewport(), LEFT, pos=place)
    suggestions = panel.editor.list
    qtbot.mouseClick(suggestions.viewport(), LEFT, pos=suggestions.visualRect(suggestions.model().index(1, 0)).center())

    assert glosses(panel) == ["eat", "drink", "go"]


def test_another_gloss_is_written_with_the_help_of_the_vocabulary(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "than")
    assert [one.gloss for one in panel.editor.offered] == ["than", "thank you"]
    qtbot.keyClick(panel.editor.field, Key.Key_Down)
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    qtbot.keyClick(panel.table, Key.Key_Down)
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "My Own Sign")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["thank you", "my own sign", "go"]


def test_escape_gives_up(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "drink")
    qtbot.keyClick(panel.editor.field, Key.Key_Escape)

    assert not panel.editor.isVisible()
    assert glosses(panel) == ["eat", None, "go"]
    assert not window.by_action[Action.UNDO].isEnabled()


def test_a_sign_that_comes_in_while_another_is_corrected_does_not_disturb(
    qtbot: QtBot, world: World, panel: TranscriptPanel
) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    world.signer.has_signed(sign_event("fish", start_s=0.2))
    qtbot.waitUntil(lambda: len(panel.lines) == 4)
    qtbot.keyClicks(panel.editor.field, "drink")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["fish", "drink", None, "go"]


# Deleting, inserting, undoing


def test_chosen_signs_are_deleted_and_brought_back(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_Down, SHIFT)
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert glosses(panel) == ["go"]

    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert glosses(panel) == []

    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL)
    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL)
    assert glosses(panel) == ["eat", None, "go"]

    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL | SHIFT)
    assert glosses(panel) == ["go"]
    assert window.by_action[Action.REDO].text() == "Redo deletion"


def test_a_missed_sign_is_inserted_after_the_current_one(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_Insert)
    qtbot.keyClicks(panel.editor.field, "fish")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["eat", "fish", None, "go"]
    assert panel.table.chosen == [1]


def test_keys_of_the_list_mean_nothing_elsewhere(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    window.toolbar.source.setFocus()
    for key in (Key.Key_Delete, Key.Key_Insert, Key.Key_F2):
        qtbot.keyClick(window.toolbar.source, key)

    assert glosses(panel) == ["eat", None, "go"]
    assert not panel.editor.isVisible()


def test_keys_of_a_text_field_stay_in_the_field(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "fishx")
    qtbot.keyClick(panel.editor.field, Key.Key_Backspace)
    qtbot.keyClick(panel.editor.field, Key.Key_Home)
    qtbot.keyClick(panel.editor.field, Key.Key_Delete)
    qtbot.keyClick(panel.editor.field, Key.Key_Z, CONTROL)

    assert len(panel.lines) == 3
    assert panel.editor.isVisible()
    panel.editor.close()


def test_clearing_is_undone_with_a_button_and_loses_nothing_that_came_since(
    qtbot: QtBot, world: World, window: MainWindow, panel: TranscriptPanel
) -> None:
    click(qtbot, window, "clearTranscriptButton")
    assert panel.lines == ()
    hear(qtbot, world, window, sign_event("fish", start_s=9))

    click(qtbot, window, "undoButton")

    assert glosses(panel) == ["eat", None, "go", "fish"]


def test_the_menu_does_it_all(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    place = click_row(qtbot, panel, 1, Qt.MouseButton.RightButton)
    panel.table.customContextMenuRequested.emit(place)
    assert panel.menu.isVisible()
    window.by_action[Action.DELETE_SIGNS].trigger()
    panel.menu.close()
    assert glosses(panel) == ["eat", "go"]

    click(qtbot, window, "moreTranscriptButton")
    assert panel.menu.isVisible()
    menu = window.findChild(QMenu, "transcriptMenu")
    assert menu is panel.menu
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(window.by_action[Action.UNDO]).center())

    assert glosses(panel) == ["eat", None, "go"]


def test_the_keyboard_copies_what_is_chosen(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == "0:01\teat\t60 %\n"


# What is in sight


def test_home_and_end_go_to_the_first_and_to_the_last_sign(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_End)
    assert panel.table.chosen == [2]
    qtbot.keyClick(panel.table, Key.Key_Home)
    assert panel.table.chosen == [0]


def test_whoever_comes_by_keyboard_begins_at_the_newest_sign(qtbot: QtBot, window: MainWindow, world: World) -> None:
    panel = window.live.transcript
    world.signer.has_signed(*[sign_event("eat", start_s=second) for second in (1, 3, 5)])
    qtbot.waitUntil(lambda: len(panel.lines) == 3)

    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.table.chosen == [2]
    qtbot.keyClick(panel.table, Key.Key_Up)

    assert panel.table.chosen == [1]


def test_a_sign_that_is_chosen_no_longer_is_not_the_one_that_is_corrected(qtbot: QtBot, panel: TranscriptPanel) -> None:
    panel.table.clearSelection()

    qtbot.keyClick(panel.table, Key.Key_Return)

    assert panel.table.chosen == [2]


def newest_is_in_sight(panel: TranscriptPanel) -> bool:
    last = panel.table.visualRect(panel.model.index(len(panel.lines) - 1, 1))
    return panel.table.viewport().rect().contains(last.center())


def is_in_sight(panel: TranscriptPanel, row: int) -> bool:
    return panel.table.viewport().rect().contains(panel.table.visualRect(panel.model.index(row, 1)))


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Delete])
def test_what_is_undone_or_done_again_is_brought_into_sight(
    qtbot: QtBot, world: World, window: MainWindow, key: Key
) -> None:
    panel = hear(qtbot, world, window, *[sign_event("eat", start_s=second) for second in range(40)])
    qtbot.waitUntil(lambda: panel.table.verticalScrollBar().maximum() > 0)
    panel.table.go_to(3)
    qtbot.keyClick(panel.table, key)
    if key == Key.Key_Return:
        qtbot.keyClicks(panel.editor.field, "fish")
        qtbot.keyClick(panel.editor.field, Key.Key_Return)
    edited = glosses(panel)
    redone = 3 if key == Key.Key_Return else 2
    for modifiers, lines, row in ((CONTROL, ["eat"] * 40, 3), (CONTROL | SHIFT, edited, redone)):
        panel.table.go_to(len(panel.lines) - 1)
        assert not is_in_sight(panel, 3)

        qtbot.keyClick(window, Key.Key_Z, modifiers)

        assert glosses(panel) == lines
        qtbot.waitUntil(partial(is_in_sight, panel, row))
        assert panel.table.chosen == [len(panel.lines) - 1]


@pytest.mark.parametrize("left_before", [0, 2])
def test_what_is_brought_back_after_clearing_shows_the_newest_and_follows_it(
    qtbot: QtBot, launch: Launch, world: World, left_before: int
) -> None:
    leave_transcript(world, *[sign_event("eat", start_s=second) for second in range(left_before)])
    window = launch()
    qtbot.waitUntil(lambda: window.transcript.restorable == left_before)
    panel = window.live.transcript
    world.signer.has_signed(*[sign_event("eat", start_s=second) for second in range(30)])
    qtbot.waitUntil(lambda: len(panel.lines) == 30)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_End)
    qtbot.keyClick(panel.table, Key.Key_A, CONTROL)

    qtbot.keyClick(window, Key.Key_L, CONTROL)
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))
    world.signer.has_signed(sign_event("drink", start_s=40))

    qtbot.waitUntil(lambda: len(panel.lines) == 31)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))


# From elsewhere


@pytest.mark.parametrize("elsewhere", [Action.GO_TO_VOCABULARY, Action.REPLAY, Action.PRESENT])
def test_what_the_keys_change_is_seen_wherever_they_are_pressed(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, elsewhere: Action
) -> None:
    for action, left in (
        (Action.CLEAR_TRANSCRIPT, []),
        (Action.UNDO, ["eat", None, "go"]),
        (Action.REDO, []),
    ):
        qtbot.waitUntil(window.by_action[elsewhere].isEnabled)
        press(window, elsewhere)
        assert not panel.isVisible()

        press(window, action)

        assert panel.isVisible()
        assert glosses(panel) == left


def test_the_key_of_other_programmes_does_again_what_was_undone(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel
) -> None:
    press(window, Action.CLEAR_TRANSCRIPT)
    press(window, Action.UNDO)

    qtbot.keyClick(window, Key.Key_Y, CONTROL)

    assert glosses(panel) == []


def test_the_menu_opens_beside_the_transcript(window: MainWindow, panel: TranscriptPanel) -> None:
    press(window, Action.GO_TO_VOCABULARY)

    press(window, Action.TRANSCRIPT_MENU)

    assert panel.isVisible()
    assert panel.menu.isVisible()
    panel.menu.close()
