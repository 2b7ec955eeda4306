"""The picture and the last sign on the whole screen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.actions import Action
from app.live_page import LivePage
from app.place_stack import PlaceStack


class FullScreen(QObject):
    """Lets a window fill the screen as an action says, and leaves out of it what is not looked at there.

    The desktop has commands of its own for that: then the action says what the window does. Other places keep the
    rail, which says where one is and what is recorded.
    """

    def __init__(self, window: QWidget, places: PlaceStack, live: LivePage, *, action: QAction) -> None:
        """Do this for a window with places and a live page."""
        super().__init__(window)
        self._window = window
        self._action = action
        self._places = places
        self.serve(live)
        places.changed.connect(self._leave_out)
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

    def leave(self) -> None:
        """Bring everything back, whatever the window does."""
        if self._action.isChecked():
            self._action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.WindowStateChange and self._window.isFullScreen() != self._action.isChecked():
            self._action.setChecked(self._window.isFullScreen())
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self._action.isChecked():
            self._places.go_to(Action.GO_TO_LIVE)
        self._leave_out()

    def _leave_out(self) -> None:
        presenting = self._action.isChecked()
        self._places.rail.setVisible(not presenting or self._places.place is not Action.GO_TO_LIVE)
        self._live.present(presenting)
