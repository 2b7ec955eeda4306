"""In a round: the sign that is asked for, what came of it, and the example."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from app.actions import Action
from app.practice_round import Outcome, PracticeRound, Verdict
from app.practice_words import HIDDEN, NO_EXAMPLE, advice_words, difference_words, number_words, result_words
from app.theme import Theme
from app.view_model import Tone
from app.widgets.button import ActionButton
from app.widgets.gloss_view import GlossView
from app.widgets.naming import label, named
from app.widgets.sign_player import SignPlayer
from app.widgets.state_line import Dot
from app.words import tr
from engine.types import Keypoints

if TYPE_CHECKING:
    from engine.recognition.prototype_difference import Difference

_TONES = {Verdict.RIGHT: Tone.LIVE, Verdict.OTHER: Tone.CAUTION, Verdict.NOT_SURE: Tone.CAUTION}


class PracticePrompt(QFrame):
    """Shows what it is given."""

    def __init__(self, actions: Mapping[Action, QAction]) -> None:
        super().__init__()
        named(self, "practicePrompt", role="panel")
        self.number = label(name="practiceNumber", role="muted")
        self.gloss = GlossView("practiceGloss", describes=tr("Make this sign"))
        self.dot = Dot()
        self.result = label(name="practiceResult", role="headline", wrap=True)
        self.advice = label(name="practiceAdvice", role="hint", wrap=True)
        self.difference = label(name="practiceDifference", wrap=True)
        self.hidden = label(tr(HIDDEN), "practiceHidden", role="muted", wrap=True)
        self.player = SignPlayer("example")
        self.go_on_button = named(ActionButton(actions[Action.GO_ON], role="primary"), "nextSign")
        self._actions = actions
        self._has_example = False
        self._example = named(QStackedWidget(), "practiceExample")
        self._arrange()

    @property
    def words(self) -> str:
        """What a screen reader says of a change."""
        said = (self.result.text(), self.difference.text(), self.advice.text())
        return " ".join(f"{words.rstrip('.?')}." for words in (self.gloss.gloss, *said) if words)

    def show_round(self, practice: PracticeRound, difference: "Difference | None", *, known: bool) -> None:
        """Show where a round is.

        Args:
            practice: the round.
            difference: of the last try to the example, if one is clear.
            known: the sign that is asked for can be recognised.
        """
        self.number.setText(number_words(practice))
        self.gloss.show_gloss(practice.gloss)
        self.result.setText(result_words(practice))
        self.advice.setText(advice_words(practice, known=known))
        self.difference.setText(difference_words(difference))
        self.difference.setVisible(difference is not None)
        self.result.setVisible(bool(self.result.text()))
        self.dot.setVisible(bool(self.result.text()))
        skipped = practice.outcome is Outcome.SKIPPED
        self.dot.show_tone(Tone.QUIET if skipped or practice.answer is None else _TONES[practice.answer.verdict])
        shown = self._has_example and (practice.example_seen or practice.decided)
        self._example.setCurrentWidget(self.player if shown else self.hidden)

    def show_example(self, poses: Sequence[Keypoints]) -> None:
        """Play another example as soon as it may be seen; without poses there is none."""
        self._has_example = bool(poses)
        self.hidden.setText(tr(HIDDEN if poses else NO_EXAMPLE))
        self.player.show_poses(poses)

    def apply_theme(self, theme: Theme) -> None:
        self.dot.apply_theme(theme)
        self.gloss.apply_theme(theme)

    def _arrange(self) -> None:
        self.hidden.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._example.addWidget(self.hidden)
        self._example.addWidget(self.player)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 16)
        column.setSpacing(6)
        column.addWidget(self.number)
        column.addWidget(self.gloss)
        verdict = QHBoxLayout()
        verdict.setSpacing(10)
        verdict.addWidget(self.dot)
        verdict.addWidget(self.result, stretch=1)
        column.addLayout(verdict)
        column.addWidget(self.difference)
        column.addWidget(self.advice)
        column.addSpacing(4)
        column.addWidget(self._example, stretch=1)
        column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        for action in (Action.SHOW_EXAMPLE, Action.SKIP, Action.END_ROUND):
            row.addWidget(ActionButton(self._actions[action]))
        row.addStretch()
        row.addWidget(self.go_on_button)
        column.addLayout(row)
