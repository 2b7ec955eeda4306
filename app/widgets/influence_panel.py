"""Which parts of the signer decided, as bars."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.review_words import ROWS, InfluenceRow, influence_rows
from app.theme import Theme
from app.widgets.text import em, fitted
from app.words import listed, tr

if TYPE_CHECKING:
    from engine.recognition.explanation import Explanation

HIGHEST_ROW_EM: Final = 3.4
BAR_EM: Final = 0.5


class InfluencePanel(QWidget):
    """A row a part: its name, what the gloss loses without it, and a bar as long as that."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("influence")
        self.setAccessibleName(tr("What decided"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._rows: tuple[InfluenceRow, ...] = ()
        self._theme: Theme | None = None

    @property
    def rows(self) -> tuple[InfluenceRow, ...]:
        """What is shown."""
        return self._rows

    def show_explanation(self, explanation: "Explanation | None") -> None:
        """Show another explanation, or none."""
        self._rows = () if explanation is None else influence_rows(explanation)
        self.setAccessibleDescription(listed(f"{row.part} {row.words}" for row in self._rows))
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()  # the text may have another size, too
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(320, round(ROWS * HIGHEST_ROW_EM * em(self)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(220, round(ROWS * 1.9 * em(self)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self._theme is None:
            return
        painter = QPainter(self)
        height = min(self.height() / ROWS, HIGHEST_ROW_EM * em(self))
        for number, row in enumerate(self._rows):
            self._draw_row(painter, QRectF(0, number * height, self.width(), height), row, self._theme)
        painter.end()

    def _draw_row(self, painter: QPainter, area: QRectF, row: InfluenceRow, theme: Theme) -> None:
        unit = em(self)
        bar = QRectF(area.left(), area.bottom() - 0.9 * unit, area.width(), BAR_EM * unit)
        words = QRectF(area.left(), area.top(), area.width(), bar.top() - area.top())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font())
        painter.setPen(QColor(theme.text))
        painter.drawText(words, middle, row.part)
        room = area.width() - painter.fontMetrics().horizontalAdvance(row.part) - unit
        font, told = fitted(self.font(), row.words, width=room, largest=unit, smallest=0.8 * unit, bold=False)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, told)
        painter.fillRect(bar, QColor(theme.track))
        bar.setWidth(bar.width() * min(row.share, 1.0))
        painter.fillRect(bar, QColor(theme.accent))
