"""A window with a vocabulary of its own, and signs in its transcript."""

import pytest
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from tests.app.conftest import Launch
from tests.app.scripted import World, sign_event
from tests.app.transcript.driving import hear

VOCABULARY = ("eat", "drink", "fish", "go", "thank you")


@pytest.fixture
def window(qtbot: QtBot, launch: Launch, world: World) -> MainWindow:
    world.glosses = VOCABULARY
    window = launch()
    qtbot.waitUntil(lambda: window.transcript.vocabulary == VOCABULARY)
    return window


@pytest.fixture
def panel(qtbot: QtBot, world: World, window: MainWindow) -> TranscriptPanel:
    """Three signs, the second of which was not recognised."""
    return hear(
        qtbot, world, window, sign_event("eat", 0.6), sign_event(None, 0.4, start_s=3), sign_event("go", start_s=5)
    )
