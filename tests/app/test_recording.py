"""Recording what plays and playing it again, as the user does it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.places import PLACES
from app.sessions_dialog import SessionsDialog
from app.settings import Hand, Recorded
from app.view_model import Situation
from app.widgets.choice import Choice
from engine.features.model_input import InputSpec
from engine.joints import LEFT_HAND, RIGHT_HAND
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from engine.models.segmenter import SegmenterConfig, TrainedSegmenter
from engine.pipeline import live
from engine.recognition.mirroring import mirrored
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.sessions.parts import incomplete, parts_folder, save_part
from engine.sources import open_source
from engine.sources.pacing import pace
from engine.sources.session import load_notes, load_session, video_of
from engine.types import NANOSECONDS, Keypoints, SignEvent
from tests.app.conftest import Launch
from tests.app.driving import button, click, until
from tests.app.scripted import World, a_session, hand_up, hands_down, leave_session, sign_event
from tests.engine.recognition.test_stream import AHEAD, RaisedHand

SPEC = InputSpec(frames=32, rate=25.0)
TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)


@pytest.fixture
def decoded(world: World) -> None:
    """Let signs be decoded as the application does it: whoever signs raises both hands twice in three seconds."""
    torch.manual_seed(0)
    network = SignClassifier(ModelConfig(TINY, classes=len(world.glosses), input=SPEC)).eval()
    recogniser = Recogniser(TrainedModel("tiny", world.glosses, SPEC, Calibration(threshold=0.0), network))
    segmenter = TrainedSegmenter(RaisedHand(SegmenterConfig(width=1, ahead=AHEAD)).eval(), begin=0.5, end=0.5)
    world.new_stream = lambda: StreamRecogniser(recogniser, segmenter)

    def signs(time_ns: int) -> Keypoints:
        shown = (hand_up if time_ns // 10_000_000 % 150 < 60 else hands_down)(time_ns)
        shown.joints[RIGHT_HAND, 0] += np.float32(np.sin(time_ns / 3e8))
        both = replace(shown, joints=shown.joints.copy())
        both.joints[LEFT_HAND] = mirrored(shown).joints[LEFT_HAND]
        return both

    world.pose = signs


def record(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.recording.active


def stop(qtbot: QtBot, window: MainWindow) -> Path:
    """End the recording by key and return the session that it became."""
    with qtbot.waitSignal(window.recording.recorded):
        qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.recording.active
    (path,) = window.recording.folder.glob("*.npz")
    return path


def events_of_run(window: MainWindow, run: int) -> list[SignEvent]:
    return [line.entry.event for line in window.transcript.lines if line.run == run]


def until_ended(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.session.facts.pipeline.final, timeout=20_000)


# The same again


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("speed", [1.0, 50.0])
def test_a_session_is_played_again_with_identical_events(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    monkeypatch.setattr(live, "pace", partial(pace, speed=speed))
    window = launch()
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= 1, timeout=20_000)
    record(qtbot, window)
    before = len(window.transcript.lines)
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= before + 1, timeout=20_000)
    window.settings.change(dominant_hand=Hand.LEFT)  # decoding begins anew, and sees a mirror image
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= before + 3, timeout=20_000)
    path = stop(qtbot, window)

    session = load_session(path)
    recorded = [entry.event for entry in session.notes.entries]
    assert len(recorded) >= 3
    live_events = events_of_run(window, window.transcript.lines[-1].run)
    assert [event for event in live_events if event in recorded] == recorded
    assert [each.left_handed for each in session.notes.circumstances] == [False, True]

    window.settings.change(dominant_hand=Hand.RIGHT)
    run = window.transcript.lines[-1].run + 1
    window.watch(str(path))
    until_ended(qtbot, window)
    qtbot.waitUntil(lambda: len(events_of_run(window, run)) == len(recorded))
    assert events_of_run(window, run) == recorded
    assert window.recording.possible is False


# While it is recorded


def test_that_something_is_recorded_is_seen_with_the_time_and_in_every_place(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    mark, shown = window.live.recording_mark, button(window, "recordButton")
    assert not mark.isVisible()
    qtbot.waitUntil(shown.isEnabled)
    click(qtbot, window, "recordButton")

    assert shown.isChecked()
    world.clock.pass_seconds(72)
    window.tick()
    assert mark.isVisible()
    assert mark.text() == "● Recording 1:12"
    beside = window.places.rail.recording_mark
    assert not beside.isVisible()
    for place in set(PLACES) - {Action.GO_TO_LIVE}:
        window.go_to(place)
        assert window.windowTitle().startswith("● Recording")
        assert beside.isVisible()
        assert beside.text() == "● Recording 1:12"
    window.go_to(Action.GO_TO_LIVE)
    assert not beside.isVisible()
    window.by_action[Action.PRESENT].trigger()
    assert mark.isVisible()
    window.by_action[Action.PRESENT].trigger()

    stop(qtbot, window)
    assert not shown.isChecked()
    assert not mark.isVisible()
    window.go_to(Action.GO_TO_SETTINGS)
    assert not beside.isVisible()
    assert "Recording" not in window.windowTitle()
    assert window.toasts.messages[-1].startswith("Recorded 0:")


def test_the_signs_are_kept_with_their_corrections(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    world.signer.has_signed(sign_event("book", start_s=0))
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 1)
    record(qtbot, window)
    heard = sign_event("eat", start_s=1), sign_event(None, start_s=3)
    world.signer.has_signed(*heard)
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 3)
    window.transcript.correct(window.transcript.lines[2].number, "drink")

    notes = load_notes(stop(qtbot, window))

    assert tuple(entry.event for entry in notes.entries) == heard
    assert [entry.correction for entry in notes.entries] == [None, "drink"]
    assert [(each.model, each.threshold) for each in notes.circumstances] == [("base", 0.5)]
    assert notes.source == "Front camera"


def test_without_a_model_the_keypoints_are_recorded_all_the_same(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.refused["base"] = world.refused["small"] = "No."
    world.models = ()
    window = launch("--model", "base")
    until(qtbot, window, Situation.NO_MODEL)
    record(qtbot, window)
    qtbot.waitUntil(lambda: window.session.facts.time_ns > 0)

    session = load_session(stop(qtbot, window))

    assert len(session.clip) > 0
    assert [each.model for each in session.notes.circumstances] == [None]


def test_video_is_recorded_only_when_it_was_chosen(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)
    choice = window.findChild(Choice, "recordedChoice")
    assert choice is not None
    assert choice.currentData() == Recorded.KEYPOINTS
    choice.picked.emit(Recorded.VIDEO.value)
    window.go_to(Action.GO_TO_LIVE)
    record(qtbot, window)
    seen = window.session.facts.time_ns
    qtbot.waitUntil(lambda: window.session.facts.time_ns > seen + NANOSECONDS // 2)
    path = stop(qtbot, window)

    assert video_of(path).stat().st_size > 0
    assert len(load_session(path).pictures_ns) > 0
    with open_source(str(path)) as source:
        assert any(not frame.image.any() for frame in source)  # the scripted picture is black, a plain one is not


@pytest.mark.parametrize("end", ["stop", "another source", "unplugged"])
def test_a_recording_ends_with_what_plays(qtbot: QtBot, launch: Launch, world: World, end: str) -> None:
    window = launch()
    record(qtbot, window)
    seen = window.session.facts.time_ns
    qtbot.waitUntil(lambda: window.session.facts.time_ns > seen)
    with qtbot.waitSignal(window.recording.recorded):
        match end:
            case "stop":
                click(qtbot, window, "startStopButton")
            case "another source":
                window.watch("demo")
            case _:
                world.sources[-1].unplug.set()
    assert not window.recording.active
    (path,) = window.recording.folder.glob("*.npz")
    assert len(load_session(path).clip) > 0


def test_a_recording_outlives_the_window(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    record(qtbot, window)
    seen = window.session.facts.time_ns
    qtbot.waitUntil(lambda: window.session.facts.time_ns > seen)

    window.close()

    (path,) = window.recording.folder.iterdir()
    assert len(load_session(path).clip) > 0


def test_a_recogniser_that_breaks_ends_the_recording(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    record(qtbot, window)
    with qtbot.waitSignal(window.recording.recorded):
        world.signer.breaks_the_recogniser(ValueError("broken"))
    assert not window.recording.active


def test_where_nothing_can_be_written_it_is_told_and_nothing_pretends_to_record(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    qtbot.waitUntil(window.by_action[Action.RECORD].isEnabled)
    world.data.mkdir(exist_ok=True)
    (world.data / "sessions").write_text("in the way")
    qtbot.keyClick(window, Qt.Key.Key_F9)

    assert not window.recording.active
    assert not window.by_action[Action.RECORD].isChecked()
    assert "Cannot record" in window.toasts.messages[-1]


# After a crash


def leave_parts(world: World) -> Path:
    folder = parts_folder(world.data / "sessions" / "2026-01-01 10-00-00.npz")
    save_part(folder, 0, a_session(sign_event("eat")))
    return folder


def test_a_recording_that_a_crash_has_ended_is_offered_and_brought_back(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    folder = leave_parts(world)
    window = launch()
    qtbot.waitUntil(lambda: bool(window.toasts.messages))
    assert "cut short" in window.toasts.messages[0]

    with qtbot.waitSignal(window.recording.recorded):
        qtbot.mouseClick(window.toasts.findChild(QPushButton, "toastOffer"), Qt.MouseButton.LeftButton)

    assert not incomplete(window.recording.folder)
    assert len(load_session(folder.with_suffix(".npz")).notes.entries) == 1
    window.by_action[Action.RESTORE_RECORDING].trigger()
    assert window.toasts.messages[-1] == "There is no recording to bring back."


def test_what_another_window_is_recording_is_left_alone(launch: Launch, world: World) -> None:
    folder = leave_parts(world)
    other = QLockFile(str(folder.with_suffix(".lock")))
    assert other.tryLock(0)

    window = launch()
    window.by_action[Action.RESTORE_RECORDING].trigger()

    assert "cut short" not in window.toasts.messages[0]
    assert incomplete(window.recording.folder) == (folder,)
    other.unlock()


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
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    path = leave_session(world, "early")
    world.models_may_load.clear()
    window = launch()
    window.watch(str(path))
    window.tick()
    assert not window.live.stage.shows_picture

    world.models_may_load.set()
    until_ended(qtbot, window)
    assert window.session.facts.time_ns == a_session().clip.times_ns[-1]


def test_a_damaged_session_is_one_line(qtbot: QtBot, launch: Launch, world: World) -> None:
    path = leave_session(world, "broken")
    path.write_bytes(path.read_bytes()[:-40])
    window = launch("--source", str(path))
    until(qtbot, window, Situation.FAILED)
    assert "damaged" in window.toasts.messages[-1]


# The list


def sessions_dialog(window: MainWindow) -> SessionsDialog:
    window.by_action[Action.SESSIONS].trigger()
    dialog = window.findChild(SessionsDialog)
    assert dialog is not None
    return dialog


def test_sessions_are_listed_newest_first_and_played(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_session(world, "first", a_session(started="2026-01-01T10:00:00+00:00"))
    leave_session(world, "second", a_session(sign_event("eat"), started="2026-01-02T10:00:00+00:00"))
    (world.data / "sessions" / "broken.npz").write_text("?")
    window = launch()
    dialog = sessions_dialog(window)

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
    dialog = sessions_dialog(window)

    for typed in ("a/b", "other", "new name"):
        qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
        asked = dialog.findChildren(QInputDialog)[-1]
        asked.setTextValue(typed)
        asked.accept()
    assert dialog.names == ("new name", "other")
    assert "already" in window.toasts.messages[-1]
    assert not path.exists()
    assert video_of(path.with_stem("new name")).read_text() == "film"

    click_on(qtbot, dialog, "exportSession")
    saving = dialog.findChild(QFileDialog, "exportSessionDialog")
    assert saving is not None
    saving.fileSelected.emit(str(tmp_path / "copy.npz"))
    saving.reject()
    qtbot.waitUntil(lambda: window.toasts.messages[-1] == "Exported to copy.npz.")
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


def test_where_nothing_is_recorded_the_list_says_how_to(launch: Launch) -> None:
    dialog = sessions_dialog(launch())
    assert "Press Record" in dialog.hint.text()
    assert not any(dialog.findChild(QPushButton, name).isEnabled() for name in ("playSession", "deleteSession"))
    dialog.close()


def click_on(qtbot: QtBot, dialog: SessionsDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
