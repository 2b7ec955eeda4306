"""What stands in one place of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.theme import Theme


class Page(QWidget):
    """A page is built when its place is first visited and lives as long as the window keeps its language.

    What it needs only while somebody looks at it, it begins in `showEvent` and ends in `hideEvent`.

    A control that goes away while it has the focus, because it is disabled or hidden, leaves it to the page, and Tab
    goes on from there. Qt would give it to the next control, and the space bar, pressed once more, would press that.
    """

    first_control: QWidget | None = None
    """Gets the focus when the place is reached by its shortcut; no focus proxy, for the page has to hold it itself."""
    _gone: QWidget | None = None

    def take_over(self, former: "Page") -> None:
        """Go on with what another page of this place alone holds, which is not shown any more."""

    def apply_theme(self, theme: Theme) -> None:
        """Take over the colours of what is painted by hand; called when the page has been built, and with each change.

        The stylesheet holds already, so the page's font has the size that it is shown in.
        """

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 (Qt's name)
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and self.isVisible() and not _usable(focused):
            self._gone = focused
            self.setFocus()
            return True
        gone, self._gone = self._gone, None
        if focused is self and gone is not None and isValid(gone):
            return _focus_beside(gone, forward=forward)
        return super().focusNextPrevChild(forward)


def _usable(control: QWidget) -> bool:
    return control.isEnabled() and control.isVisible()


def _focus_beside(control: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next control after one, or before it; returns whether there is any."""
    beside: QWidget | None = control
    while beside is not None:
        beside = beside.nextInFocusChain() if forward else beside.previousInFocusChain()
        if beside is None or beside is control:
            break
        if _usable(beside) and beside.focusPolicy() & Qt.FocusPolicy.TabFocus:
            beside.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
