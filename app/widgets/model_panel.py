"""What is known of the model in use: its calibration, and its card as text."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextTable
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from app.review_words import calibration_words
from app.services import Model
from app.theme import Theme
from app.widgets.naming import label, named

NO_MODEL: Final = "No model is in use yet."
NO_CARD: Final = "This model has no card (CARD.md): nothing is known of its data, its figures and its limits."


class ModelPanel(QWidget):
    """Calibration in a few words; below it the card, which can be read, selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("modelPanel")
        self._model: Model | None = None
        self._theme: Theme | None = None
        self.calibration = label(NO_MODEL, "calibration", wrap=True)
        self.calibration.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = named(QTextBrowser(), "modelCard")
        self.card.setAccessibleName("Model card")
        self.card.setFrameShape(QFrame.Shape.NoFrame)
        self.card.setOpenLinks(False)  # nothing leaves this machine
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label("Calibration", role="title"))
        column.addWidget(self.calibration)
        column.addWidget(label("Model card", role="title"))
        column.addWidget(self.card, stretch=1)

    def show_model(self, model: Model | None) -> None:
        """Tell of another model, or that there is none."""
        if model is self._model:
            return
        self._model = model
        if model is None:
            self.calibration.setText(NO_MODEL)
            self.card.clear()
            return
        self.calibration.setText(
            calibration_words(
                name=model.name,
                device=model.device,
                glosses=len(model.glosses),
                threshold=model.threshold,
                temperature=model.temperature,
            )
        )
        self._show_card()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_card()

    def _show_card(self) -> None:
        """Set the card again: what Qt makes of its tables is coloured by hand."""
        if self._model is None or self._theme is None:
            return
        self.card.setMarkdown(self._model.card or NO_CARD)
        for table in self.card.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _calm(table, self._theme)


def _calm(table: QTextTable, theme: Theme) -> None:
    """Give a table thin lines, room around its words, and no heading where that is empty."""
    shape = table.format()
    shape.setBorderBrush(QColor(theme.border))
    shape.setBorderCollapse(True)
    shape.setCellPadding(4)
    shape.setTopMargin(8)
    shape.setBottomMargin(8)
    table.setFormat(shape)
    heading = (table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns()))
    if not any(heading):
        table.removeRows(0, 1)
