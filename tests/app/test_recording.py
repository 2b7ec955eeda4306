"""Recording what plays, as the user does it, and what comes of that."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.places import PLACES
from app.settings import Hand, Recorded
from app.view_model import Situation
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
from engine.sessions.recorder import SessionRecorder
from engine.sources import open_source
from engine.sources.pacing import pace
from engine.sources.session import load_notes, load_session, video_of
from engine.types import NANOSECONDS, Keypoints, SignEvent
from tests.app.conftest import Launch
from tests.app.driving import button, click, press, setting, until, until_ended
from tests.app.scripted import World, a_session, hand_up, hands_down, sign_event
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


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Times of the keypoints that recorders were given; what was being decoded when a recording began is in none."""
    times: list[int] = []
    original = SessionRecorder.record

    def noting(recorder: SessionRecorder, keypoints: Keypoints) -> None:
        original(recorder, keypoints)
        times.append(keypoints.time_ns)

    monkeypatch.setattr(SessionRecorder, "record", noting)
    return times


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


# The same again


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("speed", [1.0, 50.0])
def test_a_session_is_played_again_with_identical_events(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    monkeypatch.setattr(live, "pace", partial(pace, speed=speed))
    window = launch()
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= 1)
    record(qtbot, window)
    before = len(window.transcript.lines)
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= before + 1)
    window.settings.change(dominant_hand=Hand.LEFT)  # decoding begins anew, and sees a mirror image
    qtbot.waitUntil(lambda: len(window.transcript.lines) >= before + 3)
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


def test_corrections_of_what_played_before_are_not_those_of_equal_signs(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 1)
    window.transcript.correct(window.transcript.lines[0].number, "drink")
    for situation in (Situation.STOPPED, Situation.IDLE):
        press(window, Action.START_STOP)
        until(qtbot, window, situation)
    record(qtbot, window)
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 2)

    notes = load_notes(stop(qtbot, window))

    assert [(entry.event.gloss, entry.correction) for entry in notes.entries] == [("eat", None)]


def test_without_a_model_the_keypoints_are_recorded_all_the_same(
    qtbot: QtBot, launch: Launch, world: World, came: list[int]
) -> None:
    world.refused["base"] = world.refused["small"] = "No."
    world.models = ()
    window = launch("--model", "base")
    until(qtbot, window, Situation.NO_MODEL)
    record(qtbot, window)
    qtbot.waitUntil(lambda: bool(came))

    session = load_session(stop(qtbot, window))

    assert len(session.clip) > 0
    assert [each.model for each in session.notes.circumstances] == [None]


def test_video_is_recorded_only_when_it_was_chosen(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    choice = setting(window, "recorded")
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
def test_a_recording_ends_with_what_plays(
    qtbot: QtBot, launch: Launch, world: World, came: list[int], end: str
) -> None:
    window = launch()
    record(qtbot, window)
    qtbot.waitUntil(lambda: bool(came))
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


def test_a_recording_outlives_the_window(qtbot: QtBot, launch: Launch, came: list[int]) -> None:
    window = launch()
    record(qtbot, window)
    qtbot.waitUntil(lambda: bool(came))

    window.close()

    (path,) = window.recording.folder.iterdir()
    assert len(load_session(path).clip) > 0


@pytest.mark.parametrize("begun", ["with the model", "before the model is there"])
def test_a_recogniser_that_breaks_ends_the_recording(qtbot: QtBot, launch: Launch, world: World, begun: str) -> None:
    if begun == "before the model is there":
        world.models_may_load.clear()
    window = launch()
    qtbot.waitUntil(lambda: world.models_may_load.is_set() <= (window.session.facts.model is not None))
    record(qtbot, window)
    world.models_may_load.set()
    qtbot.waitUntil(lambda: window.session.facts.model is not None)

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


def offers_a_recording(window: MainWindow) -> bool:
    return any("cut short" in message for message in window.toasts.messages)


def until_nothing_to_bring_back(qtbot: QtBot, window: MainWindow) -> None:
    """Ask for what a crash has left, and wait until there is said to be nothing."""
    press(window, Action.RESTORE_RECORDING)
    qtbot.waitUntil(lambda: "There is no recording to bring back." in window.toasts.messages)


def test_a_recording_that_a_crash_has_ended_is_offered_and_brought_back(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    folder = leave_parts(world)
    half_removed = folder.with_name("older.joined")
    half_removed.mkdir()
    window = launch()
    qtbot.waitUntil(lambda: offers_a_recording(window))
    assert not half_removed.exists()

    with qtbot.waitSignal(window.recording.recorded):
        qtbot.mouseClick(window.toasts.findChild(QPushButton, "toastOffer"), Qt.MouseButton.LeftButton)

    assert not incomplete(window.recording.folder)
    assert len(load_session(folder.with_suffix(".npz")).notes.entries) == 1
    until_nothing_to_bring_back(qtbot, window)


def test_what_a_crash_has_cut_short_is_offered_by_one_window_at_a_time(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    leave_parts(world)
    first = launch()
    qtbot.waitUntil(lambda: offers_a_recording(first))

    second = launch()
    until_nothing_to_bring_back(qtbot, second)
    assert not offers_a_recording(second)
    second.close()

    first.close()
    third = launch()
    qtbot.waitUntil(lambda: offers_a_recording(third))
    with qtbot.waitSignal(third.recording.recorded):
        press(third, Action.RESTORE_RECORDING)


def test_what_another_window_is_recording_is_left_alone(qtbot: QtBot, launch: Launch, world: World) -> None:
    folder = leave_parts(world)
    other = QLockFile(str(folder.with_suffix(".lock")))
    assert other.tryLock(0)

    window = launch()
    until_nothing_to_bring_back(qtbot, window)

    assert not offers_a_recording(window)
    assert incomplete(window.recording.folder) == (folder,)
    other.unlock()


def test_a_recording_of_which_no_part_can_be_read_is_kept_and_told(qtbot: QtBot, launch: Launch, world: World) -> None:
    folder = leave_parts(world)
    (part,) = folder.glob("part-*")
    content = part.read_bytes()
    part.write_bytes(content[:-40])
    (folder / "video.avi").write_text("film")
    window = launch()
    qtbot.waitUntil(lambda: offers_a_recording(window))

    with qtbot.waitSignal(window.recording.notice) as notice:
        press(window, Action.RESTORE_RECORDING)
    assert f"No part of {folder} can be read; delete it if you do not want it. {part} is" in notice.args[0]
    assert (folder / "video.avi").read_text() == "film"

    part.write_bytes(content)  # for a later version, say, it is not damaged
    with qtbot.waitSignal(window.recording.recorded):
        press(window, Action.RESTORE_RECORDING)
    assert video_of(folder.with_suffix(".npz")).read_text() == "film"
