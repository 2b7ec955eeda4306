"""What a long day with the window must not leave behind."""

import gc
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import cycle, islice
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.places import PLACES
from app.settings import ThemeChoice
from app.view_model import Situation
from tests.app.conftest import Launch
from tests.app.driving import until
from tests.app.scripted import World, sign_event

SWITCHES = 500
PAINTED = 5
"""Every so many switches the place is painted as well; over time it is the turn of each, for they are fewer."""
ROUNDS = 10
DESCRIPTORS = Path("/proc/self/fd")
DIALOGS = (Action.SHOW_SHORTCUTS, Action.SHOW_LOG, Action.SAVE_REPORT, Action.OPEN_FILE, Action.EXPORT_TRANSCRIPT)


@dataclass(frozen=True)
class Held:
    """What the process holds, counted by kind."""

    widgets: Counter[str]
    children: Counter[str]
    objects: Counter[str]
    threads: int
    files: int

    @classmethod
    def by(cls, window: MainWindow) -> "Held":
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        return cls(
            widgets=Counter(type(widget).__name__ for widget in QApplication.allWidgets()),
            children=Counter(type(child).__name__ for child in window.findChildren(QObject)),
            objects=Counter(
                type(each).__name__
                for each in gc.get_objects()
                if type(each).__module__.startswith("app.") and isinstance(each, QObject)
            ),
            threads=threading.active_count(),
            files=sum(1 for _ in DESCRIPTORS.iterdir()) if DESCRIPTORS.exists() else 0,
        )

    def beyond(self, before: "Held") -> dict[str, object]:
        """What is held that was not held before."""
        more = {field.name: getattr(self, field.name) - getattr(before, field.name) for field in fields(self)}
        return {kind: count for kind, count in more.items() if (count > 0 if isinstance(count, int) else count)}


def nothing_more(qtbot: QtBot, window: MainWindow, before: Held) -> None:
    """Jobs may still be at work, as they may have been before, so their threads and files are waited for."""

    def settled() -> None:
        assert Held.by(window).beyond(before) == {}

    qtbot.waitUntil(settled)


@pytest.fixture
def window(qtbot: QtBot, launch: Launch, world: World) -> MainWindow:
    """A window that has been used: whatever is made once is there."""
    window = launch()
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    qtbot.waitUntil(lambda: any(world.data.rglob("transcript-*.lock")))  # which is kept open with the transcript
    until(qtbot, window, Situation.IDLE)
    return window


def visit(window: MainWindow, times: int) -> None:
    for number, place in enumerate(islice(cycle(PLACES), times)):
        window.by_action[place].trigger()
        if number % PAINTED == 0:
            QApplication.processEvents()
    window.go_to(Action.GO_TO_LIVE)


def open_and_close_dialogs(window: MainWindow) -> None:
    for action in DIALOGS:
        window.by_action[action].trigger()
        dialogs = window.findChildren(QDialog)
        assert dialogs, action
        for dialog in dialogs:
            dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def open_and_close_pickers(window: MainWindow) -> None:
    for action in (Action.CHOOSE_SOURCE, Action.CHOOSE_MODEL, Action.CHOOSE_DEVICE):
        window.by_action[action].trigger()
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QWidget), action
        popup.close()


def change_modes(window: MainWindow) -> None:
    for action in (Action.PRESENT, Action.REPLAY, Action.PLOT, Action.MIRROR):
        for _ in range(2):
            window.by_action[action].trigger()
            QApplication.processEvents()


def change_colours(window: MainWindow) -> None:
    for theme in (ThemeChoice.DARK, ThemeChoice.SYSTEM):
        window.settings.change(theme=theme)
        QApplication.processEvents()


def say_something(window: MainWindow) -> None:
    window.toasts.say("Something to read.")
    window.by_action[Action.DISMISS].trigger()


def play_and_stop(window: MainWindow) -> None:
    for _ in range(2):
        window.by_action[Action.START_STOP].trigger()
        QApplication.processEvents()


def test_switching_places_500_times_leaves_nothing_behind(qtbot: QtBot, window: MainWindow) -> None:
    visit(window, len(PLACES))
    qtbot.waitUntil(lambda: window.findChild(QWidget, "latencyPlot") is not None)  # the last that is built of Inside
    before = Held.by(window)

    visit(window, SWITCHES)

    nothing_more(qtbot, window, before)


@pytest.mark.parametrize(
    "use",
    [
        open_and_close_dialogs,
        open_and_close_pickers,
        change_modes,
        change_colours,
        say_something,
        play_and_stop,
    ],
)
def test_what_is_done_again_and_again_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow, use: Callable[[MainWindow], None]
) -> None:
    use(window)
    until(qtbot, window, Situation.IDLE)  # what was stopped and begun again has all its threads
    before = Held.by(window)

    for _ in range(ROUNDS):
        use(window)

    nothing_more(qtbot, window, before)
