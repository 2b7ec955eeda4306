"""What tests do to the transcript, and what they read there."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from engine.types import SignEvent
from tests.app.scripted import World

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def hear(qtbot: QtBot, world: World, window: MainWindow, *events: SignEvent) -> TranscriptPanel:
    """Let signs come in, and the keyboard go to the first of them."""
    before = len(window.live.transcript.lines)
    world.signer.has_signed(*events)
    panel = window.live.transcript
    qtbot.waitUntil(lambda: len(panel.lines) == before + len(events))
    panel.table.setFocus()
    panel.table.go_to(0)
    return panel


def glosses(panel: TranscriptPanel) -> list[str | None]:
    return [line.entry.gloss for line in panel.lines]
