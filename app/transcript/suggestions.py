"""What to offer somebody who is about to write a gloss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.view_model import percent
from app.words import tr
from engine.types import Candidate

OFFERED: Final = 60
"""More than that nobody scrolls through; another letter helps more."""
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A gloss, and in a word or two what speaks for it."""

    gloss: str
    reason: str


def suggestions(
    typed: str, candidates: Sequence[Candidate], vocabulary: Iterable[str], *, now: str | None = None
) -> tuple[Suggestion, ...]:
    """Return what to offer, best first.

    Before anything is typed: the candidates, behind them the vocabulary. Afterwards: what was typed, for nobody
    must get a word that they did not mean, then the glosses that begin with it, then those that contain it.

    Args:
        typed: as it stands in the field.
        candidates: of the recogniser, best first.
        vocabulary: glosses of the model.
        now: the gloss that is to be replaced, which is told beside it.
    """
    probabilities = {candidate.gloss: candidate.probability for candidate in candidates}
    vocabulary = tuple(vocabulary)
    known = dict.fromkeys((*probabilities, *vocabulary))
    wanted = as_gloss(typed)
    begin = [gloss for gloss in known if gloss.startswith(wanted) and gloss != wanted]
    contain = [gloss for gloss in known if wanted in gloss and not gloss.startswith(wanted)]

    def reason(gloss: str) -> str:
        if gloss in probabilities:
            likely = percent(probabilities[gloss])
            return tr("now, {probability}", probability=likely) if gloss == now else likely
        if gloss == now:
            return tr("now", "the gloss that stands there so far")
        return "" if gloss in known else tr("not in the vocabulary")

    offered = [*([wanted] if wanted else []), *begin, *contain][:OFFERED]
    return tuple(Suggestion(gloss, reason(gloss)) for gloss in offered)


def as_gloss(typed: str) -> str:
    """Return what was typed as a gloss: lower case, on one line, without blanks at its ends."""
    return " ".join(typed.split()).lower()[:LONGEST]
