"""Which curve is which: a sample of each line beside its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.widgets.text import em
from app.words import tr

SAMPLE_EM: Final = 1.7
"""Length of a sample: room for one dash and one dot."""
GAP_EM: Final = 0.4
APART_EM: Final = 1.0
MOST_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A curve: its name, and its pen by colour and dashes."""

    name: str
    colour: str
    style: Qt.PenStyle


class CurveLegend(QWidget):
    """One line of entries, or two in columns where one is too short; a name that still does not fit is elided.

    Two lines stay two until the width changes: plots must not jump while somebody signs.
    """

    def __init__(self, name: str, *, empty: str = "") -> None:
        """Make a legend without entries.

        Args:
            name: its object name.
            empty: what is said as long as there are no curves, in English.
        """
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._empty = empty
        self._entries: tuple[Entry, ...] = ()
        self._lines = 1
        self._text = QColor()

    def apply_theme(self, theme: Theme) -> None:
        self._text = QColor(theme.text)
        self.update()

    @property
    def names(self) -> tuple[str, ...]:
        """The curves that are named."""
        return tuple(entry.name for entry in self._entries)

    @property
    def lines(self) -> int:
        """How many there are."""
        return self._lines

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Name these curves."""
        self._entries = tuple(entries)
        self._take_lines(max(self._lines, self._needed()))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(0, self._lines * self._line_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._take_lines(self._needed())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._entries:
            painter.setPen(self._text)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, tr(self._empty))
        for entry, place in zip(self._entries, self._places(), strict=True):
            self._draw(painter, entry, place)
        painter.end()

    def _draw(self, painter: QPainter, entry: Entry, place: QRectF) -> None:
        sample = SAMPLE_EM * em(self)
        pen = QPen(QColor(entry.colour), 2, entry.style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        middle = round(place.center().y()) + 0.0
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + sample, middle))
        words = place.adjusted(sample + GAP_EM * em(self), 0, 0, 0)
        painter.setPen(self._text)
        name = self.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, ceil(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)

    def _places(self) -> list[QRectF]:
        """Return where each entry stands."""
        height = self._line_height()
        if self._lines == 1 and self._needed() == 1:
            apart = APART_EM * em(self)
            widths = [self._width_of(entry) for entry in self._entries]
            lefts = accumulate((width + apart for width in widths), initial=0.0)
            return [QRectF(left, 0, width, height) for left, width in zip(lefts, widths, strict=False)]
        columns = ceil(len(self._entries) / self._lines)
        column = self.width() / max(columns, 1)
        return [
            QRectF(number % columns * column, number // columns * height, column - GAP_EM * em(self), height)
            for number in range(len(self._entries))
        ]

    def _needed(self) -> int:
        """How many lines show every name whole, or as many as there may be."""
        if not self._entries:
            width: float = self.fontMetrics().horizontalAdvance(self._empty)
        else:
            between = APART_EM * em(self) * (len(self._entries) - 1)
            width = sum(map(self._width_of, self._entries)) + between
        return 1 if width <= self.width() else MOST_LINES

    def _width_of(self, entry: Entry) -> float:
        return (SAMPLE_EM + GAP_EM) * em(self) + self.fontMetrics().horizontalAdvance(entry.name) + 1

    def _line_height(self) -> int:
        return self.fontMetrics().height() + 2

    def _take_lines(self, lines: int) -> None:
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
