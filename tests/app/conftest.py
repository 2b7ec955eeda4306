import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import create_app
from app.bridge import Bridge
from app.disk import Disk
from app.language import ENGLISH, SHIPPED, Languages
from app.main_window import MainWindow
from app.view_model import Situation
from tests.app.driving import until
from tests.app.scripted import World

# No test needs a screen; whoever wants to watch sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Launch = Callable[..., MainWindow]
PATIENCE_MS = 30_000
"""Machines that test have other work, too; pytest-qt itself gives up after five seconds."""


class PatientBot(QtBot):
    """One whose waits end as soon as they can, and fail only after `PATIENCE_MS`."""

    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)  # noqa: N815 (pytest-qt's name)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)  # noqa: N815
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


def pytest_configure(config: pytest.Config) -> None:
    # What Qt's offscreen platform says of windows with a smallest size and of popups; it has no desktop to ask.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Translations are compiled once for all tests."""
    return tmp_path_factory.getbasetemp() / "cache"


@pytest.fixture
def world(tmp_path: Path, cache: Path) -> World:
    return World(config=tmp_path / "config", data=tmp_path / "data", cache=cache)


@pytest.fixture(scope="module")
def english(qapp: QApplication, cache: Path) -> Iterator[None]:
    """Without a window, let words be in English with its singulars and plurals."""
    languages = Languages([SHIPPED], cache=cache, system=())
    languages.use(ENGLISH)
    yield
    languages.close()


@pytest.fixture
def disk(qapp: QApplication) -> Iterator[Disk]:
    """Without a window; once it is closed everything is written."""
    disk = Disk("disk", Bridge(lambda _: None))
    yield disk
    disk.close()


@pytest.fixture
def launch(qtbot: QtBot, world: World) -> Iterator[Launch]:
    """Start the window as the command line does, by its arguments; it is closed as a user would."""
    with ExitStack() as at_the_end:

        def start(*arguments: str) -> MainWindow:
            _, window = create_app(["main.py", *arguments], services=world.services)
            at_the_end.callback(_close, window)
            with qtbot.waitActive(window):  # shortcuts are heard by the active window alone
                window.activateWindow()
            return window

        yield start


@pytest.fixture
def window(qtbot: QtBot, launch: Launch) -> MainWindow:
    """One that shows the front camera and names signs."""
    window = launch()
    until(qtbot, window, Situation.IDLE)
    return window


def _close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(qapp: QApplication) -> Iterator[None]:
    threads, widgets = set(threading.enumerate()), set(map(id, qapp.topLevelWidgets()))
    gc.freeze()  # what was there before, the libraries above all, need not be looked through again
    yield
    gc.collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # pyqtgraph's context menus, which we never show, belong to nobody.
    left = [widget for widget in qapp.topLevelWidgets() if id(widget) not in widgets and not isinstance(widget, QMenu)]
    assert not left, f"widgets outlive the test: {left}"
    assert set(threading.enumerate()) <= threads, "a thread outlives the test"


@pytest.fixture(autouse=True)
def _no_message_box(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("errors are toasts, never message boxes")

    for name in ("exec", "open", "show", "warning", "critical", "information", "question", "about"):
        monkeypatch.setattr(QMessageBox, name, refuse)
