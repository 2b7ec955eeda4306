"""Asking where to a transcript shall be exported."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from engine.export import SUFFIXES

FILTERS: Final = {
    ".srt": "Subtitles, SubRip (*.srt)",
    ".vtt": "Subtitles, WebVTT (*.vtt)",
    ".eaf": "ELAN annotations (*.eaf)",
    ".csv": "Table with corrections (*.csv)",
    ".json": "JSON with corrections (*.json)",
}

assert tuple(FILTERS) == SUFFIXES


def ask_for_export(parent: QWidget, folder: str, export: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog, without waiting for it; `export` is called with the path that the user decides on.

    A name without a suffix gets that of the chosen format.
    """
    dialog = QFileDialog(parent, "Export the transcript", folder)
    dialog.setObjectName("exportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(list(FILTERS.values()))

    def follow(chosen: str) -> None:
        dialog.setDefaultSuffix(next(suffix for suffix, text in FILTERS.items() if text == chosen))

    dialog.filterSelected.connect(follow)
    follow(dialog.selectedNameFilter())
    dialog.selectFile("transcript")
    dialog.fileSelected.connect(lambda path: export(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
