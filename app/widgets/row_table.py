"""A table to be read: rows of words, one of which can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget, QTableWidgetItem


def offer_rows(table: QTableView) -> None:
    """Let rows be chosen whole and nothing be edited in its cell; Tab leaves the table."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()


class RowTable(QTableWidget):
    """Rows are chosen whole, with the mouse or the arrow keys; nothing in them is edited."""

    def __init__(self, columns: Sequence[str], *, widest: int) -> None:
        """Make a table without rows; the column at `widest` takes the room that the others leave."""
        super().__init__(0, len(columns))
        self.setHorizontalHeaderLabels(columns)
        offer_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What is shown."""
        items = ([self.item(row, column) for column in range(self.columnCount())] for row in range(self.rowCount()))
        return [tuple(item.text() if item is not None else "" for item in row) for row in items]

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows; what does not fit is in the tooltips."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(number, column, item)
