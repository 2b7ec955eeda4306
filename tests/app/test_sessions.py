"""What was recorded, as the user finds it again: played, listed, renamed, exported, deleted."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.disk import Disk
from app.main_window import MainWindow
from app.name_dialog import NameDialog
from app.personal import PersonalSigns
from app.sessions_dialog import NOT_YET, SessionsDialog
from app.view_model import Situation
from engine.sessions.library import export_session, kept_sessions, rename_session
from engine.sources.personal_signs import PersonalSign
from engine.sources.session import load_notes, video_of
from engine.types import Activity, Keypoints, SignEvent, StreamUpdate
from tests.app.conftest import Launch
from tests.app.driving import part, settled, until, until_ended
from tests.app.scripted import World, a_session, leave_session, sign_event, take

# Playing


def test_what_differs_from_then_is_said_once_and_calmly(qtbot: QtBot, launch: Launch, world: World) -> None:
    path = leave_session(world, "small one", a_session(model="small"))
    window = launch("--source", str(path))
    until_ended(qtbot, window)

    said = [message for message in window.toasts.messages if "was recorded with" in message]
    assert said == ["This session was recorded with the model small: its signs may be named differently now."]


def test_with_the_model_of_then_nothing_is_said(qtbot: QtBot, launch: Launch, world: World) -> None:
    path = leave_session(world, "same model")
    window = launch("--source", str(path))
    until_ended(qtbot, window)
    assert not any("was recorded" in message for message in window.toasts.messages)
    assert window.session.source is not None
    assert window.session.source.name == "same model.npz"


def test_a_session_that_is_chosen_while_the_model_is_loading_waits_for_it(
    qtbot: QtBot, launch: Launch, world: World, decoder: "Decoder"
) -> None:
    path = leave_session(world, "early")
    world.models_may_load.clear()
    window = launch()
    qtbot.waitUntil(lambda: bool(world.sources) and world.sources[-1].opened)
    window.watch(str(path))
    qtbot.waitUntil(lambda: world.sources[-1].closed)  # the camera, which nobody sees any more
    settled(qtbot, window)
    assert not window.live.stage.shows_picture

    world.models_may_load.set()
    until_ended(qtbot, window)
    assert decoder.seen == len(a_session().clip)


def test_a_session_waits_for_what_comes_when_the_remembered_model_is_refused(
    qtbot: QtBot, launch: Launch, world: World, decoder: "Decoder"
) -> None:
    path = leave_session(world, "early")
    world.config.mkdir()
    (world.config / "settings.json").write_text('{"model": "gone"}', encoding="utf-8")
    world.refused["gone"] = "gone: there is no model of this name. Choose another."
    world.models_may_load.clear()
    window = launch("--source", str(path))
    qtbot.waitUntil(lambda: window.toasts.messages == (world.refused["gone"],))
    settled(qtbot, window)
    assert not window.live.stage.shows_picture

    world.models_may_load.set()
    until_ended(qtbot, window)
    assert decoder.seen == len(a_session().clip)


def test_a_session_plays_without_any_model(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.refused["mine"] = "mine: there is no model of this name. Choose another."
    window = launch("--source", str(leave_session(world, "early")), "--model", "mine")

    until_ended(qtbot, window)
    assert window.session.model is None


def test_a_session_waits_until_the_signs_of_its_user_are_learned(
    qtbot: QtBot, launch: Launch, world: World, decoder: "Decoder", disk: Disk
) -> None:
    PersonalSigns(world.data, disk).put(PersonalSign("hut", (take(),)))
    world.signs_may_be_learned.clear()
    window = launch("--source", str(leave_session(world, "early")))
    qtbot.waitUntil(lambda: window.session.facts.model == "base")
    settled(qtbot, window)
    assert not window.live.stage.shows_picture

    world.signs_may_be_learned.set()
    until_ended(qtbot, window)
    assert (decoder.seen, decoder.had_learned) == (len(a_session().clip), 1)


def test_a_session_that_is_chosen_while_a_sign_is_learned_waits_for_it(
    qtbot: QtBot, window: MainWindow, world: World, decoder: "Decoder"
) -> None:
    world.signs_may_be_learned.clear()
    window.personal.put(PersonalSign("hut", (take(),)))
    window.watch(str(leave_session(world, "early")))
    settled(qtbot, window)
    assert not window.live.stage.shows_picture

    world.signs_may_be_learned.set()
    until_ended(qtbot, window)
    assert (decoder.seen, decoder.had_learned) == (len(a_session().clip), 1)


class Decoder:
    """Counts what was decoded last.

    Attributes:
        seen: so many frames.
        had_learned: how often models had been taught when the first of them came.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.seen = self.had_learned = 0

    def begin(self) -> "Decoder":
        self.seen = 0
        return self

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        if not self.seen:
            self.had_learned = len(self._world.lessons_learned)
        self.seen += 1
        return StreamUpdate(keypoints.time_ns, Activity.SIGNING)

    def finish(self) -> tuple[SignEvent, ...]:
        return ()


