"""The sign that is being taught, kept on disk with every take: closing the window or a crash loses none of them.

Each window has a file of its own, held by a lock as long as the window runs.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal

from app.disk import Disk
from app.engine_words import reason, translated
from app.words import tr
from app.work_lock import taken_lock
from engine.errors import UserFacingError
from engine.sources.npz import read_arrays
from engine.sources.personal_signs import WHAT, PersonalSign, export_signs, import_signs, valid_name
from engine.types import KeypointClip

PATTERN: Final = "sign-being-taught*.npz"
DAMAGED: Final = "damaged-"
"""Before the name of what cannot be read."""
NAMELESS: Final = "unnamed"
"""Stands for a name that is not typed yet, or cannot be kept."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """What there is of a sign.

    Attributes:
        path: where it is kept.
        sign: its good takes so far.
        retake: they are other takes of one of the user's signs, which has this name.
    """

    path: Path
    sign: PersonalSign
    retake: bool


class Draft(QObject):
    """Lives on the interface thread; the disk reads and writes."""

    notice = Signal(str)
    """One line that the user should read: something failed."""
    left_behind = Signal(str)
    """One line: the session before this one ended while a sign was being taught."""

    def __init__(self, data_folder: Path, disk: Disk) -> None:
        super().__init__()
        self._folder = data_folder
        self._path = data_folder / PATTERN.replace("*", f"-{secrets.token_hex(4)}")
        self._locks: dict[Path, QLockFile | None] = {}
        self._disk = disk
        self._begun: _Begun | None = None
        self._left: _Begun | None = None
        """By another window, until somebody goes on with it."""

    @property
    def name(self) -> str:
        """Of the sign; "" where it has none, or there is no sign."""
        begun = self._begun or self._left
        return "" if begun is None or begun.sign.name == NAMELESS else begun.sign.name

    @property
    def takes(self) -> tuple[KeypointClip, ...]:
        """The good ones so far."""
        begun = self._begun or self._left
        return () if begun is None else begun.sign.takes

    @property
    def retake(self) -> bool:
        """They are other takes of one of the user's signs."""
        begun = self._begun or self._left
        return begun is not None and begun.retake

    def load(self) -> None:
        """Read what a window that runs no more has left, if anything."""
        self._disk.do(self._read, done=self._take_in, failed=self.notice.emit)

    def go_on(self) -> None:
        """Go on with what another window has left, unless this one has begun a sign: no take is thrown away unseen."""
        if self._begun is None and self._left is not None:
            self._path = self._left.path
            self._begun, self._left = self._left, None

    def keep(self, typed: str, takes: Sequence[KeypointClip], *, retake: bool) -> None:
        """Keep these takes instead of those before; none forgets the sign."""
        if not takes:
            self.forget()
            return
        begun = self._begun = _Begun(self._path, PersonalSign(_kept_name(typed), tuple(takes)), retake)
        self._disk.do(lambda: self._write(begun), failed=self.notice.emit)

    def forget(self) -> None:
        """The sign is kept among the others, or given up."""
        path, self._begun = self._path, None
        self._disk.do(lambda: _delete(path), failed=self.notice.emit)

    def close(self) -> None:
        """Leave the sign to the next window, once the disk has done all it was asked for."""
        for lock in self._locks.values():
            if lock is not None:
                lock.unlock()

    def _read(self) -> _Begun | None:
        """Find the first file that no running window holds."""
        for path in sorted(self._folder.glob(PATTERN)):
            lock = taken_lock(path)
            if lock is not None:
                self._locks[path] = lock
                return _read(path)
        return None

    def _write(self, begun: _Begun) -> None:
        if begun.path not in self._locks:
            self._locks[begun.path] = taken_lock(begun.path)
        export_signs(begun.path, (begun.sign,), retake=begun.retake)

    def _take_in(self, left: _Begun | None) -> None:
        self._left = left
        if left is not None:
            self.left_behind.emit(tr("A sign that you were teaching is not lost: go on with it in Vocabulary."))


def _read(path: Path) -> _Begun:
    try:
        return _Begun(path, import_signs(path)[0], bool(read_arrays(path, "retake", what=WHAT)["retake"].all()))
    except UserFacingError as error:
        kept = tr("The file as it was is kept as {file}.", file=_set_aside(path))
        raise UserFacingError(f"{translated(str(error))} {kept}") from error


def _set_aside(path: Path) -> Path:
    """Let no window read the file again; its takes may be all right, for a disk that is or a newer version."""
    aside = path.with_name(f"{DAMAGED}{path.name}")
    try:
        return path.rename(aside)
    except OSError:
        return path


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        why = reason(error)
        raise UserFacingError(tr("Takes that are not wanted any more cannot be deleted: {why}.", why=why)) from error


def _kept_name(typed: str) -> str:
    try:
        return valid_name(typed)
    except UserFacingError:
        return NAMELESS
