import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.transcript.archive import KEPT, SavedTranscript, TranscriptArchive, read_transcript, to_json
from app.transcript.document import Line
from engine.errors import UserFacingError
from engine.export import TranscriptEntry
from engine.types import Candidate, SignEvent
from tests.app.scripted import sign_event

ROOT = Path(__file__).parents[3]
START = datetime(2026, 5, 1, 12)
LINES = (
    Line(0, 0, TranscriptEntry(sign_event("eat", start_s=1), "drink")),
    Line(1, 2, TranscriptEntry(sign_event(None, start_s=0)), begins_ns=-7),
)

times = st.integers(0, 10**15)
glosses = st.none() | st.text(st.characters(exclude_categories=["Cs"]))
probabilities = st.floats(0, 1)
events = st.builds(
    SignEvent,
    glosses,
    probabilities,
    times,
    times,
    times,
    st.lists(st.builds(Candidate, st.text(st.characters(exclude_categories=["Cs"])), probabilities)).map(tuple),
)
entries = st.builds(TranscriptEntry, events, glosses, st.booleans())
transcripts = st.lists(st.tuples(st.integers(-5, 5), entries), max_size=5).map(
    lambda parts: tuple(Line(number, run, entry) for number, (run, entry) in enumerate(parts))
)


def session(folder: Path, number: int) -> TranscriptArchive:
    return TranscriptArchive(folder, started=START + timedelta(seconds=number))


@given(transcripts, st.booleans())
def test_what_is_saved_is_read_back_to_the_last_digit(
    tmp_path_factory: pytest.TempPathFactory, lines: tuple[Line, ...], closed: bool
) -> None:
    path = tmp_path_factory.mktemp("archive") / "transcript.json"
    path.write_text(to_json(SavedTranscript(lines, closed)), encoding="utf-8")

    assert read_transcript(path) == SavedTranscript(lines, closed)


def test_a_transcript_that_was_saved_before_videos_had_a_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "transcript.json"
    saved = to_json(SavedTranscript(LINES, closed=True))
    path.write_text(saved.replace('"begins_ns": 0, ', "").replace('"begins_ns": -7, ', ""), encoding="utf-8")

    assert [line.begins_ns for line in read_transcript(path).lines] == [0, 0]


def test_a_session_finds_the_transcript_of_the_one_before(tmp_path: Path) -> None:
    first = session(tmp_path / "new", 1)
    assert first.last() is None
    first.save(LINES[:1])
    first.save(LINES)

    first.save(LINES, closed=True)
    assert session(tmp_path / "new", 2).last() == SavedTranscript(LINES, closed=True)


def test_a_session_that_still_runs_has_left_nothing_behind(tmp_path: Path) -> None:
    session(tmp_path, 1).save(LINES[:1], closed=True)
    running = session(tmp_path, 2)
    running.save(LINES)

    assert session(tmp_path, 3).last() == SavedTranscript(LINES[:1], closed=True)

    for number in range(3, KEPT + 5):
        session(tmp_path, number).save(LINES, closed=True)
    running.save(LINES, closed=True)
    assert SavedTranscript(LINES, closed=True) in map(read_transcript, tmp_path.glob("*-120002-*.json"))


def test_only_the_transcript_of_a_process_that_has_died_is_one_of_a_crash(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from tests.app.transcript.test_archive import LINES, session; import os, sys; "
        "archive = session(Path(sys.argv[1]), 1); archive.save(LINES); print('saved', flush=True); "
        "sys.stdin.read(); os._exit(1)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "saved\n"
        assert session(tmp_path, 2).last() is None
        other.communicate()

    assert other.returncode == 1
    assert session(tmp_path, 2).last() == SavedTranscript(LINES, closed=False)


def test_a_session_without_signs_leaves_the_transcript_before_it_to_the_next_one(tmp_path: Path) -> None:
    session(tmp_path, 1).save(LINES, closed=True)
    session(tmp_path, 2).save((), closed=True)

    last = session(tmp_path, 3).last()

    assert last is not None
    assert last.lines == LINES


def test_a_transcript_that_was_cleared_stays_cleared(tmp_path: Path) -> None:
    archive = session(tmp_path, 1)
    archive.save(LINES)
    archive.save((), closed=True)

    last = session(tmp_path, 2).last()

    assert last is not None
    assert last.lines == ()


def test_the_transcripts_of_the_last_few_sessions_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        archive = session(tmp_path, number)
        archive.save(LINES)
        archive.save(LINES, closed=True)

    assert len(list(tmp_path.iterdir())) == KEPT


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "closed": true, "lines": []}',
        '{"format": 1, "closed": true, "lines": [{"run": 0}]}',
        '{"format": 1, "closed": true, "lines": 3}',
        to_json(SavedTranscript(LINES, True)).replace('"drink"', "3"),
        to_json(SavedTranscript(LINES, True)).replace("-7", "null"),
        to_json(SavedTranscript(LINES, True)).replace('"probability": 0.9', '"probability": 7'),
        to_json(SavedTranscript(LINES, True)).replace('"inserted": false', '"inserted": 0'),
        "\udc80",
    ],
)
def test_a_damaged_file_is_refused_with_one_line(tmp_path: Path, content: str) -> None:
    session(tmp_path, 1).save(LINES, closed=True)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(UserFacingError, match="damaged") as caught:
        session(tmp_path, 2).last()

    assert "\n" not in str(caught.value)