@pytest.fixture
def decoder(world: World) -> Decoder:
    """Decodes all that plays."""
    decoder = Decoder(world)
    world.new_stream = decoder.begin
    return decoder


def test_a_damaged_session_is_one_line(qtbot: QtBot, launch: Launch, world: World) -> None:
    path = leave_session(world, "broken")
    path.write_bytes(path.read_bytes()[:-40])
    window = launch("--source", str(path))
    until(qtbot, window, Situation.FAILED)
    assert "damaged" in window.toasts.messages[-1]


# The list


def sessions_dialog(qtbot: QtBot, window: MainWindow) -> SessionsDialog:
    window.by_action[Action.SESSIONS].trigger()
    dialog = part(window, SessionsDialog, "sessionsDialog")
    with qtbot.waitSignal(dialog.listed):
        pass
    return dialog


def test_sessions_are_listed_newest_first_and_played(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_session(world, "first", a_session(started="2026-01-01T10:00:00+00:00"))
    leave_session(world, "second", a_session(sign_event("eat"), started="2026-01-02T10:00:00+00:00"))
    (world.data / "sessions" / "broken.npz").write_text("?")
    window = launch()
    dialog = sessions_dialog(qtbot, window)

    assert dialog.names == ("second", "first")
    assert [dialog.table.item(0, column).text() for column in (0, 2, 3, 4)] == ["second", "0:01", "1", ""]
    assert "broken.npz" in window.toasts.messages[-1]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    until_ended(qtbot, window)
    assert window.session.source is not None
    assert window.session.source.name == "first.npz"


def test_a_session_is_renamed_exported_and_deleted_by_the_keyboard(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path
) -> None:
    path = leave_session(world, "old")
    leave_session(world, "other", a_session(started="2025-01-01T10:00:00+00:00"))
    video_of(path).write_text("film")
    window = launch()
    dialog = sessions_dialog(qtbot, window)

    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    asked = part(dialog, NameDialog, "renameSessionDialog")
    for typed, problem in (("a/b", "made of letters"), ("other", "already"), ("", "made of letters")):
        asked.field.selectAll()
        qtbot.keyClick(asked.field, Qt.Key.Key_Delete)
        qtbot.keyClicks(asked.field, typed)
        qtbot.keyClick(asked.field, Qt.Key.Key_Return)
        assert problem in asked.problem.text()
        assert asked.isVisible(), "what was typed can be mended"
    qtbot.keyClicks(asked.field, "new name")
    assert not asked.problem.text()
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.names == ("new name", "other"))
    assert not path.exists()
    assert video_of(path.with_stem("new name")).read_text() == "film"

    click_on(qtbot, dialog, "exportSession")
    saving = part(dialog, QFileDialog, "exportSessionDialog")
    saving.fileSelected.emit(str(tmp_path / "copy.npz"))
    saving.reject()
    qtbot.waitUntil(lambda: window.toasts.messages == ("Exported to copy.npz.",))
    assert load_notes(tmp_path / "copy.npz") == load_notes(path.with_stem("new name"))
    assert (tmp_path / "copy.avi").read_text() == "film"

    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.names == ("other",)
    click_on(qtbot, dialog, "undoDeleteSession")
    assert dialog.names == ("new name", "other")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    dialog.close()
    window.close()
    assert [each.name for each in sorted((world.data / "sessions").iterdir())] == ["other.npz"]


