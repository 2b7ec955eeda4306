"""Lessons: named parts of a vocabulary, each a text file with a gloss a line that can be edited and passed on."""

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.engine_words import reason
from app.words import tr
from engine.errors import UserFacingError
from engine.files import atomic_write
from engine.names import is_made_as

SUFFIX: Final = ".txt"
LONGEST_NAME: Final = 60
_NAME: Final = re.compile(r"\w[\w ()+-]*")


class LessonStore(QObject):
    """The lessons in a folder, which need not exist."""

    changed = Signal(str)
    """There is another lesson, one less, or one holds other glosses; its name."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._former: tuple[str, bytes] | None = None

    @property
    def former(self) -> str | None:
        """The lesson that was deleted or replaced last, if it can be brought back."""
        return None if self._former is None else self._former[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Of all lessons, in alphabetical order."""
        return tuple(sorted(path.stem for path in self._folder.glob(f"*{SUFFIX}")))

    def glosses(self, name: str) -> frozenset[str]:
        """Return the glosses of a lesson.

        Raises:
            UserFacingError: there is no such lesson, or it holds no gloss.
        """
        try:
            content = self._listed(name).read_bytes()
        except OSError as error:
            raise UserFacingError(
                tr("The lesson {name} cannot be read: {why}.", name=name, why=reason(error))
            ) from error
        glosses = _glosses(content)
        if not glosses:
            raise UserFacingError(tr("The lesson {name} holds no sign. Choose some and save it again.", name=name))
        return glosses

    def save(self, name: str, glosses: Iterable[str]) -> None:
        """Write a lesson, instead of any of the same name, which can be brought back.

        Raises:
            UserFacingError: the name cannot be that of a file, there is no gloss, or the file cannot be written.
        """
        content = _content_of(glosses)
        if not content:
            raise UserFacingError(tr("A lesson needs at least one sign: tick some in the list."))
        if not is_made_as(_NAME, name) or len(name) > LONGEST_NAME:
            raise UserFacingError(
                tr(
                    "A lesson's name is made of letters, digits, spaces, ( ) + - and _, at most {most} of them.",
                    most=LONGEST_NAME,
                )
            )
        self._write(name, content)

    def rename_sign(self, gloss: str, new_gloss: str) -> None:
        """Let every lesson that holds a sign, the former one too, hold it under the name that it has now.

        Raises:
            UserFacingError: a file cannot be written.
        """
        if self._former is not None:
            name, content = self._former
            self._former = name, _renamed(content, gloss, new_gloss)
        for name in self.names:
            before = self._content(name) or b""
            now = _renamed(before, gloss, new_gloss)
            if now != before:
                atomic_write(self._path(name), now)

    def delete(self, name: str) -> None:
        """Remove a lesson, which can be brought back.

        Raises:
            UserFacingError: the file cannot be removed.
        """
        try:
            path = self._listed(name)
            content = path.read_bytes()
            path.unlink()
        except OSError as error:
            raise UserFacingError(
                tr("The lesson {name} cannot be deleted: {why}.", name=name, why=reason(error))
            ) from error
        self._former = name, content
        self.changed.emit(name)

    def bring_back(self) -> str:
        """Write the `former` lesson again, as it was; returns its name. What it replaces can be brought back in turn.

        Raises:
            UserFacingError: the file cannot be written.
        """
        assert self._former is not None
        name, content = self._former
        self._write(name, content)
        return name

    def _write(self, name: str, content: bytes) -> None:
        """Write a lesson, and keep what was there, if anything."""
        replaced = self._content(name)
        atomic_write(self._path(name), content)
        if replaced is None:
            self._former = None if name == self.former else self._former
        elif replaced != content:
            self._former = name, replaced
        self.changed.emit(name)

    def _content(self, name: str) -> bytes | None:
        """Return what a lesson holds; None where there is none, or it cannot be read."""
        try:
            return self._path(name).read_bytes()
        except OSError:
            return None

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _listed(self, name: str) -> Path:
        """Return the file of a lesson that is there; others may have called theirs what nobody could save here.

        Raises:
            FileNotFoundError: there is none.
        """
        if name not in self.names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return self._path(name)


def with_new_name(glosses: Iterable[str], gloss: str, new_gloss: str) -> frozenset[str]:
    """Return the same signs, one of which has another name now."""
    return frozenset(new_gloss if each == gloss else each for each in glosses)


def _renamed(content: bytes, gloss: str, new_gloss: str) -> bytes:
    """Return what a lesson's file holds once a sign has another name; the same if it does not hold that sign."""
    glosses = _glosses(content)
    return _content_of(with_new_name(glosses, gloss, new_gloss)) if gloss in glosses else content


def _glosses(content: bytes) -> frozenset[str]:
    """Return the glosses in a lesson's file."""
    text = content.decode("utf-8-sig", errors="replace")
    return frozenset(line.strip().lower() for line in text.splitlines()) - {""}


def _content_of(glosses: Iterable[str]) -> bytes:
    """Return what a lesson's file holds of these glosses."""
    return "".join(f"{gloss}\n" for gloss in sorted(glosses)).encode()
