"""Keys, log and report: what the window offers to whoever is stuck."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.disk import Disk
from app.file_dialogs import ask_where_to_save
from app.log_lines import LogLines
from app.settings import to_json
from app.settings_store import SettingsStore
from app.words import tr


class HelpDesk:
    """Keeps the log's last lines from its making to `close`."""

    def __init__(
        self,
        window: QWidget,
        settings: SettingsStore,
        disk: Disk,
        *,
        tell: Callable[[str], None],
        report_done: Callable[[str], None],
    ) -> None:
        """Show things beside `window`; `tell` hears what went wrong, `report_done` that nothing did."""
        self._window = window
        self._disk = disk
        self._settings = settings
        self._tell = tell
        self._report_done = report_done
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
        ask_where_to_save(
            self._window,
            "saveReportDialog",
            tr("Save a report"),
            kind=tr("Reports"),
            suggested="masa-live-report.zip",
            save=self._save_report,
        )

    def _save_report(self, path: Path) -> None:
        from app.report import save_report

        settings, log = to_json(self._settings.settings), self._log_lines.text
        self._disk.do(
            lambda: save_report(path, settings=settings, log=log),
            done=lambda _: self._report_done(tr("The report was written to {path}.", path=path)),
            failed=self._tell,
        )
