"""A file that is dropped onto the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Watches the first of the files that are dropped onto a window; what cannot be played is told as ever."""

    def __init__(self, window: QWidget, watch: Callable[[str], object]) -> None:
        """Let `watch` play a file."""
        super().__init__(window)
        self._watch = watch
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            paths = _files(event)
            if paths:
                event.setDropAction(Qt.DropAction.CopyAction)  # whoever is told that a file was moved may delete it
                event.accept()
            if paths and event.type() == QEvent.Type.Drop:
                self._watch(paths[0])
        return super().eventFilter(watched, event)


def _files(event: QDropEvent) -> list[str]:
    """Return the paths of the files on this computer that are dropped."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
