"""What is watched, what names the signs, where it runs; start, open, mirror, plot."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from app.actions import ACTIONS, Action, tooltip
from app.view_model import Item
from app.widgets.button import ActionButton
from app.widgets.naming import label


class Toolbar(QWidget):
    """One row of controls; it knows nothing of what they do."""

    source: "Picker"
    model: "Picker"
    device: "Picker"

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.source = Picker(Action.CHOOSE_SOURCE, "source", letters=16)
        self.model = Picker(Action.CHOOSE_MODEL, "model", letters=6)
        self.device = Picker(Action.CHOOSE_DEVICE, "device", letters=8)
        for picker in (self.model, self.device):
            picker.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        self.start = ActionButton(actions[Action.START_STOP], role="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for picker in (self.source, self.model, self.device):
            row.addWidget(label(ACTIONS[picker.action].text, role="muted"))
            row.addWidget(picker)
            row.addSpacing(6)
        row.addWidget(self.start)
        row.addWidget(ActionButton(actions[Action.OPEN_FILE]))
        row.addStretch()
        row.addWidget(ActionButton(actions[Action.MIRROR]))
        row.addWidget(ActionButton(actions[Action.PLOT]))


class Picker(QComboBox):
    """A list of values of which one is chosen; only the user's choice is told, never the programme's."""

    picked = Signal(str)
    about_to_open = Signal()

    def __init__(self, action: Action, name: str, *, letters: int) -> None:
        """Make an empty picker that is wide enough for some letters."""
        super().__init__()
        self.action = action
        self.setObjectName(f"{name}Picker")
        self.setAccessibleName(ACTIONS[action].text)
        self.setAccessibleDescription(tooltip(action))
        self.setToolTip(tooltip(action))
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))
        self._items: tuple[Item, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen."""
        return tuple(value for _, value in self._items)

    def show_items(self, items: Sequence[Item], chosen: str | None) -> None:
        """Offer these items and mark the one in use, if any."""
        with QSignalBlocker(self):
            if tuple(items) != self._items:
                self._items = tuple(items)
                self.clear()
                for text, value in items:
                    self.addItem(text, value)
            index = self.values.index(chosen) if chosen in self.values else -1
            if index != self.currentIndex():
                self.setCurrentIndex(index)

    def explain(self, notice: str | None) -> None:
        """Say something about the choice that is in use, below what the picker is for."""
        text = tooltip(self.action)
        self.setToolTip(text if notice is None else f"{text}\n{notice}")
        self.setAccessibleDescription(self.toolTip())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        event.ignore()  # turning the wheel over a picker in passing must not switch the camera

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        # The stylesheet leaves out the arrow, and Qt cuts long texts off without an ellipsis.
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - 6
        text = option.currentText or self.placeholderText()
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 1.6))
        x, y = self.width() - 17.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        self.about_to_open.emit()
        super().showPopup()
