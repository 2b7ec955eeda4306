import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from engine.commands import transcribe
from engine.errors import UserFacingError
from engine.joints import JOINTS
from engine.sources.base import FrameSource
from engine.sources.clip import ClipSource
from engine.sources.recording import load_recording
from engine.sources.session import Circumstances, Session, SessionNotes, save_session
from engine.types import NANOSECONDS, Frame, KeypointClip, Keypoints
from tests.engine.commands.conftest import Call
from tests.engine.signers import sign

MODES = pytest.mark.parametrize("mode", [(), ("--realtime",)], ids=["lockstep", "real time"])


class _BreaksOff(ClipSource):
    """A recording whose last frames cannot be read."""

    def __iter__(self) -> Iterator[Frame]:
        for frame in super().__iter__():
            if frame.index == 5:
                raise UserFacingError("sign.npz breaks off.")
            yield frame


@MODES
def test_a_sign_becomes_one_json_line(call: Call, model: Path, recording: Path, mode: tuple[str, ...]) -> None:
    answer = call("transcribe", recording, "--model", model, "--json", *mode)
    assert answer.status == 0
    (sign,) = answer.records
    assert list(sign) == ["gloss", "probability", "start_s", "end_s", "emitted_s"]
    assert sign["gloss"] in {"eat", "go", "who"}
    assert 0 < sign["start_s"] < sign["end_s"] <= sign["emitted_s"] < 2.5


def test_the_same_file_gives_the_same_lines(call: Call, model: Path, recording: Path) -> None:
    first, second = (call("transcribe", recording, "--model", model, "--json").lines for _ in range(2))
    assert first == second


def test_people_read_a_row_a_sign(call: Call, model: Path, recording: Path) -> None:
    (row,) = call("transcribe", recording, "--model", model).lines
    start, end, gloss, probability = row.split()
    assert float(start) < float(end)
    assert gloss in {"eat", "go", "who"}
    assert probability.endswith("%")


def test_an_abstention_is_shown_as_one(call: Call, make_model: Callable[..., Path], recording: Path) -> None:
    cautious = make_model(threshold=1.0)
    assert call("transcribe", recording, "--model", cautious, "--json").records[0]["gloss"] is None
    assert "uncertain" in call("transcribe", recording, "--model", cautious).lines[0]


def test_where_nobody_signs_nothing_is_printed(call: Call, model: Path, empty_room: Path) -> None:
    answer = call("transcribe", empty_room, "--model", model, "--json")
    assert (answer.status, answer.lines, answer.complaints) == (0, [], [])


