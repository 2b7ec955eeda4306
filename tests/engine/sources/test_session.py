import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.export import TranscriptEntry, inserted_entry
from engine.joints import JOINTS
from engine.sources import open_source
from engine.sources.npz import write_arrays
from engine.sources.recording import load_recording, save_recording
from engine.sources.session import (
    Circumstances,
    Session,
    SessionNotes,
    is_session,
    joined,
    load_beginning,
    load_notes,
    load_session,
    save_session,
)
from engine.sources.session_source import SessionSource
from engine.types import Candidate, KeypointClip, SignEvent

probabilities = st.floats(0, 1)
words = st.text(max_size=8)
times = st.integers(0, 2**62)
events = st.builds(
    SignEvent,
    gloss=st.none() | words,
    probability=probabilities,
    start_ns=times,
    end_ns=times,
    emitted_ns=times,
    candidates=st.lists(st.builds(Candidate, words, probabilities), max_size=3).map(tuple),
)
entries = st.builds(TranscriptEntry, events, st.none() | words, st.booleans())
circumstances = st.builds(
    Circumstances,
    from_ns=times,
    model=st.none() | words,
    threshold=probabilities,
    left_handed=st.booleans(),
    lesson=st.none() | st.lists(words, max_size=3).map(tuple),
    personal=st.lists(words, max_size=3).map(tuple),
)
notes = st.builds(
    SessionNotes,
    started=words,
    source=words,
    circumstances=st.lists(circumstances, max_size=3).map(tuple),
    entries=st.lists(entries, max_size=4).map(tuple),
    keypoints_lost=st.integers(0, 9),
    pictures_lost=st.integers(0, 9),
)


def clip(times_ns: list[int]) -> KeypointClip:
    dice = np.random.default_rng(len(times_ns))
    joints = dice.random((len(times_ns), JOINTS, 3), np.float32)
    return KeypointClip(joints, np.array(times_ns, np.int64), (640, 480))


def session(*, entries: tuple[TranscriptEntry, ...] = ()) -> Session:
    told = SessionNotes(started="2026-11-21T10:00:00+01:00", source="Front camera", entries=entries)
    return Session(clip([10, 20, 35, 50]), told, np.array([10, 35], np.int64))


def assert_same(one: Session, other: Session) -> None:
    assert one.notes == other.notes
    assert one.clip.size == other.clip.size
    for this, that in (
        (one.clip.joints, other.clip.joints),
        (one.clip.times_ns, other.clip.times_ns),
        (one.pictures_ns, other.pictures_ns),
    ):
        assert this.dtype == that.dtype
        assert np.array_equal(this, that)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    told=notes,
    times_ns=st.sets(times, min_size=1, max_size=6).map(sorted),
    pictures=st.sets(times, max_size=6).map(sorted),
)
def test_what_is_written_is_read_to_the_last_digit(
    tmp_path: Path, told: SessionNotes, times_ns: list[int], pictures: list[int]
) -> None:
    written = Session(clip(times_ns), told, np.array(pictures, np.int64))
    save_session(tmp_path / "session.npz", written)
    assert_same(load_session(tmp_path / "session.npz"), written)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(length=st.integers(0, 100_000))
def test_a_session_that_was_cut_off_anywhere_is_one_clear_line(tmp_path: Path, length: int) -> None:
    path = tmp_path / "session.npz"
    save_session(path, session(entries=(inserted_entry("eat", start_ns=1, end_ns=2),)))
    content = path.read_bytes()
    path.write_bytes(content[: length % len(content)])
    with pytest.raises(UserFacingError) as caught:
        load_session(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, 100_000), st.integers(1, 255)), min_size=1, max_size=4))
