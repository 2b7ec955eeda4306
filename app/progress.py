"""How well the user knows each sign, by the rounds so far: kept on disk with every answer.

The file is made of lines, each a JSON table: the first one tells format and version, each further one holds a gloss and
its last rounds, oldest first. Damage to a line loses that line alone.
"""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.disk import Disk
from app.engine_words import reason, translated
from app.practice_round import MOST_POINTS, Outcome
from app.words import tr
from app.work_lock import alone_with
from engine.errors import UserFacingError
from engine.files import atomic_write

FILE_NAME: Final = "practice.jsonl"
DAMAGED_NAME: Final = "practice.damaged.jsonl"
FORMAT: Final = "masa-live practice"
VERSION: Final = 1
KEPT: Final = 10
"""Rounds of a sign; older ones say little of what is known today."""
JUDGED: Final = 3
"""The last rounds, by which it is told how well a sign is known."""


@dataclass(frozen=True, slots=True)
class Practised:
    """A sign in one round."""

    day: date
    outcome: Outcome


Record = Mapping[str, tuple[Practised, ...]]
"""By gloss, the last rounds in which it was asked for, oldest first."""


class ProgressStore(QObject):
    """Lives on the interface thread; every change is written at once by another one.

    Another window may write the same file: a change is made in what the file holds, which others have added to.
    """

    changed = Signal()
    """A sign has been practised, or the record has been cleared or brought back."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, data_folder: Path, disk: Disk) -> None:
        """Keep the record in the user's folder; call `load` once somebody listens to `notice`."""
        super().__init__()
        self._disk = disk
        self._path = data_folder / FILE_NAME
        self._record: Record = {}
        self._cleared: Record = {}
        self._cleared_on_disk: Record = {}

    @property
    def path(self) -> Path:
        """Of the file."""
        return self._path

    @property
    def record(self) -> Record:
        """The signs that have been practised, in alphabetical order."""
        return {gloss: self._record[gloss] for gloss in sorted(self._record)}

    @property
    def can_undo(self) -> bool:
        """The record has been cleared and can be brought back."""
        return bool(self._cleared)

    def load(self) -> None:
        """Read the file, if there is one; what cannot be used is told and kept beside it."""
        try:
            content = self._path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self.notice.emit(tr("The record of your practice cannot be read: {why}.", why=reason(error)))
            return
        self._record, lost = from_lines(content.decode(errors="replace"))
        if lost:
            self._keep_damaged(content, lost)
        self.changed.emit()

    def add(self, gloss: str, outcome: Outcome, *, day: date | None = None) -> None:
        """Note how a sign went, today unless another day is given."""
        round_of_it = {gloss: (Practised(day or date.today(), outcome),)}
        self._change(_joined(self._record, round_of_it), lambda: self._add_to_file(round_of_it))

    def rename(self, gloss: str, new_gloss: str) -> None:
        """Keep what is known of a sign under the name that it has now."""
        self._cleared = _renamed(self._cleared, gloss, new_gloss)
        self._change(_renamed(self._record, gloss, new_gloss), lambda: self._rename_in_file(gloss, new_gloss))

    def clear(self) -> None:
        """Forget all signs; until the window is closed they can be brought back."""
        if self._record:
            self._cleared = self._record
            self._change({}, self._clear_file)

    def undo(self) -> None:
        """Bring back what was cleared, before what has been practised since."""
        cleared, self._cleared = self._cleared, {}
        self._change(_joined(cleared, self._record), self._restore_file)

    def choose(self, glosses: Iterable[str], count: int, dice: random.Random) -> tuple[str, ...]:
        """Return signs to practise in no order: those that are known least, drawn by lot where many are alike.

        Args:
            glosses: to choose from.
            count: how many at most.
            dice: decides between signs that are known equally well.
        """
        shuffled = sorted(glosses)
        dice.shuffle(shuffled)
        chosen = sorted(shuffled, key=lambda gloss: known_share(self._record.get(gloss, ())))[:count]
        dice.shuffle(chosen)
        return tuple(chosen)

    def _change(self, record: Record, in_the_file: Callable[[], None]) -> None:
        """Change what is known here, and soon, by the disk's thread, what the file holds."""

        def undisturbed() -> None:
            with alone_with(self._path):
                in_the_file()

        self._record = record
        self._disk.do(undisturbed, failed=self._tell_failure)
        self.changed.emit()

    def _add_to_file(self, rounds: Record) -> None:
        self._write(_joined(self._read(), rounds))

    def _rename_in_file(self, gloss: str, new_gloss: str) -> None:
        self._cleared_on_disk = _renamed(self._cleared_on_disk, gloss, new_gloss)
        before = self._read()
        if gloss in before:
            self._write(_renamed(before, gloss, new_gloss))

    def _clear_file(self) -> None:
        kept = self._read()
        self._write({})
        self._cleared_on_disk = kept

    def _restore_file(self) -> None:
        self._write(_joined(self._cleared_on_disk, self._read()))
        self._cleared_on_disk = {}

    def _read(self) -> Record:
        """Return what the file holds; nothing is written over what cannot be used and is not kept elsewhere."""
        try:
            content = self._path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise UserFacingError(f"{reason(error)}.") from error
        record, lost = from_lines(content.decode(errors="replace"))
        if lost:
            atomic_write(self._path.with_name(DAMAGED_NAME), content)
        return record

    def _write(self, record: Record) -> None:
        atomic_write(self._path, to_lines(record))

    def _tell_failure(self, message: str) -> None:
        why = translated(message)
        self.notice.emit(tr("What you practise holds until the window is closed, but cannot be kept: {why}", why=why))

    def _keep_damaged(self, content: bytes, lost: int) -> None:
        beside = self._path.with_name(DAMAGED_NAME)
        try:
            atomic_write(beside, content)
        except UserFacingError as error:
            why = translated(str(error))
            self.notice.emit(tr("%n line(s) of the record of your practice cannot be used. {why}", "", lost, why=why))
        else:
            self.notice.emit(
                tr(
                    "%n line(s) of the record of your practice cannot be used; the whole file is kept as {file}.",
                    "",
                    lost,
                    file=beside,
                )
            )