def test_the_transcript_is_exported(call: Call, model: Path, recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "transcript.json"
    answer = call("transcribe", recording, "--model", model, "--json", "--export", out)
    exported = [{key: entry[key] for key in answer.records[0]} for entry in json.loads(out.read_text())]
    assert exported == answer.records


def test_a_transcript_that_could_not_be_written_is_told_before_anything_is_decoded(
    call: Call, model: Path, recording: Path
) -> None:
    answer = call("transcribe", recording, "--model", model, "--export", recording / "transcript.srt")
    assert (answer.status, answer.lines) == (2, [])
    assert answer.complaints == [f"error: Cannot write {recording}: File exists. Choose another place."]


class _EndsBadly(ClipSource):
    """Two signs, the second of which is cut off by an error."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(Path("signs.npz"), lambda _: _two_signs())
        self._error = error

    def __iter__(self) -> Iterator[Frame]:
        yield from islice(super().__iter__(), 80)
        raise self._error


def _two_signs() -> KeypointClip:
    one = sign(rest=15, raised=30)
    times_ns = np.concatenate([one.times_ns, one.times_ns + one.times_ns[-1] + one.times_ns[1]])
    return KeypointClip(np.concatenate([one.joints, one.joints]), times_ns, one.size)


@pytest.mark.parametrize(
    ("mode", "error", "status"),
    [
        ((), UserFacingError("signs.npz breaks off."), 2),
        (("--realtime",), UserFacingError("signs.npz breaks off."), 2),
        ((), KeyboardInterrupt(), 130),
    ],
)
def test_what_was_recognised_before_an_early_end_is_exported(
    call: Call,
    model: Path,
    tmp_path: Path,
    mode: tuple[str, ...],
    error: BaseException,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transcribe, "open_file", lambda _: _EndsBadly(error))
    answer = call("transcribe", "signs.npz", "--model", model, "--json", "--export", tmp_path / "signs.json", *mode)
    assert answer.status == status
    exported = [entry["start_s"] for entry in json.loads((tmp_path / "signs.json").read_text())]
    assert exported == [record["start_s"] for record in answer.records] != []


def test_an_early_end_before_the_first_sign_leaves_an_old_transcript(
    call: Call, model: Path, recording: Path, no_video: Path
) -> None:
    out = recording.with_suffix(".srt")
    assert call("transcribe", recording, "--model", model, "--export", out).status == 0
    before = out.read_bytes()
    assert call("transcribe", no_video, "--model", model, "--export", out).status == 2
    assert out.read_bytes() == before


def leave_session(path: Path, **circumstances: object) -> Path:
    """A session of one sign, at whose middle decoding began anew."""
    clip = sign(rest=15, raised=60)
    begun = [Circumstances(from_ns=int(clip.times_ns[frame]), **circumstances) for frame in (0, 45)]  # type: ignore[arg-type]
    notes = SessionNotes(started="2026-11-21T10:00:00+00:00", source="Camera", circumstances=tuple(begun))
    save_session(path, Session(clip, notes, np.array([], np.int64)))
    return path


def test_a_session_is_decoded_anew_where_it_was_then_in_either_mode(call: Call, model: Path, tmp_path: Path) -> None:
    path = leave_session(tmp_path / "session.npz", model="tiny")
    lockstep = call("transcribe", path, "--model", model, "--json")
    real_time = call("transcribe", path, "--model", model, "--json", "--realtime")
    assert (lockstep.status, lockstep.complaints) == (0, [])
    assert len(lockstep.records) == 2
    assert lockstep.lines == real_time.lines


@pytest.mark.parametrize(
    ("pictures_s", "begins_s"),
    [((300.5, 301.0), 300.5), ((), 300.0)],
    ids=["with its video", "without one"],
)
def test_subtitles_of_a_session_count_from_the_beginning_of_its_video(
    call: Call, model: Path, tmp_path: Path, pictures_s: tuple[float, ...], begins_s: float
) -> None:
    clip = sign(rest=15, raised=30)
    late = KeypointClip(clip.joints, clip.times_ns + 300 * NANOSECONDS, clip.size)
    begun = (Circumstances(from_ns=300 * NANOSECONDS, model="tiny"),)
    notes = SessionNotes(started="2026-11-21T10:00:00+00:00", source="Camera", circumstances=begun)
    pictures_ns = np.array([round(each * NANOSECONDS) for each in pictures_s], np.int64)
    path, out = tmp_path / "session.npz", tmp_path / "signs.srt"
    save_session(path, Session(late, notes, pictures_ns))

    (record,) = call("transcribe", path, "--model", model, "--json", "--export", out).records

    assert record["start_s"] > 300
    hours, minutes, seconds = out.read_text().splitlines()[1].split(" --> ")[0].replace(",", ".").split(":")
    assert (hours, minutes) == ("00", "00")
    assert float(seconds) == pytest.approx(record["start_s"] - begins_s, abs=0.001)


def test_a_session_is_decoded_with_its_lesson_and_what_differs_is_told(
    call: Call, model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = leave_session(tmp_path / "session.npz", model="tiny", lesson=("go",))
    answer = call("transcribe", path, "--model", model, "--json")
    assert {record["gloss"] for record in answer.records} <= {"go", None}
    other = leave_session(tmp_path / "other.npz", model="large")
    answer = call("transcribe", other, "--model", model, "--json")
    assert answer.status == 0
    assert "recorded with the model large" in caplog.text


class _ReadToTheEnd(ClipSource):
    """A video that tells when it has been read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, lambda _: sign(rest=2, raised=10, rate=10.0))
        self.over = Event()

    def __iter__(self) -> Iterator[Frame]:
        for frame in super().__iter__():
            yield replace(frame, keypoints=None)
        self.over.set()


class _SlowExtractor:
    """Finds nobody, and after the first frame only when no more come."""

    def __init__(self, over: Event) -> None:
        self._over = over

    def __call__(self, frame: Frame) -> Keypoints:
        if frame.index > 0:
            self._over.wait()
        return Keypoints(np.zeros((JOINTS, 3), np.float32), frame.time_ns, (640, 480))

    def close(self) -> None:
        pass


def test_a_machine_that_cannot_keep_up_is_told_in_one_line(
    call: Call, model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    source = _ReadToTheEnd(recording)
    monkeypatch.setattr(transcribe, "open_file", lambda _: source)
    monkeypatch.setattr(transcribe, "live_extractor", lambda: _SlowExtractor(source.over))
    answer = call("transcribe", recording, "--model", model, "--realtime")
    assert answer.status == 0
    (line,) = [record.getMessage() for record in caplog.records if "keep up" in record.getMessage()]
    read, captured = map(int, re.search(r"(\d+) of (\d+) frames a second", line).groups())  # type: ignore[union-attr]
    assert 0 < read < captured


def test_a_file_that_is_over_within_a_tick_of_the_clock_is_transcribed(
    call: Call, model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribe, "time", SimpleNamespace(monotonic=lambda: 7.0))
    assert call("transcribe", recording, "--model", model, "--realtime").status == 0


def test_an_unknown_export_format_is_refused_before_the_work(call: Call, tmp_path: Path) -> None:
    answer = call("transcribe", tmp_path / "missing.mp4", "--export", tmp_path / "transcript.doc")
    assert answer.status == 2
    (complaint,) = answer.complaints
    assert ".srt" in complaint


@MODES
def test_a_file_that_is_no_video_is_one_line(call: Call, model: Path, no_video: Path, mode: tuple[str, ...]) -> None:
    answer = call("transcribe", no_video, "--model", model, *mode)
    assert answer.status == 2
    assert len(answer.complaints) == 1
    assert "text.mp4" in answer.complaints[0]


@MODES
def test_a_source_that_breaks_off_is_told(
    call: Call, model: Path, recording: Path, mode: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_broken(file: str) -> FrameSource:
        return _BreaksOff(Path(file), load_recording)

    monkeypatch.setattr(transcribe, "open_file", open_broken)
    answer = call("transcribe", recording, "--model", model, *mode)
    assert answer.status == 2
    assert answer.complaints == ["error: sign.npz breaks off."]
