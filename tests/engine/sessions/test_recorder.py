"""Recording and replaying with the threads and files of the application."""

from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

import numpy as np
import pytest

from engine.errors import UserFacingError
from engine.export import TranscriptEntry
from engine.pipeline.recognition import SignStream
from engine.sessions import recorder as recorder_module
from engine.sessions.parts import complete, incomplete, parts_folder
from engine.sessions.recorder import PART_NS, SessionRecorder
from engine.sessions.streams import RecordedStream, ReplayedStream, SilentStream
from engine.sessions.video import VideoWriter
from engine.sources import open_source
from engine.sources.clip import plain_picture
from engine.sources.session import Circumstances, Session, load_session, video_of
from engine.types import Activity, Frame, Keypoints, SignEvent, StreamUpdate
from tests.engine.recognition.test_stream import ScriptedPredictor, recogniser
from tests.engine.sessions.conftest import STARTED, Record, keypoints_of, long_clip
from tests.engine.signers import sign

EAT = SignEvent("eat", 0.9, 0, 5, 9)


class Counting:
    """A `SignStream` that announces how many frames it has seen since its beginning, at every tenth and at its end."""

    def __init__(self) -> None:
        self.seen = 0
        self.wrists: list[float] = []

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        self.seen += 1
        self.wrists.append(float(keypoints.joints[0, 0]))
        events = (self._event(keypoints.time_ns),) if self.seen % 10 == 0 else ()
        return StreamUpdate(keypoints.time_ns, Activity.SIGNING, events=events)

    def finish(self) -> tuple[SignEvent, ...]:
        return (self._event(-1),) if self.seen else ()

    def _event(self, time_ns: int) -> SignEvent:
        return SignEvent(f"{self.seen}: {sum(self.wrists)}", 0.5, 0, time_ns, time_ns)


PATIENCE_S = 20


