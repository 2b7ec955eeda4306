"""What is watched, what names the signs, where it runs; start, open, mirror, plot."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.actions import ACTIONS, Action, tooltip
from app.widgets.button import ActionButton
from app.widgets.choice import Choice
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


class Picker(Choice):
    """A choice that an action opens, and that is told before it opens."""

    about_to_open = Signal()

    def __init__(self, action: Action, name: str, *, letters: int) -> None:
        super().__init__(f"{name}Picker", letters=letters)
        self.action = action
        self.setAccessibleName(ACTIONS[action].text)
        self.setAccessibleDescription(tooltip(action))
        self.setToolTip(tooltip(action))

    def explain(self, notice: str | None) -> None:
        """Say something about the choice that is in use, below what the picker is for."""
        text = tooltip(self.action)
        self.setToolTip(text if notice is None else f"{text}\n{notice}")
        self.setAccessibleDescription(self.toolTip())

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        self.about_to_open.emit()
        super().showPopup()