def test_a_session_that_was_watched_is_offered_as_it_is_called_now_and_no_more_once_it_is_deleted(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    path = leave_session(world, "old")
    renamed = path.with_stem("new name")
    window = launch("--source", str(path))
    until_ended(qtbot, window)
    dialog = sessions_dialog(qtbot, window)
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    asked = part(dialog, NameDialog, "renameSessionDialog")
    asked.field.setText("new name")
    asked.accept()
    qtbot.waitUntil(lambda: dialog.names == ("new name",))

    assert window.toolbar.source.values == ("camera:0", "demo", str(renamed))
    assert window.toolbar.source.currentText() == "new name.npz"
    assert window.settings.settings.source == str(renamed)
    window.session.toggle()
    until_ended(qtbot, window)
    assert window.session.facts.failure is None

    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    dialog.close()
    qtbot.waitUntil(lambda: window.settings.settings.source is None)
    assert window.toolbar.source.values == ("camera:0", "demo")
    window.session.toggle()
    until(qtbot, window, Situation.IDLE)


def leave_four(world: World) -> None:
    for day, name in enumerate(("oldest", "older", "newer", "newest"), start=1):
        leave_session(world, name, a_session(started=f"2026-01-0{day}T10:00:00+00:00"))


def test_after_a_deletion_the_next_session_is_chosen(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_four(world)
    dialog = sessions_dialog(qtbot, launch())
    for _ in range(2):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down)

    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.names == ("newest", "newer", "oldest")
    assert dialog.hint.text() == "older is deleted when this list is closed."
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.names == ("newest", "newer")
    assert dialog.hint.text() == "2 sessions are deleted when this list is closed."
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)

    assert dialog.names == ("newest",)
    dialog.close()