def calls_of(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> SimpleQueue[None]:
    """A queue in which each call of a function appears once it has returned, on whatever thread."""
    calls: SimpleQueue[None] = SimpleQueue()
    called = getattr(owner, name)

    def calling(*arguments: Any) -> Any:
        result = called(*arguments)
        calls.put(None)
        return result

    monkeypatch.setattr(owner, name, calling)
    return calls


def test_a_recorded_stream_announces_the_same_events_when_it_is_replayed(record: Record, tmp_path: Path) -> None:
    shown, recorder = long_clip(7), record()
    events = []
    # The leading hand and the model are changed while it is recorded: decoding begins anew each time.
    for begin, end, left_handed in ((0, 33, False), (33, 100, True), (100, len(shown), False)):
        stream = ReplayedStream(Counting, [Circumstances(from_ns=0, left_handed=left_handed)])
        recorded = RecordedStream(stream, recorder, Circumstances(from_ns=0, left_handed=left_handed))
        events += [event for each in shown[begin:end] for event in recorded.push(each).events]
        events += recorded.finish()
    path = recorder.finish({})

    assert path == tmp_path / "session.npz"
    session = load_session(path)
    replayed = ReplayedStream(Counting, session.notes.circumstances)
    again = [event for each in keypoints_of(session.clip) for event in replayed.push(each).events]
    assert [*again, *replayed.finish()] == events
    assert [entry.event for entry in session.notes.entries] == events
    assert len(events) > 10
    assert not incomplete(tmp_path)


def test_a_stream_that_begins_later_than_its_source_keeps_its_times(record: Record) -> None:
    shown, recorder = long_clip(3)[20:], record()
    stream = RecordedStream(SilentStream(), recorder, Circumstances(from_ns=0))
    for each in shown:
        stream.push(each)
    stream.push(shown[-1])  # a source that repeats a frame adds nothing
    stream.finish()
    path = recorder.finish({})
    assert path is not None
    session = load_session(path)
    assert session.clip.times_ns.tolist() == [each.time_ns for each in shown]
    assert np.array_equal(session.clip.joints, np.stack([each.joints for each in shown]))
    assert session.notes.circumstances == (Circumstances(from_ns=shown[0].time_ns),)
    assert session.notes.started == "2026-11-21T09:30:00+00:00"


def test_what_the_reader_has_corrected_is_kept_with_what_was_recognised(record: Record) -> None:
    recorder = record()
    recorder.record(long_clip(1)[0])
    recorder.announce((EAT,))
    path = recorder.finish({EAT: TranscriptEntry(EAT, "drink")})
    assert path is not None
    (entry,) = load_session(path).notes.entries
    assert (entry.event, entry.correction) == (EAT, "drink")


def test_where_nothing_came_there_is_no_session(record: Record, tmp_path: Path) -> None:
    assert record(video=True).finish({}) is None
    assert list(tmp_path.iterdir()) == []


def test_pictures_that_ended_before_the_first_keypoints_make_no_session(record: Record, tmp_path: Path) -> None:
    recorder = record(video=True)
    recorder.show(Frame(np.zeros((48, 64, 3), np.uint8), 0, 0))
    assert recorder.finish({}) is None
    assert list(tmp_path.iterdir()) == []


def test_the_pictures_are_recorded_when_they_are_asked_for_and_shown_again(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = calls_of(monkeypatch, VideoWriter, "write")
    recorder = record(video=True)
    shown = [Keypoints(each.joints, each.time_ns, (64, 48)) for each in long_clip(1)]
    for index, each in enumerate(shown):
        image = np.full((48, 64, 3), 10 * index, np.uint8)
        recorder.record(each)
        recorder.show(Frame(image, each.time_ns, index))
        written.get(timeout=PATIENCE_S)
    path = recorder.finish({})
    assert path is not None
    assert load_session(path).pictures_ns.tolist() == [each.time_ns for each in shown]
    with open_source(str(path)) as source:
        brightness = [float(frame.image.mean()) for frame in source]
    assert brightness == pytest.approx([10.0 * index for index in range(len(shown))], abs=2)


def test_after_a_part_that_is_lost_no_picture_of_another_moment_is_shown(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = calls_of(monkeypatch, VideoWriter, "write")
    saved = calls_of(monkeypatch, recorder_module, "save_part")
    recorder = record(video=True)
    for index, each in enumerate(long_clip(6)):
        recorder.record(Keypoints(each.joints, each.time_ns, (64, 48)))
        if index and each.time_ns % PART_NS == 0:  # each part has the pictures of its own time
            saved.get(timeout=PATIENCE_S)
        recorder.show(Frame(np.full((48, 64, 3), 60 + index, np.uint8), each.time_ns, index))
        written.get(timeout=PATIENCE_S)
    recorder._close()
    for thread in recorder._threads:
        thread.join()
    (folder,) = incomplete(tmp_path)
    first, lost, *_ = sorted(folder.glob("part-*"))
    begun = len(load_session(first).clip)
    lost.write_text("?")
    path = complete(folder)

    with open_source(str(path)) as source:
        shown = [frame.image for frame in source]
    assert [float(image.mean()) for image in shown[:begun]] == pytest.approx([60 + n for n in range(begun)], abs=2)
    assert len(shown) > begun
    assert all(np.array_equal(image, plain_picture((64, 48))) for image in shown[begun:])


def test_without_being_asked_for_no_picture_is_recorded(record: Record) -> None:
    recorder = record()
    recorder.record(long_clip(1)[0])
    recorder.show(Frame(np.zeros((48, 64, 3), np.uint8), 0, 0))
    path = recorder.finish({})
    assert path is not None
    assert not video_of(path).exists()


def test_a_disk_that_fails_ends_the_recording_with_one_line(
    record: Record, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = calls_of(monkeypatch, recorder_module, "save_part")
    recorder = record()
    shown = long_clip(9)
    for each in shown[:60]:
        recorder.record(each)
    saved.get(timeout=PATIENCE_S)
    folder = parts_folder(tmp_path / "session.npz")
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("in the way")
    for each in shown[60:]:
        recorder.record(each)
    for thread in recorder._threads:
        thread.join(PATIENCE_S)
    assert recorder.over
    folder.unlink()
    (tmp_path / "elsewhere").rename(folder)
    (line,) = told
    assert "The recording has ended" in line
    assert recorder.finish({}) is not None
    assert len(load_session(tmp_path / "session.npz").clip) == 50


def test_a_video_whose_name_is_no_utf8_is_refused(tmp_path: Path) -> None:
    written: list[int] = []
    with (
        pytest.raises(UserFacingError, match="not valid UTF-8"),
        VideoWriter(tmp_path / "caf\udce9.avi", written.append) as video,
    ):
        video.write(Frame(plain_picture((64, 48)), 0, 0))
    assert not written


def test_another_size_of_picture_ends_the_recording(record: Record, told: list[str]) -> None:
    recorder = record()
    first, second, *_ = long_clip(1)
    recorder.record(first)
    recorder.record(Keypoints(second.joints, second.time_ns, (9, 9)))
    assert recorder.over
    assert "size" in told[0]
    path = recorder.finish({})
    assert path is not None
    assert len(load_session(path).clip) == 1


def test_the_sign_that_another_size_of_picture_ends_is_recorded_and_replayed(record: Record, told: list[str]) -> None:
    def decoder() -> SignStream:
        return recogniser(ScriptedPredictor(lambda begin, end: "eat"))

    recorder = record()
    stream = RecordedStream(decoder(), recorder, Circumstances(from_ns=0))
    under_way = keypoints_of(sign(rest=15, raised=60))[:55]
    smaller = Keypoints(under_way[-1].joints, under_way[-1].time_ns + 40_000_000, (9, 9))
    events = [event for each in (*under_way, smaller) for event in stream.push(each).events]
    path = recorder.finish({})

    assert recorder.over
    assert "size" in told[0]
    assert path is not None
    session = load_session(path)
    assert [entry.event for entry in session.notes.entries] == events
    assert len(events) == 1
    replayed = ReplayedStream(decoder, session.notes.circumstances)
    again = [event for each in keypoints_of(session.clip) for event in replayed.push(each).events]
    assert [*again, *replayed.finish()] == events


def test_a_folder_that_cannot_be_made_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserFacingError, match="Cannot record"):
        SessionRecorder(tmp_path / "file" / "a.npz", source="", started=STARTED, video=False, tell=print)


def test_a_disk_that_hangs_costs_no_sign_and_no_change_of_the_leading_hand(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, go_on, save = Event(), Event(), recorder_module.save_part

    def hanging(*arguments: Any) -> None:
        hangs.set()
        assert go_on.wait(PATIENCE_S)
        save(*arguments)

    monkeypatch.setattr(recorder_module, "KEYPOINTS_WAITING", 2)
    monkeypatch.setattr(recorder_module, "save_part", hanging)
    recorder, joints = record(), long_clip(1)[0].joints
    for at in (0, PART_NS):
        recorder.record(Keypoints(joints, at, (64, 48)))
    assert hangs.wait(PATIENCE_S)
    other_hand = Circumstances(from_ns=PART_NS + 1, left_handed=True)
    recorder.begin(other_hand)
    recorder.announce((EAT,))
    for at in (1, 2, 3):
        recorder.record(Keypoints(joints, PART_NS + at, (64, 48)))
    recorder.end()
    go_on.set()
    path = recorder.finish({})

    assert path is not None
    session = load_session(path)
    assert session.clip.times_ns.tolist() == [0, PART_NS, PART_NS + 2, PART_NS + 3]
    assert session.notes.keypoints_lost == 1
    assert session.notes.circumstances == (other_hand,)
    assert [entry.event for entry in session.notes.entries] == [EAT]


def test_an_error_that_nobody_foresaw_ends_the_recording_with_one_line(
    record: Record, told: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    save = recorder_module.save_part

    def failing(folder: Path, number: int, part: Session) -> None:
        if number:
            raise ValueError("broken")
        save(folder, number, part)

    monkeypatch.setattr(recorder_module, "save_part", failing)
    recorder = record()
    for each in long_clip(5):
        recorder.record(each)
    recorder._threads[0].join(PATIENCE_S)
    assert recorder.over
    (line,) = told
    assert "unexpected error" in line
    assert "ValueError: broken" in caplog.text
    path = recorder.finish({})
    assert path is not None
    assert len(load_session(path).clip) == 50


def test_a_video_that_fails_leaves_the_keypoints(
    record: Record, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(VideoWriter, "write", failing)
    recorder = record(video=True)
    recorder.show(Frame(np.zeros((48, 64, 3), np.uint8), 0, 0))
    recorder._threads[1].join(PATIENCE_S)
    (line,) = told
    assert "The video is not recorded, but the keypoints are" in line
    assert not recorder.over
    recorder.record(long_clip(1)[0])
    assert recorder.finish({}) is not None
