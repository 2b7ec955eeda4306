"""The last sign as a caption under the picture, as large as there is room: for a projector."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.transcript.line_words import entry_words
from app.view_model import Status
from app.widgets.text import em, fitted, sized
from app.words import tr
from engine.export import TranscriptEntry


class BigSign(QWidget):
    """One line with the last sign, and the state in small words above it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bigSign")
        self.setAccessibleName(tr("Last sign"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._entry: TranscriptEntry | None = None
        self._state = ""
        self._theme: Theme | None = None

    @property
    def words(self) -> str:
        """The large ones; empty as long as there was no sign."""
        return "" if self._entry is None else entry_words(self._entry)

    def show_entry(self, entry: TranscriptEntry | None) -> None:
        """Show another sign as its reader has it, or that there is none."""
        if entry != self._entry:
            self._entry = entry
            self._describe()

    def show_status(self, status: Status) -> None:
        """Show the state with a hint for the signer, if there is one."""
        state = f"{status.headline} · {status.hint}" if status.advises else status.headline
        if state != self._state:
            self._state = state
            self._describe()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 90)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self._theme is None:
            return
        painter = QPainter(self)
        small = 2.2 * em(self)
        painter.setFont(sized(self.font(), 1.5 * em(self)))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(QRectF(0, 0, self.width(), small), Qt.AlignmentFlag.AlignCenter, self._state)
        unsure = self._entry is not None and self._entry.gloss is None
        room = QRectF(0, small, self.width(), self.height() - small)
        largest = 0.72 * room.height()
        font, words = fitted(self.font(), self.words, width=room.width(), largest=largest, smallest=2 * em(self))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.caution if unsure else self._theme.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleDescription(f"{self.words}. {self._state}".removeprefix(". "))
        self.update()
