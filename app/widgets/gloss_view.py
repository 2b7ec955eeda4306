"""One gloss in type as large as there is room."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.widgets.text import em, fitted

LARGEST: Final = 4.5
SMALLEST: Final = 1.3
"""Size of the type, in em."""


class GlossView(QWidget):
    """To be read from afar; a long gloss shrinks instead of asking for width."""

    def __init__(self, name: str, *, describes: str) -> None:
        """Show nothing yet; a screen reader calls the widget `describes`."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(describes)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._gloss = ""
        self._theme: Theme | None = None

    @property
    def gloss(self) -> str:
        """What is shown."""
        return self._gloss

    def show_gloss(self, gloss: str) -> None:
        self._gloss = gloss
        self.setAccessibleDescription(gloss)
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(160, round(1.3 * LARGEST * em(self)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self._theme is None:
            return
        unit = em(self)
        area = QRectF(self.rect())
        font, words = fitted(
            self.font(), self._gloss, width=area.width(), largest=LARGEST * unit, smallest=SMALLEST * unit
        )
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()
