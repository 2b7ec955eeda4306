"""The picture and the last sign on the whole screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.actions import Action
from app.live_page import LivePage


class FullScreen:
    """Lets a window fill the screen as an action says, and leaves out of it what is not looked at there."""

    def __init__(
        self, window: QWidget, rail: QWidget, live: LivePage, *, action: QAction, go_to: Callable[[Action], None]
    ) -> None:
        """Do this for a window with a rail and a live page; `go_to` shows a place."""
        self._window = window
        self._action = action
        self._go_to = go_to
        self._rail = rail
        self.serve(live)

    def serve(self, live: LivePage) -> None:
        """Do this for the page that stands in the window from now on."""
        self._live = live
        self._leave_out()

    def apply(self) -> None:
        """Fill the screen, or bring everything back."""
        if self._action.isChecked():
            self._go_to(Action.GO_TO_LIVE)
        self._leave_out()
        state = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
        if self._action.isChecked():
            state |= Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state)

    def _leave_out(self) -> None:
        self._rail.setVisible(not self._action.isChecked())
        self._live.present(self._action.isChecked())
