"""The candidates with their probabilities, the first one large enough for the last row of a classroom."""

from math import floor
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.theme import Theme
from app.view_model import Shortlist, percent
from app.widgets.text import TITLE, em, fitted, sized, title_font
from app.words import listed, mark, tr
from engine.types import Candidate

ROWS: Final = 5
FIRST_ROW: Final = 1.9
"""Height of the first row in rows."""
LARGEST: Final = 0.17
"""Height of a row, at most, in widths of the panel."""
MOST_GAP: Final = 0.75
"""Between two rows, in rows, where the panel is high."""
MARGIN: Final = 18
EMPTY: Final = mark("Candidates appear here while you sign.")


class CandidatesPanel(QFrame):
    """Title and verdict, five rows of gloss, percentage and bar, the abstention threshold across the bars.

    Painted by hand and sized by the room there is, so that nothing has to be laid out again while somebody signs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("candidates")
        self.setAccessibleName(tr("Candidates"))
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shortlist = Shortlist(tr("Candidates"), "", False, (), 0.0)
        self._theme: Theme | None = None

    @property
    def shortlist(self) -> Shortlist:
        """What is shown."""
        return self._shortlist

    def show_shortlist(self, shortlist: Shortlist) -> None:
        if shortlist == self._shortlist:
            return
        self._shortlist = shortlist
        self.setAccessibleDescription(describe(shortlist))
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(360, 340)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 210)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(MARGIN, MARGIN - 4, -MARGIN, -MARGIN + 6)
        title_height = 2 * em(self)
        self._draw_title(painter, QRectF(inside.left(), inside.top(), inside.width(), title_height), self._theme)
        rows = inside.adjusted(0, title_height + 6, 0, 0)
        if self._shortlist.candidates:
            self._draw_rows(painter, rows, self._theme)
        else:
            painter.setFont(self.font())
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(rows, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, tr(EMPTY))
        painter.end()

    def _draw_title(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        painter.setFont(title_font(self))
        painter.setPen(QColor(theme.text))
        title = painter.fontMetrics().elidedText(
            self._shortlist.title, Qt.TextElideMode.ElideRight, floor(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, title)
        sure = self._shortlist.sure
        room = area.width() - painter.fontMetrics().horizontalAdvance(title) - em(self)
        largest = em(self) if sure else TITLE * em(self)
        font, verdict = fitted(
            self.font(), self._shortlist.verdict, width=room, largest=largest, smallest=0.8 * em(self), bold=not sure
        )
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if sure else theme.caution))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, verdict)

    def _draw_rows(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        # In a narrow panel a long first gloss has to shrink; the rows under it must not outgrow it.
        rows = ROWS - 1 + FIRST_ROW
        unit = min(area.height() / rows, LARGEST * area.width())
        gap = min((area.height() - rows * unit) / (ROWS - 1), MOST_GAP * unit)
        top = area.top()
        for number, candidate in enumerate(self._shortlist.candidates[:ROWS]):
            height = unit * (FIRST_ROW if number == 0 else 1)
            row = QRectF(area.left(), top, area.width(), height)
            self._draw_row(painter, row, candidate, first=number == 0, theme=theme)
            top += height + gap

    def _draw_row(self, painter: QPainter, row: QRectF, candidate: Candidate, *, first: bool, theme: Theme) -> None:
        bar_height = max(5.0, row.height() * 0.13)
        bar = QRectF(row.left(), row.bottom() - row.height() * 0.12 - bar_height, row.width(), bar_height)
        largest = (bar.top() - row.top()) * 0.72
        smallest = min(1.2 * em(self), largest)
        baseline = bar.top() - largest * 0.3
        accepted = first and self._shortlist.sure

        figure = percent(candidate.probability)
        painter.setFont(sized(self.font(), max(largest * (0.5 if first else 0.7), smallest)))
        room = row.width() - painter.fontMetrics().horizontalAdvance(figure)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(row.left() + room, baseline), figure)

        font, gloss = fitted(
            self.font(), candidate.gloss, width=room - em(self), largest=largest, smallest=smallest, bold=accepted
        )
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(row.left(), baseline), gloss)
        self._draw_bar(painter, bar, candidate.probability, theme.accent if accepted else theme.muted, theme)

    def _draw_bar(self, painter: QPainter, bar: QRectF, probability: float, colour: str, theme: Theme) -> None:
        radius = bar.height() / 2
        track = QPainterPath()
        track.addRoundedRect(bar, radius, radius)
        painter.fillPath(track, QColor(theme.track))
        filled = QRectF(bar)
        filled.setWidth(bar.width() * min(max(probability, 0.0), 1.0))
        painter.save()
        painter.setClipPath(track)
        painter.fillRect(filled, QColor(colour))
        painter.restore()
        x = bar.left() + bar.width() * self._shortlist.threshold
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom() + 5))


def describe(shortlist: Shortlist) -> str:
    """Return the candidates in one line, for a screen reader."""
    if not shortlist.candidates:
        return tr(EMPTY)
    named = listed(f"{candidate.gloss} {percent(candidate.probability)}" for candidate in shortlist.candidates)
    return f"{shortlist.title}: {named}. {shortlist.verdict}."
