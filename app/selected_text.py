"""Text that is selected somewhere in the window, to be read or copied."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit


def copy_selected_text_or(copy: Callable[[], object]) -> None:
    """Put the text on the clipboard that is selected where the focus is; where none is, do `copy`."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QTextEdit) and focused.textCursor().hasSelection():
        focused.copy()
    elif isinstance(focused, QLabel) and focused.hasSelectedText():
        QGuiApplication.clipboard().setText(focused.selectedText())
    else:
        copy()
