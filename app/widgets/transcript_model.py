"""The signs so far as a table: one row for each sign event."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.view_model import clock_time, event_words, percent
from engine.types import SignEvent

Index = QModelIndex | QPersistentModelIndex

TIME, SIGN, CONFIDENCE = range(3)
HEADERS: Final = ("Time", "Sign", "Confidence")


class TranscriptModel(QAbstractTableModel):
    """One row for each sign event: time, gloss, confidence."""

    def __init__(self) -> None:
        super().__init__()
        self._events: list[SignEvent] = []
        self._unsure = QColor()
        self._italic = QFont()
        self._italic.setItalic(True)

    @property
    def events(self) -> tuple[SignEvent, ...]:
        """All of them, oldest first."""
        return tuple(self._events)

    def extend(self, events: Sequence[SignEvent]) -> None:
        """Add events at the end."""
        if not events:
            return
        first = len(self._events)
        self.beginInsertRows(QModelIndex(), first, first + len(events) - 1)
        self._events.extend(events)
        self.endInsertRows()

    def clear(self) -> None:
        """Forget all events."""
        self.beginResetModel()
        self._events.clear()
        self.endResetModel()

    def colour_unsure(self, colour: str) -> None:
        """Choose the colour of the signs that were not recognised."""
        self._unsure = QColor(colour)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(self._events)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's name and default)
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        event, column = self._events[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (clock_time(event.start_ns), event_words(event), percent(event.probability))[column]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(f"{one.gloss}  {percent(one.probability)}" for one in event.candidates)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column == CONFIDENCE else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if event.gloss is None:
                return self._italic
            case Qt.ItemDataRole.ForegroundRole if event.gloss is None:
                return self._unsure
        return None
