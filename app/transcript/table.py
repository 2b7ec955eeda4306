"""The rows of the transcript, for the eye, the mouse and the keyboard."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.theme import Theme
from app.transcript.line_words import all_notes
from app.transcript.table_model import CONFIDENCE, NOTE, SIGN, TIME, TranscriptModel
from app.widgets.row_table import offer_rows
from app.words import mark, tr

EMPTY: Final = mark("Signs you make appear here.")
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class TranscriptTable(QTableView):
    """Rows are selected whole; the newest one stays in sight unless the user has scrolled away from it."""

    opened = Signal()
    """The current row shall be edited: Enter, or a double click on it."""

    def __init__(self, model: TranscriptModel) -> None:
        super().__init__()
        self.setObjectName("transcript")
        self.setAccessibleName(tr("Transcript"))
        self.setToolTip(
            tr("Signs with time and confidence; Enter corrects one, Shift and the arrow keys choose several")
        )
        model.rowsAboutToBeRemoved.connect(self._hold)  # before Qt hears of it, and moves to another row
        self.setModel(model)
        self._muted = QColor()
        offer_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        model.rowsRemoved.connect(self._let_go)
        model.rowsInserted.connect(self._let_go)
        self._following = True
        self._top = QPersistentModelIndex()  # what another table showed first, until the user scrolls
        self._held = False
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._note_position)
        bar.rangeChanged.connect(self._keep_place)
        self._size_sections()

    def apply_theme(self, theme: Theme) -> None:
        self._muted = QColor(theme.muted)
        self.viewport().update()

    @property
    def chosen(self) -> list[int]:
        """The selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def take_over(self, former: "TranscriptTable") -> None:
        """Select the rows that are selected in another table of the same signs, and show those that it shows."""
        selection, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        current = self.model().index(former.currentIndex().row(), SIGN)
        self.setAutoScroll(False)
        selection.setCurrentIndex(current, flags.NoUpdate)
        self.setAutoScroll(True)
        for row in former.chosen:
            selection.select(self.model().index(row, SIGN), flags.Select | flags.Rows)
        self._following = former._following
        self._top = QPersistentModelIndex(self.model().index(former._top_row, SIGN))
        self._keep_place()

    def go_to(self, row: int) -> None:
        """Select a row and bring it into sight."""
        whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, SIGN), whole_row)
        self.show_row(row)  # Qt does so only for a row that was not current before

    def show_row(self, row: int) -> None:
        """Bring a row into sight, and leave selected what is."""
        self.scrollTo(self.model().index(row, SIGN))

    def place_of(self, row: int) -> QRect:
        """Return where a row is on the screen, or the whole table where there is no such row in sight."""
        place = self.visualRect(self.model().index(row, SIGN)) & self.viewport().rect()
        place = place if place.isValid() else self.viewport().rect()
        return QRect(self.viewport().mapToGlobal(place.topLeft()), place.size())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.go_to(self.model().rowCount() - 1)  # Qt would begin at the oldest, and not show that
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._size_rows()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_sections()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)  # not to another column
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # Qt would copy a single cell
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._muted)
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), centred, tr(EMPTY))
            painter.end()

    def _hold(self) -> None:
        """What moves while rows are taken out is not the user's doing."""
        self._held = True

    def _let_go(self) -> None:
        self._held = False
        if self._following:
            self.scrollToBottom()

    def _note_position(self, value: int) -> None:
        if not self._held:
            self._following = value == self.verticalScrollBar().maximum()
            self._top = QPersistentModelIndex()

    @property
    def _top_row(self) -> int:
        return self._top.row() if self._top.isValid() else self.rowAt(0)

    def _keep_place(self) -> None:
        """Show the newest row, or what another table showed; how much room there is may turn out bit by bit."""
        bar = self.verticalScrollBar()
        if self._following:
            bar.setValue(bar.maximum())
        elif self._top.isValid():
            held, self._held = self._held, True
            bar.setValue(self.verticalHeader().sectionPosition(self._top.row()))
            self._held = held

    def _size_sections(self) -> None:
        metrics = self.fontMetrics()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SIGN, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(TIME, metrics.horizontalAdvance("0:00:00") + 20)
        header.resizeSection(NOTE, max(map(metrics.horizontalAdvance, all_notes())) + 16)
        header.resizeSection(CONFIDENCE, metrics.horizontalAdvance(">99 %") + 24)
        self._size_rows()

    def _size_rows(self) -> None:
        """Let whole rows fill the table, so that none is cut off while the newest is in sight."""
        room, least = self.viewport().height(), self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(room // max(room // least, 1) if room > least else least)
