"""The window's transcript: signs and commands in, lines out; saved by itself, spoken on request."""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.disk import Disk
from app.engine_words import translated
from app.latest_job import LatestJob
from app.services import Services
from app.transcript.archive import SavedTranscript, TranscriptArchive
from app.transcript.document import Line, TranscriptDocument, on_one_clock
from app.words import tr
from engine.errors import UserFacingError
from engine.export import OF_A_VIDEO, TranscriptEntry, write_transcript
from engine.types import SignEvent

log = logging.getLogger(__name__)

SAVING_S: Final = 5.0
"""How long closing waits for a disk that hangs."""


class Transcript(QObject):
    """Lives on the interface thread; files are read and written on others.

    Attributes:
        vocabulary: glosses that a correction is completed from: the model's, and those that the user has taught.
        folder: where transcripts are saved.
    """

    changed = Signal()
    """Some line, or what can be undone or restored, is not what it was."""
    notice = Signal(str)
    """One line that the user should read: something failed."""
    overcome = Signal(str)
    """The line of a notice that holds no longer."""
    left_behind = Signal(str)
    """One line: the last session crashed, and its signs can be restored."""
    done = Signal(str)
    """One line that says what was done, where nothing else shows it."""

    def __init__(self, services: Services, bridge: Bridge, disk: Disk) -> None:
        super().__init__()
        self.vocabulary: tuple[str, ...] = ()
        self._bridge = bridge
        self._disk = disk
        self._document = TranscriptDocument()
        self.folder = services.data_folder() / "transcripts"
        self._archive = TranscriptArchive(self.folder, started=datetime.now(UTC))
        self._saver = LatestJob("transcript saver")
        self._trouble: str | None = None  # what was said of a transcript that is not being saved
        self._last: SavedTranscript | None = None
        self._restored: frozenset[int] = frozenset()  # lines that were brought back from it, each time it was
        self._speaker = services.find_speaker()
        self._speaking = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, oldest first."""
        return self._document.lines

    @property
    def last_entry(self) -> TranscriptEntry | None:
        """What the newest line says; None where there is none."""
        lines = self.lines
        return lines[-1].entry if lines else None

    @property
    def run(self) -> int:
        """To which signs belong that come from now on."""
        return self._document.run

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._document.undo_name

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        return self._document.redo_name

    @property
    def restorable(self) -> int:
        """How many signs of the session before this one can be brought back; none while some of them are there."""
        there = any(line.number in self._restored for line in self.lines)
        return 0 if self._last is None or there else len(self._last.lines)

    @property
    def can_speak(self) -> bool:
        """There is a voice."""
        return self._speaker is not None

    def begin(self) -> None:
        """Look for the transcript of the session before this one, and offer it where that one crashed."""
        self._disk.do(self._archive.last, done=self._offer, failed=self.notice.emit)

    def begin_run(self) -> None:
        """Something is played anew: stream time begins at zero again."""
        self._document.begin_run()

    def begin_video(self, begins_ns: int) -> None:
        """The video of what plays begins at this stream time, if that is not 0."""
        self._document.begin_video(begins_ns)

    def hear(self, events: Sequence[SignEvent], *, runs_ago: int = 0) -> None:
        """Add signs as they are recognised, and speak the newest where that is wanted.

        Args:
            events: oldest first.
            runs_ago: how many runs have begun since that in which they were made.
        """
        if not events:
            return
        self._document.hear(events, runs_ago=runs_ago)
        self._after_a_change()
        glosses = [event.gloss for event in events if event.gloss is not None]
        if self._speaking and self._speaker is not None and glosses:
            self._speaker.say(glosses[-1])

    def correct(self, number: int, gloss: str) -> None:
        """Let a line say another gloss."""
        self._document.correct(number, gloss)
        self._after_a_change()

    def delete(self, numbers: Iterable[int]) -> None:
        """Take lines out."""
        self._document.delete(numbers)
        self._after_a_change()

    def insert(self, gloss: str, *, after: int | None) -> int:
        """Add a sign behind a line, or behind all of them; returns the number of its line."""
        number = self._document.insert(gloss, after=after)
        self._after_a_change()
        return number

    def clear(self) -> None:
        """Take all lines out; that can be undone as well."""
        self._document.clear()
        self._after_a_change()

    def undo(self) -> None:
        """Take the last edit back."""
        self._document.undo()
        self._after_a_change()

    def redo(self) -> None:
        """Do again the edit that was taken back last."""
        self._document.redo()
        self._after_a_change()

    def restore(self) -> None:
        """Bring the signs of the session before this one back, unless they are there."""
        if self._last is not None and self.restorable:
            self._restored |= self._document.restore(self._last.lines)
            self._after_a_change()

    def export(self, path: Path) -> None:
        """Write all lines in the format that the name of the file asks for; `done` tells when they are written."""
        lines = self.lines
        if path.suffix.lower() in OF_A_VIDEO:  # what is in no subtitle must not put off those after it
            lines = tuple(line for line in lines if line.entry.gloss is not None)
        entries = on_one_clock(lines)
        begins_ns = lines[0].begins_ns if lines else 0
        self._disk.do(
            lambda: write_transcript(path, entries, begins_ns=begins_ns),
            done=lambda _: self.done.emit(tr("Exported to {file}.", file=path.name)),
            failed=self.notice.emit,
        )

    def speak(self, wanted: bool) -> None:
        """Speak the signs that come from now on, or be silent."""
        self._speaking = wanted
        if self._speaker is not None and not wanted:
            self._speaker.stop()

    def close(self) -> None:
        """Save for the last time and be silent."""
        self._saver.close(SAVING_S)
        try:
            self._archive.save(self.lines, closed=True)
        except UserFacingError as error:
            log.error("The transcript was not saved. %s", error)
        self.speak(False)

    def _offer(self, last: SavedTranscript | None) -> None:
        self._last = last
        if last is not None and last.lines and not last.closed:
            message = tr("The last session ended unexpectedly: %n sign(s) can be brought back.", "", self.restorable)
            self.left_behind.emit(message)
        self.changed.emit()

    def _after_a_change(self) -> None:
        lines = self.lines
        self._saver.submit(lambda: self._save(lines))
        self.changed.emit()

    def _save(self, lines: Sequence[Line]) -> None:
        try:
            self._archive.save(lines)
        except UserFacingError as error:
            message = str(error)
            self._bridge.hand_over(lambda: self._saved(message))
        else:
            self._bridge.hand_over(lambda: self._saved(None))

    def _saved(self, failure: str | None) -> None:
        if failure is None and self._trouble is not None:
            self.overcome.emit(self._trouble)
            self._trouble = None
        elif failure is not None and self._trouble is None:  # said once, not with every sign
            self._trouble = tr("The transcript is not being saved. {why}", why=translated(failure))
            self.notice.emit(self._trouble)
