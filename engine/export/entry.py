"""One line of a transcript: what was recognised, and what its reader made of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from engine.types import SignEvent


class Standing(StrEnum):
    """Whose word an entry is; the value is how it is told."""

    RECOGNISED = "recognised"
    NOT_SURE = "not sure"
    CORRECTED = "corrected"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """A sign event and its reader's own gloss for it.

    Attributes:
        event: when, and what the recogniser said. For an inserted sign, of which it said nothing, an event
            without gloss and candidates.
        correction: the reader's gloss; None where the recogniser's stands.
        inserted: the reader saw a sign here, the recogniser did not.
    """

    event: SignEvent
    correction: str | None = None
    inserted: bool = False

    @property
    def gloss(self) -> str | None:
        """The gloss that holds; None where the recogniser abstained and nobody corrected it."""
        return self.event.gloss if self.correction is None else self.correction

    @property
    def standing(self) -> Standing:
        """Whose word the gloss is."""
        if self.inserted:
            return Standing.INSERTED
        if self.correction is not None:
            return Standing.CORRECTED
        return Standing.NOT_SURE if self.event.gloss is None else Standing.RECOGNISED

    @property
    def probability(self) -> float | None:
        """What the recogniser gave the gloss that holds, where it abstains its best candidate; None if it gave none."""
        if self.correction is None:
            return self.event.probability
        given = {candidate.gloss: candidate.probability for candidate in self.event.candidates}
        return given.get(self.correction)

    def moved(self, by_ns: int) -> Self:
        """The same entry at a later time."""
        event = self.event
        start_ns, end_ns, emitted_ns = event.start_ns + by_ns, event.end_ns + by_ns, event.emitted_ns + by_ns
        return replace(self, event=replace(event, start_ns=start_ns, end_ns=end_ns, emitted_ns=emitted_ns))


def inserted_entry(gloss: str, *, start_ns: int, end_ns: int) -> TranscriptEntry:
    """Return an entry for a sign that the recogniser has missed."""
    return TranscriptEntry(SignEvent(None, 0.0, start_ns, end_ns, emitted_ns=end_ns), gloss, inserted=True)