def _joined(earlier: Record, later: Record) -> Record:
    """Return the last rounds of all signs of two records."""
    return {gloss: (*earlier.get(gloss, ()), *later.get(gloss, ()))[-KEPT:] for gloss in sorted({*earlier, *later})}


def _renamed(record: Record, gloss: str, new_gloss: str) -> Record:
    """Return a record in which a sign has another name."""
    others = {each: rounds for each, rounds in record.items() if each != gloss}
    return _joined(others, {new_gloss: record[gloss]}) if gloss in record else record


def known_share(rounds: tuple[Practised, ...]) -> float:
    """Return how well a sign is known by its last rounds, 0..1; a sign that was never asked for is not known.

    One right answer does not make a sign known for good: what is missing of `JUDGED` rounds counts as nothing.
    """
    return sum(practised.outcome.points for practised in rounds[-JUDGED:]) / (JUDGED * MOST_POINTS)


def to_lines(record: Record) -> str:
    """Return the text of a file."""
    tables: list[dict[str, Any]] = [{"format": FORMAT, "version": VERSION}]
    for gloss in sorted(record):
        rounds = [[practised.day.isoformat(), practised.outcome.value] for practised in record[gloss]]
        tables.append({"gloss": gloss, "rounds": rounds})
    return "".join(json.dumps(table, ensure_ascii=False) + "\n" for table in tables)


def from_lines(text: str) -> tuple[dict[str, tuple[Practised, ...]], int]:
    """Read a file, however damaged it is.

    Returns:
        What could be read, and how many lines could not. A newer version is not read: it may mean something else.
    """
    record: dict[str, tuple[Practised, ...]] = {}
    lost = 0
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        try:
            table = json.loads(line)
            if "format" in table:
                if (table["format"], table["version"]) != (FORMAT, VERSION):
                    return {}, len(lines)
            else:
                gloss, rounds = _entry(table)
                record[gloss] = rounds
        except (ValueError, TypeError, KeyError, RecursionError):
            lost += 1
    return record, lost


def _entry(table: Any) -> tuple[str, tuple[Practised, ...]]:
    """Read one line; raises where it is none."""
    rounds = tuple(Practised(date.fromisoformat(day), Outcome(outcome)) for day, outcome in table["rounds"])
    gloss = table["gloss"]
    if not (isinstance(gloss, str) and gloss.strip() and rounds):
        raise ValueError("no gloss, or no round")
    gloss.encode()  # half a character cannot be written again
    return gloss, rounds[-KEPT:]
