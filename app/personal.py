"""The signs that the user has taught: kept on disk with every change, and the last change can be undone."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.sources.personal_signs import PersonalFolder, PersonalSign, export_signs, import_signs, valid_name

FOLDER: Final = "personal-signs"


class PersonalSigns(QObject):
    """Lives on the interface thread.

    Attributes:
        folder: where the signs are kept.
    """

    changed = Signal()
    """There is another sign, one less, or one has another name or other takes."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, data_folder: Path) -> None:
        """Keep signs in the user's folder; call `load` once somebody listens to `notice`."""
        super().__init__()
        self.folder = data_folder / FOLDER
        self._kept = PersonalFolder(self.folder)
        self._signs: dict[str, PersonalSign] = {}
        self._undo: Callable[[], None] | None = None

    @property
    def signs(self) -> tuple[PersonalSign, ...]:
        """In alphabetical order."""
        return tuple(self._signs[name] for name in sorted(self._signs))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._signs))

    @property
    def can_undo(self) -> bool:
        """A deletion, a renaming, a retake or an import can be taken back."""
        return self._undo is not None

    def load(self) -> None:
        """Read the folder; what is damaged is told."""
        found = self._kept.load()
        self._signs = {sign.name: sign for sign in found.signs}
        for problem in found.problems:
            self.notice.emit(problem)
        self.changed.emit()

    def sign(self, name: str) -> PersonalSign:
        """Return the sign of a name that is in `names`."""
        return self._signs[name]

    def put(self, sign: PersonalSign) -> None:
        """Keep a sign, instead of any of the same name.

        Raises:
            UserFacingError: it cannot be written, or another window has taught a sign of this name meanwhile; either
                way nothing that is kept has changed.
        """
        before = self._signs.get(sign.name)
        if before is None:
            self._look_again()
            valid_name(sign.name, taken=self._signs)
        self._keep(sign)
        self._now_undo(None if before is None else lambda: self._keep(before))

    def rename(self, name: str, typed: str, *, glosses: Collection[str]) -> str:
        """Give a sign another name; returns it as it is kept.

        Raises:
            UserFacingError: the name cannot be used, or cannot be written.
        """
        self._look_again()
        new_name = valid_name(typed, taken=set(self._signs) - {name}, glosses=glosses)
        self._rename(name, new_name)
        self._now_undo(lambda: self._rename(new_name, name))
        return new_name

    def delete(self, name: str) -> None:
        """Forget a sign.

        Raises:
            UserFacingError: it cannot be removed.
        """
        sign = self._signs[name]
        self._forget([name])
        self._now_undo(lambda: self._keep(sign))

    def undo(self) -> None:
        """Take the last change back, if it can be.

        Raises:
            UserFacingError: it cannot be written.
        """
        if self._undo is not None:
            self._undo()
            self._now_undo(None)

    def export(self, path: Path) -> None:
        """Write all signs to one file; `UserFacingError` where that cannot be."""
        export_signs(path, self.signs)

    def take_in(self, path: Path, *, glosses: Collection[str]) -> tuple[str, ...]:
        """Add the signs of a file that are not there yet; returns their names.

        One whose name is taken by another sign gets a number behind it. One that is there already, whatever it is
        called, is left out: two of the same would only take probability from each other.

        Raises:
            UserFacingError: the file cannot be used, or a sign cannot be written.
        """
        new: list[str] = []
        self._look_again()
        try:
            for sign in import_signs(path):
                if not any(_same(sign, kept) for kept in self._signs.values()):
                    name = _free(sign.name, {*self._signs, *glosses})
                    self._keep(PersonalSign(name, sign.takes))
                    new.append(name)
        finally:
            if new:
                self._now_undo(lambda: self._forget(new))
        return tuple(new)

    def _look_again(self) -> None:
        """Take in what other windows have taught meanwhile: a new sign must not be written over one of theirs."""
        theirs = {sign.name: sign for sign in self._kept.load().signs if sign.name not in self._signs}
        if theirs:
            self._signs |= theirs
            self.changed.emit()

    def _keep(self, sign: PersonalSign) -> None:
        self._kept.save(sign)
        self._signs[sign.name] = sign

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            self._kept.delete(name)
            del self._signs[name]

    def _rename(self, name: str, new_name: str) -> None:
        if name != new_name:
            self._kept.rename(name, new_name)
            self._signs[new_name] = PersonalSign(new_name, self._signs.pop(name).takes)

    def _now_undo(self, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self.changed.emit()


def _same(one: PersonalSign, other: PersonalSign) -> bool:
    """Two signs have the very same takes."""
    return len(one.takes) == len(other.takes) and all(
        np.array_equal(take.joints, another.joints) and np.array_equal(take.times_ns, another.times_ns)
        for take, another in zip(one.takes, other.takes, strict=True)
    )


def _free(name: str, taken: Collection[str]) -> str:
    return next(each for each in (name, *(f"{name[:36]} {number}" for number in range(2, 10**6))) if each not in taken)
