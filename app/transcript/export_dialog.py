"""Asking where to a transcript shall be exported."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from app.file_dialogs import filter_of, furnish
from app.words import mark, tr
from engine.export import SUFFIXES

FORMATS: Final = {
    ".srt": mark("Subtitles, SubRip"),
    ".vtt": mark("Subtitles, WebVTT"),
    ".eaf": mark("ELAN annotations"),
    ".csv": mark("Table with corrections"),
    ".json": mark("JSON with corrections"),
}

assert tuple(FORMATS) == SUFFIXES


def ask_for_export(parent: QWidget, folder: str, export: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog, without waiting for it; `export` is called with the path that the user decides on.

    A name without a suffix gets that of the chosen format.
    """
    filters = {filter_of(tr(words), f"*{suffix}"): suffix for suffix, words in FORMATS.items()}
    dialog = QFileDialog(parent, tr("Export the transcript"), folder)
    dialog.setObjectName("exportDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(list(filters))

    def follow(chosen: str) -> None:
        dialog.setDefaultSuffix(filters[chosen])

    dialog.filterSelected.connect(follow)
    follow(dialog.selectedNameFilter())
    furnish(dialog)
    dialog.selectFile(tr("transcript"))
    dialog.fileSelected.connect(lambda path: export(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
