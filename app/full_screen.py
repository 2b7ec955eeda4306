"""The picture and the last sign on the whole screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.actions import Action
from app.live_page import LivePage


class FullScreen(QObject):
    """Lets a window fill the screen as an action says, and leaves out of it what is not looked at there.

    The desktop has commands of its own for that: then the action says what the window does.
    """

    def __init__(
        self, window: QWidget, rail: QWidget, live: LivePage, *, action: QAction, go_to: Callable[[Action], None]
    ) -> None:
        """Do this for a window with a rail and a live page; `go_to` shows a place."""
        super().__init__(window)
        self._window = window
        self._action = action
        self._go_to = go_to
        self._rail = rail
        self.serve(live)
        window.installEventFilter(self)

    def serve(self, live: LivePage) -> None:
        """Do this for the page that stands in the window from now on."""
        self._live = live
        self._leave_out()

    def apply(self) -> None:
        """Fill the screen, or bring everything back."""
        self._follow()
        state = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
        if self._action.isChecked():
            state |= Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.WindowStateChange and self._window.isFullScreen() != self._action.isChecked():
            self._action.setChecked(self._window.isFullScreen())
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self._action.isChecked():
            self._go_to(Action.GO_TO_LIVE)
        self._leave_out()

    def _leave_out(self) -> None:
        self._rail.setVisible(not self._action.isChecked())
        self._live.present(self._action.isChecked())
