"""What is watched, what names the signs, where it runs; start, open, record, mirror, zoom, plot, full screen."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.actions import Action, text_of, tooltip
from app.engine_words import translated
from app.widgets.button import ActionButton
from app.widgets.choice import Choice
from app.widgets.naming import explained, label


class Toolbar(QWidget):
    """One row of controls; it knows nothing of what they do."""

    source: "Picker"
    model: "Picker"
    device: "Picker"

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self._fit)
        self.source = Picker(Action.CHOOSE_SOURCE, "source", letters=16)
        self.model = Picker(Action.CHOOSE_MODEL, "model", letters=6)
        self.device = Picker(Action.CHOOSE_DEVICE, "device", letters=8)
        for picker in (self.model, self.device):
            picker.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        self.start = ActionButton(actions[Action.START_STOP], role="primary")
        self._labels = [label(text_of(picker.action), role="muted") for picker in self._pickers]
        others = (Action.OPEN_FILE, Action.RECORD, Action.MIRROR, Action.ZOOM, Action.PLOT, Action.PRESENT)
        self._buttons = [ActionButton(actions[action]) for action in others]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for words, picker in zip(self._labels, self._pickers, strict=True):
            self._row.addWidget(words)
            self._row.addWidget(picker)
        self._row.addSpacing(6)
        self._row.addWidget(self.start)
        for button in self._buttons[:2]:
            self._row.addWidget(button)
        self._row.addStretch()
        for button in self._buttons[2:]:
            self._row.addWidget(button)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_soon.start()  # once, though font and style change one after the other

    @property
    def _pickers(self) -> "tuple[Picker, ...]":
        return self.source, self.model, self.device

    def _fit(self) -> None:
        """Leave words out where there is no room for all of them; tooltips and screen readers still tell them."""
        for with_labels, with_words in ((True, True), (False, True), (False, False)):
            for words in self._labels:
                words.setVisible(with_labels)
            for button in self._buttons:
                button.show_words(with_words)
            if self._row.minimumSize().width() <= self.width():
                return


class Picker(Choice):
    """A choice that an action opens, and that is told before it opens."""

    about_to_open = Signal()

    def __init__(self, action: Action, name: str, *, letters: int) -> None:
        super().__init__(f"{name}Picker", letters=letters)
        self.action = action
        explained(self, tooltip(action), name=text_of(action))

    def explain(self, notice: str | None) -> None:
        """Say something about the choice that is in use, below what the picker is for."""
        text = tooltip(self.action)
        explained(self, text if notice is None else f"{text}\n{translated(notice)}")

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        self.about_to_open.emit()
        super().showPopup()
