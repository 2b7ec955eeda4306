"""After a round: the score, and the signs to look at again."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions import Action
from app.practice_round import Outcome, PracticeRound
from app.practice_words import again_words, count_words, outcome_words, score_words
from app.widgets.button import ActionButton
from app.widgets.naming import label, named
from app.words import tr


class PracticeSummary(QFrame):
    """Shows a finished round; every sign with how it went."""

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        named(self, "practiceSummary", role="panel")
        self.score = label(name="practiceScore", role="score")
        self.counts = label(name="practiceCounts", role="hint", wrap=True)
        self.again = label(name="practiceAgain", role="title", wrap=True)
        self.again_button = named(ActionButton(actions[Action.GO_ON], role="primary"), "repeatSigns")
        self.end_button = named(ActionButton(actions[Action.END_ROUND], text=tr("Done")), "leaveSummary")
        self._signs = named(QScrollArea(), "practiceResults")
        self._signs.setWidgetResizable(True)
        self._signs.setFrameShape(QFrame.Shape.NoFrame)
        self._signs.setAccessibleName(tr("Every sign of the round"))
        self._arrange()

    def show_round(self, practice: PracticeRound) -> None:
        """Show the score of a round that is finished."""
        self.score.setText(score_words(practice))
        self.counts.setText(count_words(practice.results))
        self.again.setText(again_words(practice.to_repeat))
        signs = named(QWidget(), "scrolled")
        grid = QGridLayout(signs)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, result in enumerate(practice.results):
            first = result.outcome is Outcome.FIRST_TRY
            grid.addWidget(label(result.gloss, role=None if first else "key"), row, 0)
            grid.addWidget(label(outcome_words(result.outcome), role="muted" if first else None), row, 1)
        grid.setRowStretch(len(practice.results), 1)
        self._signs.setWidget(signs)

    @property
    def words(self) -> str:
        """What a screen reader says when the round is over."""
        score, counts, again = self.score.text(), self.counts.text(), self.again.text()
        return tr("Round finished: {score}. {counts} {again}", score=score, counts=counts, again=again)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(12)
        column.addWidget(label(tr("Round finished"), role="muted"))
        for words in (self.score, self.counts, self.again):
            column.addWidget(words)
        column.addWidget(self._signs, stretch=1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.again_button)
        row.addWidget(self.end_button)
        row.addStretch()
        column.addLayout(row)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
