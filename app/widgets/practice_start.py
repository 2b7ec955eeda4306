"""Before a round: which signs, how many, and the record of the rounds before."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.actions import Action
from app.picker_items import Item
from app.practice_words import NO_SIGNS, known_words, record_words, rounds_words
from app.progress import ProgressStore
from app.settings import PRACTICE_SIGNS
from app.widgets.button import ActionButton, push_button
from app.widgets.choice import Choice
from app.widgets.naming import explained, label, named
from app.widgets.row_table import RowTable
from app.words import mark, tr

RULES: Final = mark(
    "You are asked for signs one after the other, those first that you know least. Make each before the camera. "
    "Right at the first try counts two points, later or with the example one. Three other signs, and it counts none."
)
COLUMNS: Final = (mark("Sign"), mark("Known"), mark("Last practised"), mark("How it went, newest first"))


class PracticeStart(QWidget):
    """What to practise on the left, the record on the right."""

    def __init__(self, actions: Mapping[Action, QAction], progress: ProgressStore) -> None:
        super().__init__()
        self.setObjectName("practiceStart")
        self._progress = progress
        self.lesson = Choice("practiceLesson", letters=14)
        self.count = Choice("practiceCount", letters=14)
        for choice, name, words in (
            (
                self.lesson,
                tr("Signs"),
                tr("Which signs are asked for: all, or those of a lesson; in Live they alone are named"),
            ),
            (self.count, tr("How many"), tr("How many signs a round has")),
        ):
            explained(choice, words, name=name)
        self.begin_button = named(ActionButton(actions[Action.GO_ON], role="primary"), "beginPractice")
        self.offer = label(name="practiceOffer", role="muted", wrap=True)
        self.told = label(name="recordWords", role="muted", wrap=True)
        self.table = RecordTable()
        forget, bring_back = tr("Forget the record of all signs"), tr("Bring the cleared record back")
        self.clear_button = push_button("clearRecord", tr("Clear"), forget, progress.clear)
        self.undo_button = push_button("undoClearRecord", tr("Bring it back"), bring_back, progress.undo)
        self._arrange()
        progress.changed.connect(self._show_record)
        self._show_record()

    def show_choices(self, lessons: list[Item], lesson: str, *, count: int, available: int) -> None:
        """Show what can be chosen, what is chosen, and how many signs there are to ask for."""
        self.lesson.show_items(lessons, lesson)
        counts = [(tr("%n sign(s)", "", number), str(number)) for number in PRACTICE_SIGNS]
        self.count.show_items(counts, str(count))
        self.offer.setText(tr("%n sign(s) to choose from.", "", available) if available else tr(NO_SIGNS))

    def _show_record(self) -> None:
        record = self._progress.record
        self.told.setText(record_words(record))
        self.table.setVisible(bool(record))
        self.table.show_rows(
            [
                (gloss, known_words(rounds), rounds[-1].day.isoformat(), rounds_words(rounds))
                for gloss, rounds in record.items()
            ]
        )
        self.clear_button.setEnabled(bool(record))
        self.undo_button.setVisible(self._progress.can_undo)

    def _arrange(self) -> None:
        left = named(QFrame(), "practicePanel", role="panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(tr("Practice"), role="display"))
        column.addWidget(label(tr(RULES), role="hint", wrap=True))
        for choice in (self.lesson, self.count):
            title: QLabel = label(choice.accessibleName(), role="title")
            title.setBuddy(choice)
            column.addWidget(title)
            column.addWidget(choice)
        column.addWidget(self.offer)
        column.addSpacing(6)
        column.addWidget(self.begin_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        right = named(QFrame(), "recordPanel", role="panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.addWidget(label(tr("Your record"), role="title"), stretch=1)
        row.addWidget(self.undo_button)
        row.addWidget(self.clear_button)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.table, stretch=1)
        column.addStretch()
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(20)
        page.addWidget(left, stretch=10)
        page.addWidget(right, stretch=16)


class RecordTable(RowTable):
    """A line a sign; to be read, with the arrow keys or the wheel."""

    def __init__(self) -> None:
        super().__init__([tr(column) for column in COLUMNS], widest=len(COLUMNS) - 1)
        self.setObjectName("practiceRecord")
        self.setAccessibleName(tr("Record of your practice"))
        self.setToolTip(tr("Each sign that you were asked for, and how its last rounds went"))
        self.setFrameShape(QFrame.Shape.NoFrame)
