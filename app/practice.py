"""Practice: the round that is under way, what the recogniser makes of it, and what is told about each try."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.bridge import News
from app.examples import Examples
from app.practice_round import PracticeRound, Verdict
from app.progress import ProgressStore
from app.session import Session
from app.settings import Hand
from app.settings_store import SettingsStore
from engine.recognition.memory import RecordedSign
from engine.types import NANOSECONDS, SignEvent

if TYPE_CHECKING:
    from engine.recognition.prototype_difference import Difference

GO_ON_NS: Final = 3 * NANOSECONDS
"""After a right sign the next one is asked for by itself: the hands are busy."""
READ_NS: Final = 6 * NANOSECONDS
"""The same where there is something to read."""


class Practice(QObject):
    """Lives on the interface thread. Signs count only while somebody looks, and only those begun after the question."""

    changed = Signal()
    """Another sign is asked for, a try was judged, a round has begun or ended."""

    def __init__(
        self,
        *,
        session: Session,
        settings: SettingsStore,
        examples: Examples,
        progress: ProgressStore,
        clock: Callable[[], int],
    ) -> None:
        """Practise the signs that a session recognises.

        Args:
            session: what plays, with which model and lesson.
            settings: hold the leading hand.
            examples: what signs are shown with, and tries are compared with.
            progress: what is known of the user's practice; each outcome is added to it.
            clock: monotonic nanoseconds.
        """
        super().__init__()
        self.examples = examples
        self.progress = progress
        self._session = session
        self._settings = settings
        self._clock = clock
        self._dice = random.Random()
        self._round: PracticeRound | None = None
        self._difference: Difference | None = None
        self._sign: RecordedSign | None = None
        self._watched = False
        self._asked_ns = 0
        self._until_ns: int | None = None
        session.started.connect(self._begin_stream)

    @property
    def round(self) -> PracticeRound | None:
        """The one that is under way, or has just been finished; None before the first and after `leave`."""
        return self._round

    @property
    def difference(self) -> "Difference | None":
        """Where the last try differs clearly from the example; None where it does not, or nothing can be told."""
        return self._difference

    @property
    def glosses(self) -> frozenset[str]:
        """All signs that can be asked for: those that are recognised now."""
        return self._session.recognised

    def see_example(self) -> None:
        """The example is looked at."""
        if self._round is not None and not self._round.finished:
            self._round.see_example()
            self.changed.emit()

    def skip(self) -> None:
        """Give the sign up that is asked for."""
        if self._round is not None and not self._round.decided:
            self._round.skip()
            self._note_outcome()
            self._difference = None
            self.changed.emit()

    def go_on(self) -> None:
        """Do what comes next: begin a round, ask for the next sign once this one is decided, or repeat the round.

        A round asks for the signs that are known least; repeated, for those that were not right at the first try.
        """
        if self._round is None:
            self._begin(self.progress.choose(self.glosses, self._settings.settings.practice_signs, self._dice))
        elif self._round.finished:
            again, self._round = self._round.to_repeat, None
            if again:
                self._begin(again)
            else:
                self.go_on()
        elif self._round.decided:
            self._round.go_on()
            self._ask()

    def leave(self) -> None:
        """End the round, and see how it went as far as it got; be done with one that is finished, or had no answer."""
        if self._round is not None and self._round.results and not self._round.finished:
            self._round.end()
        else:
            self._round = None
        self._until_ns = None
        self.changed.emit()

    def watch(self, watched: bool) -> None:
        """Let signs count, or not: somebody looks, or nobody does."""
        self._watched = watched
        self._asked_ns = self._session.facts.time_ns
        if self._until_ns is not None:
            self._wait()

    def hear(self, news: News) -> None:
        """Judge the signs that were made."""
        self._sign = news.sign or self._sign
        for event in news.events:
            if self._watched and event.start_ns >= self._asked_ns:
                self._judge(event)

    def tick(self) -> None:
        """Go on by itself where it is time to."""
        if self._watched and self._until_ns is not None and self._clock() >= self._until_ns:
            self.go_on()

    def _begin(self, glosses: tuple[str, ...]) -> None:
        if glosses:
            self._round = PracticeRound(glosses)
            self._ask()

    def _begin_stream(self) -> None:
        self._asked_ns = 0
        self._sign = None

    def _ask(self) -> None:
        self._asked_ns = self._session.facts.time_ns
        self._until_ns = None
        self._difference = None
        self.changed.emit()

    def _judge(self, event: SignEvent) -> None:
        answer = None if self._round is None else self._round.hear(event)
        if self._round is None or answer is None:
            return
        self._difference = self._compared(event, self._round.gloss)
        if self._round.decided:
            self._note_outcome()
        if answer.verdict is Verdict.RIGHT:
            self._wait()
        self.changed.emit()

    def _note_outcome(self) -> None:
        assert self._round is not None
        result = self._round.results[-1]
        self.progress.add(result.gloss, result.outcome)

    def _wait(self) -> None:
        self._until_ns = self._clock() + (GO_ON_NS if self._difference is None else READ_NS)

    def _compared(self, event: SignEvent, gloss: str) -> "Difference | None":
        """Compare the try with the sign that was asked for, if both were seen."""
        prototype = self.examples.motion(gloss)
        if prototype is None or self._sign is None or self._sign.event is not event:
            return None
        from engine.recognition.prototype_difference import clearest_difference  # with torch, which takes seconds

        left_handed = self._settings.settings.dominant_hand is Hand.LEFT and not self.examples.is_own(gloss)
        return clearest_difference(self._sign.clip, prototype, left_handed=left_handed)
