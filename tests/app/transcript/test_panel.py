from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.bridge import Bridge
from app.disk import Disk
from app.theme import LIGHT
from app.transcript.panel import MENU, TranscriptPanel
from app.transcript.table_model import CONFIDENCE, NOTE, SIGN, TIME
from app.transcript.transcript import Transcript
from tests.app.scripted import World, sign_event


@pytest.fixture
def transcript(world: World, disk: Disk) -> Iterator[Transcript]:
    transcript = Transcript(world.services, Bridge(lambda _news: None), disk)
    yield transcript
    transcript.close()


@pytest.fixture
def actions() -> dict[Action, QAction]:
    return {action: QAction(action.value) for action in Action}


@pytest.fixture
def panel(qtbot: QtBot, transcript: Transcript, actions: dict[Action, QAction]) -> TranscriptPanel:
    panel = TranscriptPanel(actions, transcript)
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.resize(600, 160)
    panel.apply_theme(LIGHT)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def shown(panel: TranscriptPanel, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [panel.model.data(panel.model.index(row, column), role) for column in (TIME, SIGN, NOTE, CONFIDENCE)]


def bottom_row_is_in_sight(panel: TranscriptPanel) -> bool:
    last = panel.model.index(panel.model.rowCount() - 1, SIGN)
    return panel.table.viewport().rect().contains(panel.table.visualRect(last).center())


def fill(transcript: Transcript, count: int) -> None:
    for number in range(count):
        transcript.hear([sign_event(f"sign {number}", start_s=number)])


def test_each_sign_is_a_row_with_time_gloss_and_confidence(panel: TranscriptPanel, transcript: Transcript) -> None:
    transcript.hear([sign_event("eat", 0.83, start_s=4), sign_event("drink", 0.7, start_s=65)])

    assert shown(panel, 0) == ["0:04", "eat", "", "83 %"]
    assert shown(panel, 1) == ["1:05", "drink", "", "70 %"]


def test_a_sign_that_was_not_recognised_looks_different_and_says_so(
    panel: TranscriptPanel, transcript: Transcript
) -> None:
    transcript.hear([sign_event("eat"), sign_event(None, 0.3)])

    assert shown(panel, 1)[SIGN] == "not sure: eat or drink?"
    for role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole):
        assert shown(panel, 0, role)[SIGN] is None
        assert None not in shown(panel, 1, role)


def test_the_last_sign_stands_in_large_type(panel: TranscriptPanel, transcript: Transcript) -> None:
    assert panel.last_sign.details == "No sign yet"
    transcript.hear([sign_event("eat", 0.83, start_s=4)])
    assert (panel.last_sign.headline, panel.last_sign.details) == ("eat", "83 % · at 0:04")
    transcript.hear([sign_event(None, 0.3, start_s=6)])
    assert (panel.last_sign.headline, panel.last_sign.details) == ("not sure", "eat or drink?")


def test_the_newest_sign_stays_in_sight(qtbot: QtBot, panel: TranscriptPanel, transcript: Transcript) -> None:
    fill(transcript, 30)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))

    panel.resize(600, 120)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))


def test_whoever_scrolled_up_is_left_there_until_they_come_back(
    qtbot: QtBot, panel: TranscriptPanel, transcript: Transcript
) -> None:
    bar = panel.table.verticalScrollBar()
    fill(transcript, 30)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))
    bar.setValue(0)

    with qtbot.waitSignal(bar.rangeChanged):
        fill(transcript, 1)
    assert bar.value() == 0

    panel.table.scrollToBottom()
    fill(transcript, 1)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))


def test_without_a_selection_everything_is_copied(panel: TranscriptPanel, transcript: Transcript) -> None:
    transcript.hear([sign_event("eat", 0.83, start_s=4), sign_event(None, 0.3, start_s=6)])

    panel.copy()

    assert QGuiApplication.clipboard().text() == "0:04\teat\t83 %\n0:06\tnot sure: eat or drink?\t30 %\n"


