"""The settings in use and their file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.disk import Disk
from app.engine_words import reason, translated
from app.settings import UNREADABLE, Settings, from_json, to_json
from app.words import listed, tr
from app.work_lock import alone_with
from engine.errors import UserFacingError
from engine.files import atomic_write

FILE_NAME: Final = "settings.json"
DAMAGED_NAME: Final = "settings.damaged.json"


class SettingsStore(QObject):
    """Lives on the interface thread; every change is written at once by another one.

    A crash loses the last change at most. Another window may write the same file: a change touches the fields that
    are changed, the others stay as they are in the file.
    """

    changed = Signal()
    """Some setting is not what it was."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        """Use the settings of a folder, which need not exist; call `load` once somebody listens to `notice`."""
        super().__init__()
        self._disk = disk
        self._path = folder / FILE_NAME
        self._damaged = folder / DAMAGED_NAME
        self._settings = Settings()

    @property
    def path(self) -> Path:
        """Of the file."""
        return self._path

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    def load(self) -> None:
        """Read the file, if there is one; what cannot be used is told, left at its default and kept beside it."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            why = reason(error)
            self.notice.emit(tr("The settings cannot be read, so the defaults hold: {why}.", why=why))
            return
        self._settings, dropped = _understood(content)
        if dropped:
            self._tell_damage(content, dropped)
        self.changed.emit()

    def change(self, **fields: Any) -> None:
        """Change some fields by name and have them written to the file."""
        settings = replace(self._settings, **fields)
        if settings == self._settings:
            return

        def undisturbed() -> None:
            with alone_with(self._path):
                self._write(settings, fields)

        self._settings = settings
        self._disk.do(undisturbed, failed=self._tell_failure)
        self.changed.emit()

    def _write(self, settings: Settings, fields: Mapping[str, Any]) -> None:
        """Change some fields in the file; where there is none, all settings make it.

        Another hand may have damaged it since it was loaded: nothing is written over what is not kept elsewhere.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            kept = settings
        except OSError as error:
            raise UserFacingError(f"{reason(error)}.") from error
        else:
            kept, dropped = _understood(content)
            if dropped:
                atomic_write(self._damaged, content)
        atomic_write(self._path, to_json(replace(kept, **fields)))

    def _tell_failure(self, message: str) -> None:
        why = translated(message)
        self.notice.emit(tr("The settings hold until the window is closed, but cannot be kept: {why}", why=why))

    def _tell_damage(self, content: bytes, dropped: Sequence[str]) -> None:
        """Keep the file as it was, and say where."""
        fields = listed(tr(UNREADABLE) if name == UNREADABLE else name for name in dropped)
        told = tr("Some settings could not be used and are at their defaults: {fields}.", fields=fields)
        try:
            atomic_write(self._damaged, content)
        except UserFacingError as error:
            self.notice.emit(f"{told} {translated(str(error))}")
        else:
            where = tr("The file as it was is kept as {file}.", file=self._damaged)
            self.notice.emit(f"{told} {where}")


def _understood(content: bytes) -> tuple[Settings, tuple[str, ...]]:
    return from_json(content.decode(errors="replace"))
