"""The signs so far: a list for the eye, the keyboard and the clipboard, and the last one in large type."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QHBoxLayout, QHeaderView, QTableView

from app.actions import Action
from app.theme import Theme
from app.view_model import transcript_text
from app.widgets.button import ActionButton
from app.widgets.last_sign import LastSign
from app.widgets.naming import label
from app.widgets.transcript_model import CONFIDENCE, SIGN, TIME, TranscriptModel
from engine.types import SignEvent

EMPTY: Final = "Signs you make appear here."


class TranscriptPanel(QFrame):
    """The last sign on the left, all of them on the right."""

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        self.setObjectName("transcriptPanel")
        self.setProperty("role", "panel")
        self.model = TranscriptModel()
        self.table = TranscriptTable(self.model)
        self.last_sign = LastSign()
        self._actions = (actions[Action.COPY_TRANSCRIPT], actions[Action.CLEAR_TRANSCRIPT])
        self._enable_actions()

        header = QHBoxLayout()
        header.addWidget(label("Transcript", role="title"))
        header.addStretch()
        for action in self._actions:
            header.addWidget(ActionButton(action, role="quiet"))
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 8, 10, 8)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.addWidget(label("Last sign", role="title"), 0, 0)
        grid.addLayout(header, 0, 1)
        grid.addWidget(self.last_sign, 1, 0)
        grid.addWidget(self.table, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)

    @property
    def events(self) -> tuple[SignEvent, ...]:
        """All signs of the transcript, oldest first."""
        return self.model.events

    def extend(self, events: Sequence[SignEvent]) -> None:
        """Add signs."""
        if not events:
            return
        self.model.extend(events)
        self.last_sign.show_event(events[-1])
        self._enable_actions()

    def copy(self) -> None:
        """Put the selected signs on the clipboard, or all of them where none is selected."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        events = [self.events[row] for row in rows] or self.events
        QGuiApplication.clipboard().setText(transcript_text(events))

    def clear(self) -> None:
        """Forget all signs."""
        self.model.clear()
        self.last_sign.show_event(None)
        self._enable_actions()

    def apply_theme(self, theme: Theme) -> None:
        self.model.colour_unsure(theme.caution)
        self.table.apply_theme(theme)
        self.last_sign.apply_theme(theme)

    def _enable_actions(self) -> None:
        for action in self._actions:
            action.setEnabled(bool(self.events))


class TranscriptTable(QTableView):
    """Rows are selected whole; the newest one stays in sight unless the user has scrolled away from it."""

    def __init__(self, model: TranscriptModel) -> None:
        super().__init__()
        self.setObjectName("transcript")
        self.setAccessibleName("Transcript")
        self.setToolTip("Signs with time and confidence; choose some with the arrow keys and Shift to copy them")
        self.setModel(model)
        self._muted = QColor()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self._following = True
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._note_position)
        bar.rangeChanged.connect(self._follow)
        self._size_sections()

    def apply_theme(self, theme: Theme) -> None:
        self._muted = QColor(theme.muted)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_sections()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # Qt would copy a single cell
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._muted)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, EMPTY)
            painter.end()

    def _note_position(self, value: int) -> None:
        self._following = value == self.verticalScrollBar().maximum()

    def _follow(self, _minimum: int, maximum: int) -> None:
        if self._following:
            self.verticalScrollBar().setValue(maximum)

    def _size_sections(self) -> None:
        metrics = self.fontMetrics()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SIGN, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(TIME, metrics.horizontalAdvance("0:00:00") + 20)
        header.resizeSection(CONFIDENCE, metrics.horizontalAdvance(">99 %") + 24)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
