"""What is known of the model in use: its calibration, and its card as text."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from app.review_words import calibration_words
from app.services import Model
from app.widgets.naming import label, named
from app.words import mark, tr

NO_MODEL: Final = mark("No model is in use yet.")
NO_CARD: Final = mark("This model has no card (CARD.md): nothing is known of its data, its figures and its limits.")


class ModelPanel(QWidget):
    """Calibration in a few words; below it the card, which can be read, selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("modelPanel")
        self._model: Model | None = None
        self.calibration = label(tr(NO_MODEL), "calibration", wrap=True)
        self.calibration.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = named(QTextBrowser(), "modelCard")
        self.card.setAccessibleName(tr("Model card"))
        self.card.setFrameShape(QFrame.Shape.NoFrame)
        self.card.setOpenLinks(False)  # nothing leaves this machine
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(tr("Calibration"), role="title"))
        column.addWidget(self.calibration)
        column.addWidget(label(tr("Model card"), role="title"))
        column.addWidget(self.card, stretch=1)

    def show_model(self, model: Model | None) -> None:
        """Tell of another model, or that there is none."""
        if model is self._model:
            return
        self._model = model
        if model is None:
            self.calibration.setText(tr(NO_MODEL))
            self.card.clear()
            return
        self.calibration.setText(
            calibration_words(
                name=model.name,
                device=model.device,
                glosses=len(model.glosses),
                threshold=model.threshold,
                temperature=model.temperature,
                background_bias=model.background_bias,
            )
        )
        self._show_card(model.card)

    def _show_card(self, card: str) -> None:
        self.card.setMarkdown(card or tr(NO_CARD))
        for table in self.card.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                _calm(table)


def _calm(table: QTextTable) -> None:
    """Give a table no lines, room around its words, and no heading where that is empty."""
    shape = table.format()
    shape.setBorder(0)
    shape.setCellPadding(4)
    shape.setTopMargin(8)
    shape.setBottomMargin(8)
    table.setFormat(shape)
    heading = (table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns()))
    if not any(heading):
        table.removeRows(0, 1)
