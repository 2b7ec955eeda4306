from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS, Action, tooltip
from app.icons import ICONS
from app.places import PLACES
from app.view_model import Situation
from tests.app.conftest import Launch
from tests.app.driving import click, until, until_examples_are_read
from tests.app.scripted import World, leave_transcript, sign_event


@pytest.mark.parametrize("action", Action)
def test_every_action_can_be_done_by_its_shortcut(qtbot: QtBot, launch: Launch, world: World, action: Action) -> None:
    leave_transcript(world, sign_event("go"))
    world.glosses = ("eat", "drink", "book", "bird")  # all of them have an example
    window = launch()
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    window.transcript.insert("drink", after=None)
    window.transcript.insert("fish", after=None)
    window.transcript.undo()
    window.live.transcript.table.go_to(0)
    window.live.transcript.table.setFocus()
    window.toasts.say("Something to dismiss.")
    if ACTIONS[action].explanation.startswith("In Practice"):
        qtbot.waitUntil(lambda: window.session.model is not None)
        window.go_to(Action.GO_TO_PRACTICE)
        until_examples_are_read(window)
        if action is not Action.GO_ON:
            window.practice.go_on()

    with qtbot.waitSignal(window.by_action[action].triggered):
        QTest.keySequence(window.focusWidget(), QKeySequence(ACTIONS[action].shortcut))

    window.live.transcript.editor.close()
    window.live.transcript.menu.close()
    for picker in (window.toolbar.source, window.toolbar.model, window.toolbar.device):
        picker.hidePopup()
    for dialog in window.findChildren(QDialog):
        dialog.reject()


def test_no_two_actions_share_a_shortcut_or_a_name() -> None:
    keys = [keys for spec in ACTIONS.values() for keys in (spec.shortcut, spec.twin) if keys is not None]
    shortcuts = Counter(QKeySequence(each).toString() for each in keys)

    assert max(shortcuts.values()) == 1
    assert "" not in shortcuts
    assert len({action.value for action in Action}) == len(Action)


@pytest.mark.parametrize("action", Action)
def test_every_tooltip_tells_the_shortcut(action: Action) -> None:
    shown = QKeySequence(ACTIONS[action].shortcut).toString(QKeySequence.SequenceFormat.NativeText)

    assert tooltip(action).endswith(f"({shown})")


@pytest.mark.parametrize("action", [action for action in Action if ACTIONS[action].icon])
def test_every_icon_is_there(action: Action) -> None:
    assert (ICONS / f"{ACTIONS[action].icon}.svg").is_file()


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_says_what_it_does_and_is_reached_by_the_keyboard(
    qtbot: QtBot, launch: Launch, place: Action
) -> None:
    window = launch()
    window.go_to(place)
    controls: list[QWidget] = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window) and not widget.objectName().startswith("qt_")
    ]

    assert len(controls) >= 9
    for control in controls:
        assert control.objectName(), control
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()
        if not isinstance(control, QToolButton):  # of the rail, where the arrow keys go from place to place
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.objectName()
    assert max(Counter(control.objectName() for control in controls).values()) == 1


def test_the_tab_key_goes_from_control_to_control_and_round(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    window.activateWindow()
    seen = []
    for _ in range(24):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())

    assert seen[:10] == [
        "goToLiveButton",
        "sourcePicker",
        "modelPicker",
        "devicePicker",
        "startStopButton",
        "openFileButton",
        "recordButton",
        "mirrorButton",
        "zoomButton",
        "plotButton",
    ]
    assert "transcript" in seen
    assert seen.count("sourcePicker") > 1


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_the_tab_key_is_caught_nowhere(qtbot: QtBot, launch: Launch, place: Action, back: bool) -> None:
    window = launch()
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    window.go_to(place)
    tabs = window.findChild(QTabWidget, "insideTabs")
    for tab in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(tab)
        seen = set()
        for _ in range(60):
            qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            focused = window.focusWidget()
            assert focused is not None
            seen.add(focused)

        controls = [
            control
            for kind in (QPushButton, QComboBox, QLineEdit, QTableView, QTextEdit)
            for control in window.findChildren(kind)
            if control.isVisible() and control.isEnabled() and not control.objectName().startswith("qt_")
        ]
        assert [control.objectName() for control in controls if control not in seen] == []


def test_the_user_guide_tells_every_key() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "user-guide.md").read_text(encoding="utf-8")

    keys = guide.partition("\n## Keys\n")[2].partition("\n## ")[0]
    rows = [tuple(cell.strip() for cell in line.split("|")[1:3]) for line in keys.splitlines() if line[:1] == "|"]
    assert rows[2:] == [(spec.shortcut, spec.explanation) for spec in ACTIONS.values()]


def test_stop_has_another_icon_than_start_and_nothing_else_is_drawn_anew(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    before = {action: it.icon().cacheKey() for action, it in window.by_action.items()}

    click(qtbot, window, "startStopButton")
    qtbot.waitUntil(lambda: not window.session.facts.playing)

    after = {action: it.icon().cacheKey() for action, it in window.by_action.items()}
    assert {action for action in before if before[action] != after[action]} == {Action.START_STOP}
