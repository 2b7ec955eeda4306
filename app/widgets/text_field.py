"""A field for one line of text."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.widgets.naming import named


class TextField(QLineEdit):
    """Leaves the keys for undoing, redoing and copying to the window as long as it can do nothing of the kind."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_idle_for(event):
            event.ignore()
            return False
        return super().event(event)

    def _is_idle_for(self, event: QKeyEvent) -> bool:
        can = {
            QKeySequence.StandardKey.Undo: self.isUndoAvailable(),
            QKeySequence.StandardKey.Redo: self.isRedoAvailable(),
            QKeySequence.StandardKey.Copy: self.hasSelectedText(),
        }
        return any(event.matches(key) and not possible for key, possible in can.items())


def text_field(name: str, words: str) -> QLineEdit:
    """Return a field that says in these words what it is for, as long as it is empty and to screen readers."""
    field = named(TextField(), name)
    field.setAccessibleName(words)
    field.setPlaceholderText(words)
    field.setToolTip(words)
    field.setClearButtonEnabled(True)
    return field
