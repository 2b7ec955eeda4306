"""The sign that is being taught, kept on disk with every take: closing the window or a crash loses none of them.

Each window has a file of its own, held by a lock as long as the window runs.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal

from app.disk import Disk
from app.words import tr
from app.work_lock import taken_lock
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalSign, export_signs, import_signs, valid_name
from engine.types import KeypointClip

PATTERN: Final = "sign-being-taught*.npz"
NAMELESS: Final = "unnamed"
"""Stands for a name that is not typed yet, or cannot be kept."""


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
        self._lock: QLockFile | None = None
        self._disk = disk
        self._sign: PersonalSign | None = None

    @property
    def name(self) -> str:
        """Of the sign; "" where it has none, or there is no sign."""
        return "" if self._sign is None or self._sign.name == NAMELESS else self._sign.name

    @property
    def takes(self) -> tuple[KeypointClip, ...]:
        """The good ones so far."""
        return () if self._sign is None else self._sign.takes

    def load(self) -> None:
        """Read what a window that runs no more has left, if anything."""
        self._disk.do(self._read, done=self._take_in, failed=self.notice.emit)

    def keep(self, typed: str, takes: Sequence[KeypointClip]) -> None:
        """Keep these takes instead of those before; none forgets the sign."""
        if not takes:
            self.forget()
            return
        sign = self._sign = PersonalSign(_kept_name(typed), tuple(takes))
        self._disk.do(lambda: self._write(sign), failed=self.notice.emit)

    def forget(self) -> None:
        """The sign is kept among the others, or given up."""
        self._sign = None
        self._disk.do(lambda: self._path.unlink(missing_ok=True), failed=self.notice.emit)

    def close(self) -> None:
        """Leave the sign to the next window, once the disk has done all it was asked for."""
        if self._lock is not None:
            self._lock.unlock()

    def _read(self) -> PersonalSign | None:
        """Go on with the first file that no running window holds."""
        for path in sorted(self._folder.glob(PATTERN)):
            lock = taken_lock(path)
            if lock is not None:
                self._path, self._lock = path, lock
                return self._read_own()
        return None

    def _read_own(self) -> PersonalSign:
        try:
            return import_signs(self._path)[0]
        except UserFacingError:
            self._path.unlink(missing_ok=True)  # of no use to anybody
            raise

    def _write(self, sign: PersonalSign) -> None:
        if self._lock is None:
            with suppress(OSError):  # where no folder can be made, writing says why
                self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = taken_lock(self._path)
        export_signs(self._path, (sign,))

    def _take_in(self, sign: PersonalSign | None) -> None:
        if sign is not None and self._sign is None:
            self._sign = sign
            self.left_behind.emit(tr("A sign that you were teaching is not lost: go on with it in Vocabulary."))


def _kept_name(typed: str) -> str:
    try:
        return valid_name(typed)
    except UserFacingError:
        return NAMELESS