def test_with_a_selection_made_by_keyboard_only_that_is_copied(
    qtbot: QtBot, panel: TranscriptPanel, transcript: Transcript
) -> None:
    fill(transcript, 4)
    panel.table.setFocus()
    panel.table.go_to(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    panel.copy()

    assert [line.split("\t")[1] for line in QGuiApplication.clipboard().text().splitlines()] == ["sign 1", "sign 2"]


def test_what_was_corrected_or_inserted_says_so(panel: TranscriptPanel, transcript: Transcript) -> None:
    transcript.hear([sign_event("eat", 0.6, start_s=4), sign_event("go", 0.6, start_s=9)])
    first, second = transcript.lines
    transcript.correct(first.number, "drink")
    transcript.correct(second.number, "my own sign")
    transcript.insert("fish", after=second.number)

    assert shown(panel, 0) == ["0:04", "drink", "corrected", "30 %"]
    assert shown(panel, 1) == ["0:09", "my own sign", "corrected", "–"]
    assert shown(panel, 2) == ["0:10", "fish", "inserted", "–"]
    assert shown(panel, 0, Qt.ItemDataRole.ToolTipRole)[SIGN] == "Recognised: eat\neat  60 %\ndrink  30 %"
    assert shown(panel, 2, Qt.ItemDataRole.ToolTipRole)[SIGN] == "Inserted by hand"
    assert (panel.last_sign.headline, panel.last_sign.details) == ("fish", "inserted · at 0:10")


def test_a_selection_survives_the_signs_that_come_in(panel: TranscriptPanel, transcript: Transcript) -> None:
    fill(transcript, 3)
    panel.table.go_to(1)

    transcript.hear([sign_event("late", start_s=9)])
    transcript.hear([sign_event("early", start_s=0.5)])

    assert [panel.lines[row].entry.gloss for row in panel.table.chosen] == ["sign 1"]
    assert [line.entry.gloss for line in panel.lines] == ["sign 0", "early", "sign 1", "sign 2", "late"]


def test_clearing_empties_the_panel_and_undo_fills_it_again(panel: TranscriptPanel, transcript: Transcript) -> None:
    fill(transcript, 3)

    transcript.clear()
    assert panel.model.rowCount() == 0
    assert panel.last_sign.details == "No sign yet"

    transcript.undo()
    assert panel.model.rowCount() == 3
    assert panel.last_sign.headline == "sign 2"


def test_what_cannot_be_done_cannot_be_chosen(
    panel: TranscriptPanel, transcript: Transcript, actions: dict[Action, QAction]
) -> None:
    def possible() -> set[Action]:
        transcribing = {action for group in MENU for action in group}
        return {action for action in transcribing if actions[action].isEnabled()}

    always = {Action.INSERT_SIGN, Action.SPEAK_SIGNS}
    with_signs = {Action.CORRECT_SIGN, Action.COPY_TRANSCRIPT, Action.EXPORT_TRANSCRIPT, Action.CLEAR_TRANSCRIPT}
    assert possible() == always

    transcript.hear([sign_event("eat")])
    assert possible() == always | with_signs

    panel.table.go_to(0)
    assert possible() == always | with_signs | {Action.DELETE_SIGNS}

    panel.delete()
    assert possible() == always | {Action.UNDO}
    assert actions[Action.UNDO].text() == "Undo deletion"

    transcript.undo()
    assert possible() == always | with_signs | {Action.REDO}


@pytest.mark.parametrize("height", [120, 133, 160, 171, 240])
def test_no_row_is_cut_off_while_the_newest_is_in_sight(
    qtbot: QtBot, panel: TranscriptPanel, transcript: Transcript, height: int
) -> None:
    fill(transcript, 40)
    panel.resize(600, height)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))

    table = panel.table
    top = table.visualRect(panel.model.index(table.rowAt(0), SIGN))
    words = table.fontMetrics().height()
    assert top.top() >= 0 or top.bottom() < words / 2, "the letters of the uppermost row are cut off"
