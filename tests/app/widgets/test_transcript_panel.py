import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.theme import LIGHT
from app.widgets.transcript import TranscriptPanel
from app.widgets.transcript_model import CONFIDENCE, SIGN, TIME
from tests.app.scripted import sign_event


@pytest.fixture
def panel(qtbot: QtBot) -> TranscriptPanel:
    actions = {action: QAction(action.value) for action in Action}
    panel = TranscriptPanel(actions)
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.resize(600, 160)
    panel.apply_theme(LIGHT)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def shown(panel: TranscriptPanel, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [panel.model.data(panel.model.index(row, column), role) for column in (TIME, SIGN, CONFIDENCE)]


def bottom_row_is_in_sight(panel: TranscriptPanel) -> bool:
    last = panel.model.index(panel.model.rowCount() - 1, SIGN)
    return panel.table.viewport().rect().contains(panel.table.visualRect(last).center())


def fill(panel: TranscriptPanel, count: int) -> None:
    for number in range(count):
        panel.extend([sign_event(f"sign {number}", start_s=number)])


def test_each_sign_is_a_row_with_time_gloss_and_confidence(panel: TranscriptPanel) -> None:
    panel.extend([sign_event("eat", 0.83, start_s=4), sign_event("drink", 0.7, start_s=65)])

    assert shown(panel, 0) == ["0:04", "eat", "83 %"]
    assert shown(panel, 1) == ["1:05", "drink", "70 %"]


def test_a_sign_that_was_not_recognised_looks_different_and_says_so(panel: TranscriptPanel) -> None:
    panel.extend([sign_event("eat"), sign_event(None, 0.3)])

    assert shown(panel, 1)[SIGN] == "not sure: eat or drink?"
    for role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole):
        assert shown(panel, 0, role) == [None] * 3
        assert None not in shown(panel, 1, role)


def test_the_last_sign_stands_in_large_type(panel: TranscriptPanel) -> None:
    assert panel.last_sign.details == "No sign yet"
    panel.extend([sign_event("eat", 0.83, start_s=4)])
    assert (panel.last_sign.headline, panel.last_sign.details) == ("eat", "83 % · at 0:04")
    panel.extend([sign_event(None, 0.3)])
    assert (panel.last_sign.headline, panel.last_sign.details) == ("not sure", "eat or drink?")


def test_the_newest_sign_stays_in_sight(qtbot: QtBot, panel: TranscriptPanel) -> None:
    fill(panel, 30)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))

    panel.resize(600, 120)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))


def test_whoever_scrolled_up_is_left_there_until_they_come_back(qtbot: QtBot, panel: TranscriptPanel) -> None:
    bar = panel.table.verticalScrollBar()
    fill(panel, 30)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))
    bar.setValue(0)

    with qtbot.waitSignal(bar.rangeChanged):
        fill(panel, 1)
    assert bar.value() == 0

    panel.table.scrollToBottom()
    fill(panel, 1)
    qtbot.waitUntil(lambda: bottom_row_is_in_sight(panel))


def test_without_a_selection_everything_is_copied(panel: TranscriptPanel) -> None:
    panel.extend([sign_event("eat", 0.83, start_s=4), sign_event(None, 0.3, start_s=6)])

    panel.copy()

    assert QGuiApplication.clipboard().text() == "0:04\teat\t83 %\n0:06\tnot sure: eat or drink?\t30 %\n"


def test_with_a_selection_made_by_keyboard_only_that_is_copied(qtbot: QtBot, panel: TranscriptPanel) -> None:
    fill(panel, 4)
    panel.table.setFocus()
    panel.table.selectRow(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    panel.copy()

    assert [line.split("\t")[1] for line in QGuiApplication.clipboard().text().splitlines()] == ["sign 1", "sign 2"]


def test_clearing_forgets_everything(panel: TranscriptPanel) -> None:
    fill(panel, 3)

    panel.clear()

    assert panel.events == ()
    assert panel.model.rowCount() == 0
    assert panel.last_sign.details == "No sign yet"


def test_nothing_can_be_copied_or_cleared_while_there_is_nothing(qtbot: QtBot) -> None:
    actions = {action: QAction(action.value) for action in Action}
    panel = TranscriptPanel(actions)
    qtbot.addWidget(panel)
    both = (actions[Action.COPY_TRANSCRIPT], actions[Action.CLEAR_TRANSCRIPT])

    assert [action.isEnabled() for action in both] == [False, False]
    panel.extend([sign_event("eat")])
    assert [action.isEnabled() for action in both] == [True, True]
