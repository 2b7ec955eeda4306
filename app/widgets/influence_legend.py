"""What the colours of the joints mean while they show influence."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.widgets.naming import label
from app.widgets.skeleton import INFLUENCE
from app.words import tr


class InfluenceLegend(QWidget):
    """A band from little to much."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(tr("How much the model's answer owes to each joint: parts are hidden one after the other"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(6)
        self._words = label(tr("Influence: little"), role="muted"), label(tr("much"), role="muted")
        row.addWidget(self._words[0])
        row.addWidget(_Band())
        row.addWidget(self._words[1])

    def show_words(self, shown: bool) -> None:
        """Show the words beside the band, or leave them to the tooltip."""
        for words in self._words:
            words.setVisible(shown)


class _Band(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(56, 10))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for place, colour in enumerate(INFLUENCE):
            gradient.setColorAt(place, QColor(colour))
        painter = QPainter(self)
        painter.fillRect(self.rect(), gradient)
        painter.end()
