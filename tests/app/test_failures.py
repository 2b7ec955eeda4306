"""What nobody has foreseen is told, and nobody waits for good for what has failed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.vocabulary_page import NO_PROTOTYPE
from engine.sessions import recorder
from tests.app.conftest import Launch
from tests.app.driving import LEFT, press, vocabulary
from tests.app.scripted import World

UNFORESEEN = "Something unexpected went wrong; the log tells more."


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("a mistake of ours")


def test_vocabulary_does_without_motions_that_cannot_be_read(
    launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "_load_prototypes", fail)
    window = launch()

    page = vocabulary(window)
    page.glosses.choose("eat")

    assert window.toasts.messages == (UNFORESEEN,)
    assert page.note.text() == NO_PROTOTYPE


def test_a_session_that_is_not_written_is_told(qtbot: QtBot, launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    window = launch()
    qtbot.waitUntil(lambda: window.recording.possible)
    for way_out in ("complete", "discard"):  # whether something came by then, or not
        monkeypatch.setattr(recorder, way_out, fail)
    press(window, Action.RECORD)

    with qtbot.waitSignal(window.recording.notice) as notice:
        press(window, Action.RECORD)

    assert notice.args == [f"The session is not complete, and will be offered at the next start. {UNFORESEEN}"]


def test_takes_that_cannot_be_deleted_are_told(
    qtbot: QtBot, window: MainWindow, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    with monkeypatch.context() as there:
        there.setattr(Path, "unlink", refuse)
        with qtbot.waitSignal(window.draft.notice) as notice:
            qtbot.mouseClick(page.teach_panel.leave_button, LEFT)

    assert notice.args == ["Takes that are not wanted any more cannot be deleted: Permission denied."]
