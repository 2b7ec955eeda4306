"""Asking for a file: the dialogs do not hold the window up, and go when they are closed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.words import tr


def filter_of(words: str, patterns: str) -> str:
    """Return the filter of a dialog for files of one kind; `patterns` are divided by spaces."""
    return f"{words} ({patterns})"


def ask_where_to_save(
    parent: QWidget, name: str, title: str, *, kind: str, suggested: str, save: Callable[[Path], object]
) -> None:
    """Let the user say where a file goes.

    Args:
        parent: of the dialog.
        name: of the dialog.
        title: above it.
        kind: what files of this kind are called.
        suggested: the file's name unless the user types another one; its suffix is given to that as well.
        save: is called with the path that they decide on.
    """
    suffix = Path(suggested).suffix
    dialog = QFileDialog(parent, title, "", filter_of(kind, f"*{suffix}"))
    dialog.setObjectName(name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    furnish(dialog)
    dialog.selectFile(suggested)
    _open(dialog, save)


def ask_which_to_open(
    parent: QWidget,
    name: str,
    title: str,
    *,
    filters: str,
    take: Callable[[Path], object],
    folder: str = "",
) -> None:
    """Let the user choose a file that is there.

    Args:
        parent: of the dialog.
        name: of the dialog.
        title: above it.
        filters: which files are offered; several are divided by two semicolons.
        take: is called with the path that they choose.
        folder: where the dialog begins.
    """
    dialog = QFileDialog(parent, title, folder, filters)
    dialog.setObjectName(name)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    furnish(dialog)
    _open(dialog, take)


def furnish(dialog: QFileDialog) -> None:
    """Give a dialog the words that Qt's translations lack, and let it begin in the user's documents.

    With no folder to remember Qt would begin where the programme was started: in the folder of the programme itself.
    """
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Files of type:"))
    if dialog.directory() == QDir.current():
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(documents if Path(documents).is_dir() else QDir.homePath())


def _open(dialog: QFileDialog, use: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda path: use(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
