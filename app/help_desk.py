"""Keys, log and report: what the window offers to whoever is stuck."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.log_lines import LogLines
from app.settings import to_json
from app.settings_store import SettingsStore
from app.words import tr
from engine.errors import UserFacingError


class HelpDesk:
    """Keeps the log's last lines from its making to `close`."""

    def __init__(self, window: QWidget, settings: SettingsStore, tell: Callable[[str], None]) -> None:
        """Show things beside `window`; `tell` gets lines that the user should read."""
        self._window = window
        self._settings = settings
        self._tell = tell
        self._log_lines = LogLines()
        self._log_lines.attach()

    def close(self) -> None:
        self._log_lines.detach()

    def show_shortcuts(self) -> None:
        """Show all keys at a glance."""
        from app.help_dialogs import ShortcutSheet

        ShortcutSheet(self._window).show()

    def show_log(self) -> None:
        """Show the last log lines."""
        from app.help_dialogs import LogView

        LogView(self._window, self._log_lines.text).show()

    def choose_report(self) -> None:
        """Let the user say where a report goes, and write it."""
        dialog = QFileDialog(self._window, tr("Save a report"), "masa-live-report.zip", f"{tr('Reports')} (*.zip)")
        dialog.setObjectName("saveReportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(self._save_report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_report(self, path: str) -> None:
        from app.report import save_report

        try:
            save_report(Path(path), settings=to_json(self._settings.settings), log=self._log_lines.text)
        except UserFacingError as error:
            self._tell(str(error))
        else:
            self._tell(tr("The report was written to {path}.", path=path))
