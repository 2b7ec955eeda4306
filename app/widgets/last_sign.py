"""The last recognised sign, to be read from the last row."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.transcript.line_words import confidence_words, nearest_words, note_words
from app.view_model import clock_time
from app.widgets.text import em, fitted
from app.words import tr
from engine.export import TranscriptEntry


class LastSign(QWidget):
    """One gloss in type as large as fits, with its confidence and time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lastSign")
        self.setAccessibleName(tr("Last sign"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._entry: TranscriptEntry | None = None
        self._theme: Theme | None = None
        self.show_entry(None)

    @property
    def entry(self) -> TranscriptEntry | None:
        """What is shown."""
        return self._entry

    @property
    def headline(self) -> str:
        """The large words."""
        if self._entry is None:
            return ""
        return tr("not sure") if self._entry.gloss is None else self._entry.gloss

    @property
    def details(self) -> str:
        """The small words under them."""
        if self._entry is None:
            return tr("No sign yet")
        if self._entry.gloss is None:
            return nearest_words(self._entry.event)
        note = note_words(self._entry) or confidence_words(self._entry)
        return tr("{note} · at {time}", note=note, time=clock_time(self._entry.event.start_ns))

    def show_entry(self, entry: TranscriptEntry | None) -> None:
        """Show another sign, or that there is none."""
        self._entry = entry
        self.setAccessibleDescription(f"{self.headline} {self.details}".strip())
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(150, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self._theme is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._entry is None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.details)
        else:
            self._draw_words(painter, area, unsure=self._entry.gloss is None, theme=self._theme)
        painter.end()

    def _draw_words(self, painter: QPainter, area: QRectF, *, unsure: bool, theme: Theme) -> None:
        unit = em(self)
        largest = min(area.height() * 0.52, 7 * unit)
        upper = QRectF(area.left(), area.top(), area.width(), area.height() * 0.62)
        font, headline = fitted(self.font(), self.headline, width=area.width(), largest=largest, smallest=1.3 * unit)
        painter.setFont(font)
        painter.setPen(QColor(theme.caution if unsure else theme.text))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, headline)
        lower = QRectF(area.left(), upper.bottom(), area.width(), area.height() - upper.height())
        size = max(unit, min(largest * 0.42, 2 * unit))
        font, details = fitted(self.font(), self.details, width=area.width(), largest=size, smallest=unit, bold=False)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(lower, Qt.AlignmentFlag.AlignTop, details)
