"""What stands in the place of a picture as long as there is none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.view_model import Status
from app.widgets.naming import label, named


class Placeholder(QFrame):
    """The state in large words, and buttons with ways on."""

    def __init__(self, name: str, offers: Sequence[QPushButton]) -> None:
        super().__init__()
        named(self, name, role="panel")
        self.headline = label(name=f"{name}Headline", role="display", wrap=True)
        self.hint = label(name=f"{name}Hint", role="hint", wrap=True)
        self._offers = QWidget()
        row = QHBoxLayout(self._offers)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(12)
        for button in offers:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addStretch()
        for words in (self.headline, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addWidget(self._offers, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def show_status(self, status: Status, *, offering: bool) -> None:
        """Say what the application is doing, and offer the ways on where there is reason to."""
        self.headline.setText(status.headline)
        self.hint.setText(status.hint)
        self._offers.setVisible(offering)
