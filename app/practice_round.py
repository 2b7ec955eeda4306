"""The course of a practice round: one sign asked for after the other, tries and a score; no Qt, no painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from engine.types import SignEvent

MOST_TRIES: Final = 3
"""Other signs than the one asked for; then the round goes on."""


class Outcome(StrEnum):
    """How a sign that was asked for went; as written to the record."""

    FIRST_TRY = "first try"
    LATER_TRY = "later try"
    WITH_EXAMPLE = "with the example"
    MISSED = "missed"
    SKIPPED = "skipped"

    @property
    def points(self) -> int:
        """What it counts in the score."""
        return _POINTS[self]


_POINTS: Final = {
    Outcome.FIRST_TRY: 2,
    Outcome.LATER_TRY: 1,
    Outcome.WITH_EXAMPLE: 1,
    Outcome.MISSED: 0,
    Outcome.SKIPPED: 0,
}
MOST_POINTS: Final = max(_POINTS.values())
"""For one sign."""


class Verdict(Enum):
    """What came of one try."""

    RIGHT = "right"
    OTHER = "another sign"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True)
class Answer:
    """One try.

    Attributes:
        verdict: what came of it.
        event: what the recogniser saw.
    """

    verdict: Verdict
    event: SignEvent


@dataclass(frozen=True, slots=True)
class Result:
    """A sign that was asked for, and how it went."""

    gloss: str
    outcome: Outcome


class PracticeRound:
    """Asks for signs one after the other; a sign whose outcome is known stays until `go_on`."""

    def __init__(self, glosses: Sequence[str]) -> None:
        """Ask for these signs, at least one, in this order."""
        self._glosses = tuple(glosses)
        self._results: list[Result] = []
        self._answer: Answer | None = None
        self._tries = 0
        self._example_seen = False
        self._decided = False
        self._finished = False

    @property
    def glosses(self) -> tuple[str, ...]:
        """All signs of the round."""
        return self._glosses

    @property
    def results(self) -> tuple[Result, ...]:
        """Of the signs so far, the one that is shown included once its outcome is known."""
        return tuple(self._results)

    @property
    def number(self) -> int:
        """Which sign is asked for, from 1."""
        return len(self._results) + (0 if self.decided else 1)

    @property
    def gloss(self) -> str:
        """The sign that is asked for."""
        return self._glosses[self.number - 1]

    @property
    def outcome(self) -> Outcome | None:
        """Of the sign that is asked for; None as long as it is open."""
        return self._results[-1].outcome if self.decided else None

    @property
    def decided(self) -> bool:
        """The outcome of the sign that is shown is known."""
        return self._decided

    @property
    def answer(self) -> Answer | None:
        """The last try at that sign."""
        return self._answer

    @property
    def tries_left(self) -> int:
        return MOST_TRIES - self._tries

    @property
    def example_seen(self) -> bool:
        """The sign has been shown before it was right."""
        return self._example_seen

    @property
    def finished(self) -> bool:
        """All signs have been asked for and left, or the round was ended."""
        return self._finished

    @property
    def points(self) -> int:
        """The score so far."""
        return sum(result.outcome.points for result in self._results)

    @property
    def to_repeat(self) -> tuple[str, ...]:
        """The signs that were not right at the first try, in the order of the round."""
        return tuple(result.gloss for result in self._results if result.outcome is not Outcome.FIRST_TRY)

    def hear(self, event: SignEvent) -> Answer | None:
        """Judge a sign that was made; None where no sign is waited for.

        To abstain is the recogniser's failing, not the signer's: it uses up no try.
        """
        if self._decided or self._finished:
            return None
        if event.gloss is None:
            verdict = Verdict.NOT_SURE
        else:
            verdict = Verdict.RIGHT if event.gloss == self.gloss else Verdict.OTHER
        self._answer = Answer(verdict, event)
        if verdict is Verdict.RIGHT:
            first = Outcome.FIRST_TRY if self._tries == 0 else Outcome.LATER_TRY
            self._decide(Outcome.WITH_EXAMPLE if self._example_seen else first)
        elif verdict is Verdict.OTHER:
            self._tries += 1
            if not self.tries_left:
                self._decide(Outcome.MISSED)
        return self._answer

    def see_example(self) -> None:
        """The sign is shown: if it is right from now on, it counts less."""
        if not self._decided:
            self._example_seen = True

    def skip(self) -> None:
        """Give the sign up."""
        if not self._decided and not self._finished:
            self._decide(Outcome.SKIPPED)

    def go_on(self) -> None:
        """Ask for the next sign, or end the round, once this one is decided."""
        if self._decided and len(self._results) == len(self._glosses):
            self._finished = True
        elif self._decided:
            self._answer, self._tries, self._example_seen, self._decided = None, 0, False, False

    def end(self) -> None:
        """Leave it at the signs whose outcome is known, at least one: the round is finished, and was about these."""
        self._glosses = self._glosses[: len(self._results)]
        self._finished = True

    def _decide(self, outcome: Outcome) -> None:
        self._results.append(Result(self.gloss, outcome))
        self._decided = True
