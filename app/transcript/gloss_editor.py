"""A small popup in which a gloss is chosen from the candidates, or written."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.transcript.suggestions import LONGEST, Suggestion, suggestions
from app.widgets.naming import label, named
from app.widgets.row_table import offer_rows
from app.widgets.text import em
from app.words import tr
from engine.types import Candidate

WIDTH_EM: Final = 24
ROWS: Final = 6
"""Suggestions in sight; the rest is scrolled to."""


class GlossEditor(QFrame):
    """A field and what it suggests: the arrow keys choose, Enter takes, Escape gives up; a click takes at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("glossEditor")
        self._answer: Callable[[str], object] | None = None
        self._candidates: tuple[Candidate, ...] = ()
        self._vocabulary: tuple[str, ...] = ()
        self._now: str | None = None
        self._offered: tuple[Suggestion, ...] = ()
        self.title = label(role="muted")
        self.field = named(QLineEdit(), "glossField")
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(tr("Choose below, or type a gloss"))
        self.field.setAccessibleName(tr("Gloss"))
        self.list = self._make_list()
        self.field.textEdited.connect(self._suggest)
        self.field.returnPressed.connect(self._take)
        self.list.cellClicked.connect(self._take)
        self.list.currentCellChanged.connect(self._tell_choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.field)
        column.addWidget(self.list)

    @property
    def offered(self) -> tuple[Suggestion, ...]:
        """What can be chosen, best first."""
        return self._offered

    def ask(
        self,
        title: str,
        *,
        candidates: Sequence[Candidate],
        vocabulary: Sequence[str],
        now: str | None,
        beside: QRect,
        answer: Callable[[str], object],
    ) -> None:
        """Open below, or where there is no room above, a place on the screen.

        Args:
            title: what is asked for.
            candidates: of the recogniser, best first.
            vocabulary: glosses of the model.
            now: the gloss that is to be replaced.
            beside: the place, in pixels of the screen.
            answer: called with the gloss, unless the user gives up.
        """
        self._answer = answer
        self._candidates, self._vocabulary, self._now = tuple(candidates), tuple(vocabulary), now
        self.title.setText(title)
        self.setAccessibleName(title)
        self.field.clear()
        self._suggest()
        self._size()
        self.move(self._place(beside))
        self.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        # The field leaves these to us.
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif step is not None and self._offered:
            row = min(max(self.list.currentRow() + step, 0), len(self._offered) - 1)
            self.list.setCurrentCell(row, 0)
        else:
            super().keyPressEvent(event)

    def _make_list(self) -> QTableWidget:
        made = named(QTableWidget(0, 2), "glossSuggestions")
        made.setAccessibleName(tr("Suggestions"))
        made.setToolTip(tr("Click a gloss, or choose with the arrow keys and Enter"))
        offer_rows(made)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keyboard
        made.horizontalHeader().hide()
        made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return made

    def _suggest(self) -> None:
        self._offered = suggestions(self.field.text(), self._candidates, self._vocabulary, now=self._now)
        self.list.setRowCount(len(self._offered))
        for row, suggestion in enumerate(self._offered):
            reason = QTableWidgetItem(suggestion.reason)
            reason.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.setItem(row, 0, QTableWidgetItem(suggestion.gloss))
            self.list.setItem(row, 1, reason)
        if self._offered:
            self.list.setCurrentCell(0, 0)
            self._tell_choice()

    def _tell_choice(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._offered):
            suggestion = self._offered[row]
            chosen = f"{suggestion.gloss} {suggestion.reason}".rstrip()
            self.field.setAccessibleDescription(tr("Enter takes {gloss}", gloss=chosen))

    def _take(self) -> None:
        row = self.list.currentRow()
        if self._answer is not None and 0 <= row < len(self._offered):
            self.close()
            self._answer(self._offered[row].gloss)

    def _size(self) -> None:
        self.ensurePolished()
        row_height = self.list.fontMetrics().height() + 8
        self.list.verticalHeader().setDefaultSectionSize(row_height)
        self.list.setFixedHeight(row_height * ROWS + 2 * self.list.frameWidth())
        self.setFixedWidth(round(WIDTH_EM * em(self)))
        self.adjustSize()

    def _place(self, beside: QRect) -> QPoint:
        screen = self.screen().availableGeometry()
        x = min(max(beside.left(), screen.left()), screen.right() - self.width())
        below = beside.bottom() + 4
        above = beside.top() - 4 - self.height()
        return QPoint(x, below if below + self.height() <= screen.bottom() else max(above, screen.top()))