def test_a_damaged_session_is_refused_or_still_a_session(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    path = tmp_path / "session.npz"
    save_session(path, session())
    content = bytearray(path.read_bytes())
    for place, flip in flips:
        content[place % len(content)] ^= flip
    path.write_bytes(bytes(content))
    try:
        loaded = load_session(path)
    except UserFacingError:
        return
    assert loaded.clip.joints.shape[1:] == (JOINTS, 3)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("[]", "table"),
        ('{"version": 2}', "newer"),
        ('{"version": 1}', "lacks"),
        ('{"version": 1, "started": "", "source": "", "mood": "good"}', "mood"),
        ('{"version": 1, "started": "", "source": 5}', "source"),
        (
            json.dumps({"started": "", "source": "", "circumstances": [{"from_ns": 0, "threshold": 1.5}]}),
            "between 0 and 1",
        ),
    ],
)
def test_impossible_notes_are_refused_with_the_reason(tmp_path: Path, table: str, why: str) -> None:
    path = tmp_path / "session.npz"
    save_recording(path, clip([1, 2]), session=table, pictures_ns=np.array([], np.int64))
    with pytest.raises(UserFacingError, match=why):
        load_notes(path)


def test_pictures_out_of_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "session.npz"
    save_session(path, replace(session(), pictures_ns=np.array([5, 4], np.int64)))
    with pytest.raises(UserFacingError, match="pictures"):
        load_session(path)


def test_a_session_begins_with_its_video_and_without_one_with_its_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "session.npz"
    save_session(path, replace(session(), pictures_ns=np.array([15, 35], np.int64)))
    assert SessionSource(path).read_beginning() == 15
    save_session(path, replace(session(), pictures_ns=np.array([], np.int64)))
    assert SessionSource(path).read_beginning() == 10


def test_a_session_that_begins_at_no_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "session.npz"
    write_arrays(path, pictures_ns=np.array([], np.int64), times_ns=np.array([], np.int64))
    with pytest.raises(UserFacingError, match="its times make no sense"):
        load_beginning(path)


def test_a_session_is_a_recording_and_a_recording_is_no_session(tmp_path: Path) -> None:
    save_session(tmp_path / "session.npz", session())
    save_recording(tmp_path / "recording.npz", clip([1, 2]))
    write_arrays(tmp_path / "other.npz", numbers=[1])
    (tmp_path / "text.npz").write_text("text")
    assert np.array_equal(load_recording(tmp_path / "session.npz").joints, session().clip.joints)
    told = {path.stem: is_session(path) for path in sorted(tmp_path.iterdir())}
    assert told == {"other": False, "recording": False, "session": True, "text": False}
    assert not is_session(tmp_path / "missing.npz")
    assert isinstance(open_source(str(tmp_path / "session.npz")), SessionSource)
    assert not isinstance(open_source(str(tmp_path / "recording.npz")), SessionSource)


def test_parts_are_joined_in_order() -> None:
    one, other = session(entries=(inserted_entry("eat", start_ns=1, end_ns=2),)), session()
    other = Session(clip([60, 70]), replace(other.notes, pictures_lost=3), np.array([60], np.int64))
    whole = joined([one, other])
    assert whole.clip.times_ns.tolist() == [10, 20, 35, 50, 60, 70]
    assert whole.pictures_ns.tolist() == [10, 35, 60]
    assert [entry.gloss for entry in whole.notes.entries] == ["eat"]
    assert whole.notes.pictures_lost == 3


def test_its_frames_bring_the_recorded_keypoints_and_times(tmp_path: Path) -> None:
    path = tmp_path / "session.npz"
    written = Session(session().clip, session().notes, np.array([], np.int64))
    save_session(path, written)
    with open_source(str(path)) as source:
        assert not source.live
        frames = list(source)
        assert [frame.time_ns for frame in frames] == [10, 20, 35, 50]
        assert [frame.time_ns for frame in source] == [10, 20, 35, 50]
    for frame, joints in zip(frames, written.clip.joints, strict=True):
        assert frame.keypoints is not None
        assert np.array_equal(frame.keypoints.joints, joints)
        assert frame.image.shape == (480, 640, 3)


def test_a_session_whose_video_is_gone_is_played_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_session(tmp_path / "session.npz", session())
    with open_source(str(tmp_path / "session.npz")) as source:
        assert len(list(source)) == 4
    assert "without its video" in caplog.text
