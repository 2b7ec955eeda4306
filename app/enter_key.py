"""The Enter key on buttons."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class EnterKey(QObject):
    """Lets Enter press the button of a window that has the focus, also where the key is a shortcut.

    Whoever has gone to a button means it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        focused = self._window.focusWidget()
        if not isinstance(focused, QPushButton):
            return super().eventFilter(watched, event)
        event.accept()  # also where it asks whether a shortcut shall have it
        if event.type() is QEvent.Type.KeyPress:
            focused.click()
        return True
