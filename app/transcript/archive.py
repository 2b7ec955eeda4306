"""Transcripts on disk, one file a session, so that neither a crash nor a slip of the hand loses one."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QLockFile

from app.engine_words import reason
from app.transcript.document import Line
from app.words import tr
from app.work_lock import is_being_written, lock_of, taken_lock
from engine.errors import UserFacingError
from engine.export import TranscriptEntry
from engine.files import atomic_write
from engine.types import Candidate, SignEvent

FORMAT: Final = 1
KEPT: Final = 5
"""Transcripts of so many sessions stay on disk."""
PATTERN: Final = "transcript-*.json"

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SavedTranscript:
    """A transcript of an earlier session.

    Attributes:
        lines: in order of time; their numbers mean nothing to another document.
        closed: the session ended as it should; False after a crash.
    """

    lines: tuple[Line, ...]
    closed: bool


class TranscriptArchive:
    """The transcripts of the last sessions, in one folder; the present session writes a file of its own.

    Several sessions may run at once, each in a process of its own. A lock beside its transcript tells that a session
    still runs; one that a dead process has left behind does not count. What a crash has left belongs to the session
    that it was offered to first, as long as that one runs.
    """

    def __init__(self, folder: Path, *, started: datetime) -> None:
        """Look into a folder, which need not be there; `started`, in UTC, names and orders the sessions."""
        self._former = sorted(folder.glob(PATTERN))
        self._path = folder / f"transcript-{started:%Y%m%d-%H%M%S-%f}.json"
        self._lock = lock_of(self._path)
        self._offered: QLockFile | None = None

    def last(self) -> SavedTranscript | None:
        """Read the transcript of the newest session that began before this one and runs no more; None without one.

        Raises:
            UserFacingError: it cannot be read.
        """
        for path in reversed(self._former):
            lock = taken_lock(path)
            if lock is not None:
                found = read_transcript(path)
                self._offered = None if found.closed else lock
                return found
        return None

    def save(self, lines: Sequence[Line], *, closed: bool = False) -> None:
        """Write the present transcript, whole or not at all; an empty one only over one that is there.

        May be called on any thread, one call at a time.

        Raises:
            UserFacingError: it cannot be written.
        """
        if lines or self._path.exists():
            atomic_write(self._path, to_json(SavedTranscript(tuple(lines), closed)))
            if not closed and not self._lock.isLocked():
                self._lock.tryLock(0)
            self._forget_the_oldest()
        if closed:
            for lock in filter(None, (self._lock, self._offered)):
                lock.unlock()

    def _forget_the_oldest(self) -> None:
        while len(self._former) >= KEPT:
            oldest = self._former.pop(0)
            if is_being_written(oldest):
                continue
            try:
                oldest.unlink(missing_ok=True)
            except OSError as error:
                log.warning("Cannot delete the old transcript %s: %s", oldest, error)


def to_json(transcript: SavedTranscript) -> str:
    """Write a transcript with all that `read_transcript` needs."""
    lines = [
        {
            "run": line.run,
            "begins_ns": line.begins_ns,
            "correction": line.entry.correction,
            "inserted": line.entry.inserted,
            "gloss": line.entry.event.gloss,
            "probability": line.entry.event.probability,
            "start_ns": line.entry.event.start_ns,
            "end_ns": line.entry.event.end_ns,
            "emitted_ns": line.entry.event.emitted_ns,
            "candidates": [[one.gloss, one.probability] for one in line.entry.event.candidates],
        }
        for line in transcript.lines
    ]
    return json.dumps({"format": FORMAT, "closed": transcript.closed, "lines": lines}, ensure_ascii=False)


def read_transcript(path: Path) -> SavedTranscript:
    """Read what `to_json` wrote.

    Raises:
        UserFacingError: the file cannot be read, or is damaged.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"its format is {content['format']!r}, not {FORMAT}")
        lines = tuple(_line(number, record) for number, record in enumerate(content["lines"]))
        return SavedTranscript(lines, closed=content["closed"] is True)
    except OSError as error:
        why = reason(error)
        raise UserFacingError(tr("Cannot read the last transcript {path}: {why}.", path=path, why=why)) from error
    except (ValueError, KeyError, TypeError) as error:
        why = f"{type(error).__name__}: {error}"
        message = tr("The last transcript {path} is damaged and cannot be restored: {why}.", path=path, why=why)
        raise UserFacingError(message) from error


def _line(number: int, record: Mapping[str, object]) -> Line:
    candidates = tuple(
        Candidate(_typed(gloss, str), _probability(probability))
        for gloss, probability in _typed(record["candidates"], list)
    )
    event = SignEvent(
        gloss=_text(record["gloss"]),
        probability=_probability(record["probability"]),
        start_ns=_typed(record["start_ns"], int),
        end_ns=_typed(record["end_ns"], int),
        emitted_ns=_typed(record["emitted_ns"], int),
        candidates=candidates,
    )
    entry = TranscriptEntry(event, _text(record["correction"]), inserted=_typed(record["inserted"], bool))
    # Transcripts that were saved before do not tell when their video begins.
    begins_ns = _typed(record.get("begins_ns", 0), int)
    return Line(number, _typed(record["run"], int), entry, begins_ns)


def _text(value: object) -> str | None:
    return None if value is None else _typed(value, str)


def _probability(value: object) -> float:
    probability = float(value) if type(value) is int else _typed(value, float)
    if not 0 <= probability <= 1:
        raise ValueError(f"{probability} is no probability")
    return probability


def _typed(value: object, kind: type[T]) -> T:
    # Exactly that type: to Python, true is an integer.
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not of type {kind.__name__}")
    return value
