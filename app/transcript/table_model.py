"""The transcript as a table: one row for each line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.theme import Theme
from app.transcript.document import Line
from app.transcript.line_words import confidence_words, entry_words, note_words
from app.view_model import clock_time, percent
from app.words import mark, tr
from engine.export import Standing, TranscriptEntry

Index = QModelIndex | QPersistentModelIndex

TIME, SIGN, NOTE, CONFIDENCE = range(4)
HEADERS: Final = (mark("Time"), mark("Sign"), mark("Note"), mark("Confidence"))


class TranscriptModel(QAbstractTableModel):
    """Time, gloss, what was done to it, confidence."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._unsure = QColor()
        self._muted = QColor()
        self._italic = QFont()
        self._italic.setItalic(True)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, oldest first."""
        return tuple(self._lines)

    def row_of(self, number: int) -> int | None:
        """Return the row of a line; None where it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.number == number), None)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; rows that stay keep their selection and their place on the screen."""
        self._take_out({line.number for line in self._lines} - {line.number for line in lines})
        row = 0
        while row < len(lines):
            if row < len(self._lines) and self._lines[row].number == lines[row].number:
                self._replace(row, lines[row])
                row += 1
            else:
                row = self._put_in(row, lines)

    def apply_theme(self, theme: Theme) -> None:
        self._unsure, self._muted = QColor(theme.caution), QColor(theme.muted)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry, column = self._lines[index.row()].entry, index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                time = clock_time(entry.event.start_ns)
                return (time, entry_words(entry), note_words(entry), confidence_words(entry))[column]
            case Qt.ItemDataRole.ToolTipRole:
                return explanation(entry)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column in (NOTE, CONFIDENCE) else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if entry.gloss is None:
                return self._italic
            case Qt.ItemDataRole.ForegroundRole if entry.gloss is None:
                return self._unsure
            case Qt.ItemDataRole.ForegroundRole if column == NOTE:
                return self._muted
        return None

    def _take_out(self, numbers: set[int]) -> None:
        for row in reversed([row for row, line in enumerate(self._lines) if line.number in numbers]):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._lines[row]
            self.endRemoveRows()

    def _replace(self, row: int, line: Line) -> None:
        if line != self._lines[row]:
            self._lines[row] = line
            self.dataChanged.emit(self.index(row, 0), self.index(row, CONFIDENCE))

    def _put_in(self, row: int, lines: Sequence[Line]) -> int:
        """Insert the lines from `row` up to the next one that is there already; returns the row behind them."""
        there = self._lines[row].number if row < len(self._lines) else None
        end = next((end for end in range(row, len(lines)) if lines[end].number == there), len(lines))
        self.beginInsertRows(QModelIndex(), row, end - 1)
        self._lines[row:row] = lines[row:end]
        self.endInsertRows()
        return end


def explanation(entry: TranscriptEntry) -> str:
    """Return what the recogniser said, for a tooltip."""
    if entry.standing is Standing.INSERTED:
        return tr("Inserted by hand")
    candidates = "\n".join(f"{one.gloss}  {percent(one.probability)}" for one in entry.event.candidates)
    recognised = tr("Recognised: {gloss}", gloss=entry.event.gloss or tr("not sure"))
    return f"{recognised}\n{candidates}".rstrip()