def test_the_enter_key_presses_the_button_that_was_gone_to(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_four(world)
    window = launch()
    dialog = sessions_dialog(qtbot, window)
    dialog.delete_button.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.delete_button, Qt.Key.Key_Return)
    assert dialog.names == ("older", "oldest")

    qtbot.keyClick(dialog.delete_button, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.undo_button
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(dialog.undo_button, key)

    assert dialog.names == ("newest", "newer", "older", "oldest")
    assert dialog.isVisible()
    assert window.session.source is None or window.session.source.name != "newest.npz"
    dialog.close()


def test_a_session_is_renamed_once_its_copy_is_whole(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(path: Path, target: Path) -> None:
        go_on.wait()
        export_session(path, target)

    monkeypatch.setattr("app.sessions_dialog.export_session", slowly)
    leave_session(world, "old")
    window = launch()
    dialog = sessions_dialog(qtbot, window)
    click_on(qtbot, dialog, "exportSession")
    saving = part(dialog, QFileDialog, "exportSessionDialog")
    saving.fileSelected.emit(str(tmp_path / "copy.npz"))
    saving.reject()
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    asked = part(dialog, NameDialog, "renameSessionDialog")
    asked.field.setText("new name")
    asked.accept()
    assert dialog.names == ("old",)
    assert dialog.hint.text() == NOT_YET
    assert not any(button.isEnabled() for button in (dialog.play_button, dialog.delete_button))

    go_on.set()
    qtbot.waitUntil(lambda: dialog.names == ("new name",))

    assert window.toasts.messages == ("Exported to copy.npz.",)
    assert (tmp_path / "copy.npz").exists()
    assert dialog.play_button.isEnabled()
    dialog.close()


def test_a_session_is_renamed_even_if_the_list_is_closed_meanwhile(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(path: Path, typed: str) -> Path:
        go_on.wait()
        return rename_session(path, typed)

    monkeypatch.setattr("app.sessions_dialog.rename_session", slowly)
    leave_session(world, "old")
    window = launch()
    dialog = sessions_dialog(qtbot, window)
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    asked = part(dialog, NameDialog, "renameSessionDialog")
    asked.field.setText("new name")
    asked.accept()

    dialog.close()
    qtbot.waitUntil(lambda: window.findChild(SessionsDialog) is None)
    go_on.set()

    qtbot.waitUntil((world.data / "sessions" / "new name.npz").exists)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lecture.avi", "Cannot export to lecture.avi: its name must end in .npz."),
        ("lecture.npz", "There is a video 'lecture.avi' already: choose another name."),
    ],
)
def test_a_session_with_video_is_exported_onto_no_video(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path, name: str, told: str
) -> None:
    video_of(leave_session(world, "mine")).write_text("film")
    (tmp_path / "lecture.avi").write_text("another film")
    window = launch()
    dialog = sessions_dialog(qtbot, window)

    click_on(qtbot, dialog, "exportSession")
    saving = part(dialog, QFileDialog, "exportSessionDialog")
    saving.fileSelected.emit(str(tmp_path / name))
    saving.reject()

    qtbot.waitUntil(lambda: window.toasts.messages == (told,))
    assert (tmp_path / "lecture.avi").read_text() == "another film"
    assert not (tmp_path / "lecture.npz").exists()


def test_a_session_with_video_replaces_its_former_copy(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path
) -> None:
    video_of(leave_session(world, "mine")).write_text("film")
    (tmp_path / "copy.npz").write_text("former")
    (tmp_path / "copy.avi").write_text("former film")
    window = launch()
    dialog = sessions_dialog(qtbot, window)

    click_on(qtbot, dialog, "exportSession")
    saving = part(dialog, QFileDialog, "exportSessionDialog")
    saving.fileSelected.emit(str(tmp_path / "copy.npz"))
    saving.reject()

    qtbot.waitUntil(lambda: window.toasts.messages == ("Exported to copy.npz.",))
    assert (tmp_path / "copy.avi").read_text() == "film"


def test_a_list_that_is_closed_before_it_is_there_is_not_shown_any_more(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = Event()

    def slowly(folder: Path) -> object:
        may_read.wait()
        return kept_sessions(folder)

    leave_session(world, "small one")
    monkeypatch.setattr("app.sessions_dialog.kept_sessions", slowly)
    (world.data / "sessions" / "broken.npz").write_text("?")
    window = launch()
    window.by_action[Action.SESSIONS].trigger()
    dialog = part(window, SessionsDialog, "sessionsDialog")
    assert dialog.hint.text() == NOT_YET
    assert not dialog.play_button.isEnabled()

    dialog.close()
    qtbot.waitUntil(lambda: window.findChild(SessionsDialog) is None)
    may_read.set()

    qtbot.waitUntil(lambda: "broken.npz" in "".join(window.toasts.messages))


def test_sessions_that_cannot_be_read_are_told(qtbot: QtBot, launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.sessions_dialog.kept_sessions", fail)
    window = launch()
    dialog = sessions_dialog(qtbot, window)

    assert "went wrong" in window.toasts.messages[-1]
    assert dialog.names == ()


def test_where_nothing_is_recorded_the_list_says_how_to(qtbot: QtBot, launch: Launch) -> None:
    dialog = sessions_dialog(qtbot, launch())
    assert "Press Record" in dialog.hint.text()
    assert not any(dialog.findChild(QPushButton, name).isEnabled() for name in ("playSession", "deleteSession"))

    assert dialog.focusWidget() is dialog.close_button, "a sheet has no title bar"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert not dialog.isVisible()


def click_on(qtbot: QtBot, dialog: SessionsDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
