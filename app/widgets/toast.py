"""Messages that are read and go away: never modal, over no control, and not over the signer."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.actions import Action, text_of
from app.widgets.button import ActionButton
from app.widgets.free_room import free_place, taken
from app.widgets.naming import label, named
from app.widgets.text import em
from app.words import tr
from engine.types import NANOSECONDS

SHOWN: Final = 3
"""More than that nobody reads; the oldest makes room."""
MARGIN: Final = 16
WIDTHS_EM: Final = (34, 27, 20)
"""Which of them depends on the room between the controls; lines that are longer are hard to read."""


def reading_time_ns(message: str) -> int:
    """Return how long a message stays: time to notice it and to read it without haste."""
    return round((6 + 0.08 * len(message)) * NANOSECONDS)


class ToastStack(QWidget):
    """The messages in a window as low as they cover no control, newest at the bottom.

    The owner calls `tick` now and then; a message stays as long as the mouse rests on it, or the focus. When it goes,
    the focus is where it was before.
    """

    def __init__(self, window: QWidget, dismiss: QAction, clock: Callable[[], int]) -> None:
        """Lie over `window`; `dismiss` is enabled while there is something to dismiss."""
        super().__init__(window)
        self.setObjectName("toasts")
        self._window = window
        self._dismiss = dismiss
        self._clock = clock
        self._toasts: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.move(0, window.height())  # the mouse rests nowhere on the first message before that has its place
        self._came_from: QWidget | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember_focus)
        self._arrange()

    @property
    def messages(self) -> tuple[str, ...]:
        """What is shown, oldest first."""
        return tuple(toast.message for toast in self._toasts)

    def say(self, message: str, *, calm: bool = False, offer: QAction | None = None) -> None:
        """Show a message; one that is there already is shown anew instead of twice.

        Args:
            message: one line.
            calm: nothing went wrong.
            offer: what the message offers to do, by a button of its own.
        """
        for toast in [toast for toast in self._toasts if toast.message == message] or self._toasts[: 1 - SHOWN]:
            self._remove(toast)
        toast = Toast(message, self._dismiss, self._clock() + reading_time_ns(message), calm=calm, offer=offer)
        toast.close_button.clicked.connect(lambda: self._close(toast))
        if offer is not None:
            offer.triggered.connect(toast.close_button.click)
        self._toasts.append(toast)
        self._column.addWidget(toast)
        toast.show()  # what is hidden has no height
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))

    def withdraw(self, message: str) -> None:
        """Close a message that holds no longer, unless it is in use; one that is not there is none."""
        for toast in self._toasts:
            if toast.message == message:
                toast.until_ns = self._clock()

    def dismiss(self) -> None:
        """Close the newest message."""
        if self._toasts:
            self._close(self._toasts[-1])

    def tick(self) -> None:
        """Close the messages whose time is over, and get out of the way of controls that have come."""
        for toast in [toast for toast in self._toasts if self._clock() >= toast.until_ns and not toast.in_use]:
            self._close(toast)
        if self._toasts and any(self.geometry().intersects(room) for room in taken(self._window, but=self)):
            self._arrange()

    def make_room(self) -> None:
        """Find room among other controls."""
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # a message has another height now: its text has grown with the window
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _close(self, toast: "Toast") -> None:
        if toast in self._toasts:
            self._remove(toast)
            self._arrange()

    def _remove(self, toast: "Toast") -> None:
        if toast.has_focus:
            self._give_focus_back()
        self._toasts.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def _remember_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or before.window() is not self._window:
            return
        if self.isAncestorOf(now) and not self.isAncestorOf(before):
            self._came_from = before

    def _give_focus_back(self) -> None:
        """Let the focus be where it was; Qt would give it to the next control, which the space bar would press."""
        before = self._came_from
        there = before is not None and isValid(before) and before.isEnabled() and before.isVisibleTo(self._window)
        (before if before is not None and there else self._window).setFocus()

    def _arrange(self) -> None:
        self._dismiss.setEnabled(bool(self._toasts))
        self.setVisible(bool(self._toasts))
        if self._toasts:
            self.setGeometry(self._place())
            self.raise_()

    def _place(self) -> QRect:
        """Return the lowest place where nothing is covered that is needed; the lower edge where there is none."""
        area = self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        rooms = taken(self._window, but=self)
        sizes = [self._size(min(round(width * em(self)), area.width())) for width in WIDTHS_EM]
        free = [place for size in sizes if (place := free_place(area, size, rooms))]
        return max(free, key=QRect.bottom, default=_at_the_lower_edge(area, sizes[0]))

    def _size(self, width: int) -> QSize:
        return QSize(width, self._column.heightForWidth(width))


class Toast(QFrame):
    """One message with a button that closes it."""

    def __init__(self, message: str, dismiss: QAction, until_ns: int, *, calm: bool, offer: QAction | None) -> None:
        super().__init__()
        self.setObjectName("toast")
        self.setProperty("role", "calm" if calm else "caution")
        self.message = message
        self.until_ns = until_ns
        self._dismiss = dismiss
        self.close_button = named(QPushButton(), "toastClose", role="quiet")
        self.close_button.setIcon(dismiss.icon())
        dismiss.changed.connect(self._follow)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(dismiss.toolTip())
        self.close_button.setAccessibleName(tr("Dismiss this message"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(message, "toastMessage", wrap=True), stretch=1)
        row.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.addLayout(row)
        if offer is not None:
            # Of how much it is about the message has told; the narrowest one has no room for that once more.
            button = ActionButton(offer, text=text_of(Action(offer.objectName())))
            column.addWidget(named(button, "toastOffer"), alignment=Qt.AlignmentFlag.AlignLeft)

    @property
    def has_focus(self) -> bool:
        """One of its buttons has the focus in its window."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def in_use(self) -> bool:
        """Somebody is at it, with the mouse or with the keyboard."""
        return self.underMouse() or self.has_focus

    def _follow(self) -> None:
        """The icon has another colour when the theme has changed."""
        self.close_button.setIcon(self._dismiss.icon())


def _at_the_lower_edge(area: QRect, size: QSize) -> QRect:
    place = QRect(area.topLeft(), size)
    place.moveCenter(area.center())
    place.moveBottom(area.bottom())
    return place
