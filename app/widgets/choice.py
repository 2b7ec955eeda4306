"""A list of values of which one is chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from app.picker_items import Item

OPENING: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class Choice(QComboBox):
    """Shows texts that stand for values; only the user's choice is told, never the programme's.

    Looking through the list is no choice: it has to be open, and the Enter key, or a click, chooses.
    """

    picked = Signal(str)

    def __init__(self, name: str, *, letters: int) -> None:
        """Make an empty choice that is wide enough for some letters."""
        super().__init__()
        self.setObjectName(name)
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._pick)
        self._items: tuple[Item, ...] = ()
        self._open = False
        self._waiting: tuple[tuple[Item, ...], str | None] | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen."""
        return tuple(value for _, value in self._items)

    @property
    def shown(self) -> str:
        """As much of the chosen text as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - 6
        text = option.currentText or self.placeholderText()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def show_items(self, items: Sequence[Item], chosen: str | None) -> None:
        """Offer these items and mark the one in use, if any; an open list stays as it is until it is closed."""
        self._waiting = tuple(items), chosen
        self._take_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        letters = event.text().strip() if event.text().isprintable() else ""
        if event.key() in OPENING or letters:
            self.showPopup()
            self.view().keyboardSearch(letters)
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        self.view().installEventFilter(self)
        texts = self.view().sizeHintForColumn(0) + self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.view().setMinimumWidth(
            min(texts + 2 * self.view().frameWidth(), self.screen().availableGeometry().width())
        )
        super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.Show:
            self._open = True
        elif event.type() == QEvent.Type.Hide:
            self._open = False
            QTimer.singleShot(0, self, self._take_over)  # Qt closes the list before it tells what was chosen
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        event.ignore()  # turning the wheel over it in passing must not switch the camera

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        # The stylesheet leaves out the arrow, and Qt cuts long texts off without an ellipsis.
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 1.6))
        x, y = self.width() - 17.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()

    def _pick(self, index: int) -> None:
        value = self.itemData(index)
        if self._waiting is not None:
            self._waiting = self._waiting[0], value  # what was to be marked is out of date
        self.picked.emit(value)

    def _take_over(self) -> None:
        """Show what was held back, if anything was."""
        if self._waiting is None or self._open:
            return
        (items, chosen), self._waiting = self._waiting, None
        with QSignalBlocker(self):
            if items != self._items:
                self._items = items
                self.clear()
                for text, value in items:
                    self.addItem(text, value)
            index = self.values.index(chosen) if chosen in self.values else -1
            if index != self.currentIndex():
                self.setCurrentIndex(index)
