"""Keys, log and report: what the window offers to whoever is stuck."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from app.disk import Disk
from app.file_dialogs import ask_where_to_save
from app.log_lines import LogLines
from app.settings import to_json
from app.settings_store import SettingsStore
from app.words import tr

DialogT = TypeVar("DialogT", bound=QDialog)


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

        _show(_open(self._window, ShortcutSheet) or ShortcutSheet(self._window))

    def show_log(self) -> None:
        """Show the last log lines."""
        from app.help_dialogs import LogView

        view = _open(self._window, LogView) or LogView(self._window)
        view.show_text(self._log_lines.text)
        _show(view)

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


def _open(window: QWidget, kind: type[DialogT]) -> DialogT | None:
    """Return the dialog of a kind that is open, if one is; a closed one may be there for a moment longer."""
    return next((dialog for dialog in window.findChildren(kind) if dialog.isVisible()), None)


def _show(dialog: QDialog) -> None:
    """Let a dialog stand before the window and have the keys."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
