"""The settings in use and their file."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.engine_words import reason, translated
from app.settings import Settings, from_json, to_json
from app.words import listed, tr
from engine.errors import UserFacingError
from engine.files import atomic_write

FILE_NAME: Final = "settings.json"


class SettingsStore(QObject):
    """Lives on the interface thread; every change is written at once, and nothing is lost by a crash.

    Another window may write the same file: a change touches the fields that are changed, the others stay as they are
    in the file.
    """

    changed = Signal()
    """Some setting is not what it was."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, folder: Path) -> None:
        """Use the settings of a folder, which need not exist; call `load` once somebody listens to `notice`."""
        super().__init__()
        self._path = folder / FILE_NAME
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
        """Read the file, if there is one; what cannot be used is told and left at its default."""
        try:
            self._settings, dropped = self._read()
        except FileNotFoundError:
            return
        except OSError as error:
            why = reason(error)
            self.notice.emit(tr("The settings cannot be read, so the defaults hold: {why}.", why=why))
            return
        if dropped:
            fields = listed(dropped)
            self.notice.emit(tr("Some settings could not be used and are at their defaults: {fields}.", fields=fields))
        self.changed.emit()

    def change(self, **fields: Any) -> None:
        """Change some fields by name and write the file."""
        settings = replace(self._settings, **fields)
        if settings == self._settings:
            return
        self._settings = settings
        try:
            atomic_write(self._path, to_json(replace(self._kept(), **fields)))
        except UserFacingError as error:
            why = translated(str(error))
            self.notice.emit(tr("The settings hold until the window is closed, but cannot be kept: {why}", why=why))
        self.changed.emit()

    def _kept(self) -> Settings:
        """What the file holds; without one, what holds here."""
        try:
            return self._read()[0]
        except OSError:
            return self._settings

    def _read(self) -> tuple[Settings, tuple[str, ...]]:
        return from_json(self._path.read_bytes().decode(errors="replace"))
