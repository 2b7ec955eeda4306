"""The transcript as a document: live signs come in, the reader edits, every edit can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.words import mark
from engine.export import TranscriptEntry, inserted_entry
from engine.types import NANOSECONDS, SignEvent

INSERTED_NS: Final = NANOSECONDS
"""How long an inserted sign is, where the next one leaves it the time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    Attributes:
        number: names the line for as long as the document lives; never used again.
        run: counts the times that something was played; the stream time of each run begins anew.
        entry: what the line says.
        begins_ns: the stream time at which the video of its run begins.
    """

    number: int
    run: int
    entry: TranscriptEntry
    begins_ns: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """What the reader did, told by the lines it touched, so that it can be undone whatever has come in since.

    Attributes:
        name: in a word or two, in English, for "Undo …".
        before, after: the touched lines by number; None where there is, or was, none.
    """

    name: str
    before: Mapping[int, Line | None]
    after: Mapping[int, Line | None]


class TranscriptDocument:
    """Lines in order of time, and the edits made to them.

    Live signs are no edits: they cannot be undone, and an edit is undone without them being touched.
    """

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._next_number = 0
        self._run = 0
        self._begins_ns: defaultdict[int, int] = defaultdict(int)
        """Stream times at which the runs' videos begin."""
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, oldest first."""
        return tuple(sorted(self._lines.values(), key=_moment))

    @property
    def run(self) -> int:
        """To which signs belong that come from now on."""
        return self._run

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        return self._undone[-1].name if self._undone else None

    def begin_run(self) -> None:
        """Let the signs that come from now on stand behind all that are there: stream time begins anew."""
        self._run += 1

    def begin_video(self, begins_ns: int) -> None:
        """The video of the present run begins at this stream time, if that is not 0."""
        self._begins_ns[self._run] = begins_ns

    def hear(self, events: Sequence[SignEvent], *, runs_ago: int = 0) -> None:
        """Add signs as they are recognised, in the present run or one that had begun before it."""
        run = self._run - runs_ago
        for event in events:
            line = self._new_line(run, TranscriptEntry(event), self._begins_ns[run])
            self._lines[line.number] = line

    def correct(self, number: int, gloss: str) -> None:
        """Let a line say another gloss; the recogniser's own takes the correction back.

        Raises:
            KeyError: there is no such line.
        """
        line = self._lines[number]
        correction = None if gloss == line.entry.event.gloss else gloss
        self._do(mark("correction"), {number: replace(line, entry=replace(line.entry, correction=correction))})

    def delete(self, numbers: Iterable[int]) -> None:
        """Take lines out; those that are not there are none."""
        self._do(mark("deletion"), {number: None for number in numbers if number in self._lines})

    def insert(self, gloss: str, *, after: int | None) -> int:
        """Add a sign that was missed behind a line, or behind all of them; returns its number."""
        lines = self.lines
        place = next((place for place, line in enumerate(lines) if line.number == after), len(lines) - 1)
        former = lines[place] if lines else None
        latter = lines[place + 1] if place + 1 < len(lines) else None
        run, begins_ns = (self._run, self._begins_ns[self._run]) if former is None else (former.run, former.begins_ns)
        start_ns, end_ns = (begins_ns, begins_ns + INSERTED_NS) if former is None else _room(former, latter)
        line = self._new_line(run, inserted_entry(gloss, start_ns=start_ns, end_ns=end_ns), begins_ns)
        self._do(mark("insertion"), {line.number: line})
        return line.number

    def clear(self) -> None:
        """Take all lines out."""
        self._do(mark("clearing"), dict.fromkeys(self._lines))

    def restore(self, lines: Sequence[Line]) -> frozenset[int]:
        """Put the lines of an earlier document in front of all that are there; returns the numbers they have here."""
        if not lines:
            return frozenset()
        first_run = min((line.run for line in self._lines.values()), default=self._run)
        shift = min(first_run, self._run) - 1 - max(line.run for line in lines)
        made = [self._new_line(line.run + shift, line.entry, line.begins_ns) for line in lines]
        self._do(mark("restoring"), {line.number: line for line in made})
        return frozenset(line.number for line in made)

    def undo(self) -> None:
        """Take the last edit back, if there is one."""
        if self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            self._put(edit.before)

    def redo(self) -> None:
        """Do again the edit that was taken back last, if there is one."""
        if self._undone:
            edit = self._undone.pop()
            self._done.append(edit)
            self._put(edit.after)

    def _new_line(self, run: int, entry: TranscriptEntry, begins_ns: int) -> Line:
        self._next_number += 1
        return Line(self._next_number, run, entry, begins_ns)

    def _do(self, name: str, after: Mapping[int, Line | None]) -> None:
        before = {number: self._lines.get(number) for number in after}
        if before == after:
            return
        self._done.append(Edit(name, before, after))
        self._undone.clear()
        self._put(after)

    def _put(self, lines: Mapping[int, Line | None]) -> None:
        for number, line in lines.items():
            if line is None:
                self._lines.pop(number, None)
            else:
                self._lines[number] = line


def on_one_clock(lines: Sequence[Line]) -> tuple[TranscriptEntry, ...]:
    """Return the entries of successive lines for an export, which knows one clock only.

    The first run keeps its stream time, so that subtitles fit its video; the video of each further one begins where
    the last sign of the one before it has ended, since nobody knows how long a camera was watched after that.
    """
    entries: list[TranscriptEntry] = []
    shift_ns = end_ns = 0
    for place, line in enumerate(lines):
        if place and line.run != lines[place - 1].run:
            shift_ns = end_ns - line.begins_ns
        entry = line.entry.moved(shift_ns)
        end_ns = max(end_ns, entry.event.end_ns)
        entries.append(entry)
    return tuple(entries)


def _moment(line: Line) -> tuple[int, int, int]:
    return line.run, line.entry.event.start_ns, line.number


def _room(former: Line, latter: Line | None) -> tuple[int, int]:
    """Return start and end, in stream time, of a sign between two lines."""
    event = former.entry.event
    start_ns = event.end_ns
    if latter is None or latter.run != former.run:
        return start_ns, start_ns + INSERTED_NS
    next_ns = latter.entry.event.start_ns
    if start_ns >= next_ns:  # no gap between the two: it begins half-way
        start_ns = (event.start_ns + next_ns) // 2
    return start_ns, min(start_ns + INSERTED_NS, max(next_ns, start_ns + 1))
