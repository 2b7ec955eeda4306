"""The language of the window as the settings want it."""

from PySide6.QtCore import QObject, Signal

from app.disk import Disk
from app.language import Languages
from app.settings_store import SettingsStore
from engine.errors import UserFacingError


class LanguageControl(QObject):
    """Keeps the language in use in step with the settings; what has to be compiled is, on the disk's thread."""

    changed = Signal()
    """The words that come from now on are in another language."""
    notice = Signal(str)
    """One line that the user should read: a translation cannot be used."""

    def __init__(self, languages: Languages, settings: SettingsStore, disk: Disk) -> None:
        super().__init__()
        self._languages = languages
        self._settings = settings
        self._disk = disk

    def follow(self) -> None:
        """Be in the chosen language, as soon as there is nothing to wait for."""
        choice = self._settings.settings.language
        if self._languages.ready(choice):
            self.use()
        else:
            self._disk.do(
                lambda: self._languages.prepare(choice), done=lambda _: self.follow(), failed=self.notice.emit
            )

    def use(self) -> None:
        """Be in the chosen language now, however long that takes."""
        try:
            changed = self._languages.use(self._settings.settings.language)
        except UserFacingError as error:
            self.notice.emit(str(error))
            changed = True
        if changed:
            self.changed.emit()
