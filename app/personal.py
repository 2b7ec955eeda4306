"""The signs that the user has taught: kept on disk with every change, and the last change can be undone."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.disk import Disk
from app.sign_import import SignImport
from app.words import tr
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalFolder, PersonalSign, export_signs, valid_name

FOLDER: Final = "personal-signs"


class PersonalSigns(QObject):
    """Lives on the interface thread; what holds many signs is read and written by another one.

    Attributes:
        folder: where the signs are kept.
    """

    changed = Signal()
    """There is another sign, one less, or one has another name or other takes."""
    renamed = Signal(str, str)
    """A sign has another name: the one before, the one now."""
    notice = Signal(str)
    """One line that the user should read."""
    done = Signal(str)
    """One line that says what was done, where nothing else shows it."""
    imported = Signal(str)
    """The first of the signs that have just come from a file."""

    def __init__(self, data_folder: Path, disk: Disk) -> None:
        """Keep signs in the user's folder; call `load` once somebody listens to `notice`."""
        super().__init__()
        self._disk = disk
        self.folder = data_folder / FOLDER
        self._kept = PersonalFolder(self.folder)
        self._signs: dict[str, PersonalSign] = {}
        self._undo: Callable[[], None] | None = None
        self._importing: SignImport | None = None

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
        self._let_no_import_be_disturbed()
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
        self._let_no_import_be_disturbed()
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
        self._let_no_import_be_disturbed()
        sign = self._signs[name]
        self._forget([name])
        self._now_undo(lambda: self._keep(sign))

    def undo(self) -> None:
        """Take the last change back, if it can be.

        Raises:
            UserFacingError: it cannot be written.
        """
        self._let_no_import_be_disturbed()
        if self._undo is not None:
            self._undo()
            self._now_undo(None)

    def export(self, path: Path) -> None:
        """Write all signs to one file; `done` tells when they are written."""
        signs = self.signs
        self._disk.do(
            lambda: export_signs(path, signs),
            done=lambda _: self.done.emit(tr("Exported to {file}.", file=path.name)),
            failed=self.notice.emit,
        )

    def take_in(self, path: Path, *, glosses: Collection[str]) -> None:
        """Add the signs of a file that are not there yet; nothing else is changed until `imported` and `done` tell."""
        if self._importing is not None:
            self.notice.emit(_not_now())
            return
        self._importing = SignImport(path, self._kept, there=self.signs, glosses=glosses)
        self._disk.do(
            self._importing.write,
            done=lambda told: self._end_import(self.done, told),
            failed=lambda why: self._end_import(self.notice, why),
        )

    def _end_import(self, teller: SignalInstance, told: str) -> None:
        """Take over what was written; where something went wrong, that may be a part of it."""
        assert self._importing is not None
        new, self._importing = self._importing.new, None
        if new:
            self._signs |= {sign.name: sign for sign in new}
            self._now_undo(lambda: self._forget([sign.name for sign in new]))
            self.imported.emit(new[0].name)
        self._look_again()
        teller.emit(told)

    def _look_again(self) -> None:
        """Take in what other windows have taught meanwhile: a new sign must not be written over one of theirs."""
        if self._kept.names <= self._signs.keys():
            return
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
            self.renamed.emit(name, new_name)

    def _let_no_import_be_disturbed(self) -> None:
        if self._importing is not None:
            raise UserFacingError(_not_now())

    def _now_undo(self, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self.changed.emit()


def _not_now() -> str:
    return tr("Signs are being imported. Try again in a moment.")
