"""What the lines of a transcript say."""

from collections.abc import Iterable
from typing import Final

from app.view_model import clock_time, percent
from app.words import mark, tr
from engine.export import Standing, TranscriptEntry
from engine.types import SignEvent

_NOTES: Final = {Standing.CORRECTED: mark("corrected"), Standing.INSERTED: mark("inserted")}


def entry_words(entry: TranscriptEntry) -> str:
    """Return the gloss, or that and between which ones the recogniser was not sure."""
    if entry.gloss is not None:
        return entry.gloss
    nearest = nearest_words(entry.event)
    return tr("not sure: {glosses}", glosses=nearest) if nearest else tr("not sure")


def nearest_words(event: SignEvent) -> str:
    """Return the glosses that came closest, as a question; empty where there are none."""
    match [candidate.gloss for candidate in event.candidates[:2]]:
        case [first, second]:
            return tr("{gloss} or {other}?", gloss=first, other=second)
        case [only]:
            return tr("{gloss}?", gloss=only)
    return ""


def note_words(entry: TranscriptEntry) -> str:
    """Return what the reader did to an entry; empty where nothing was done."""
    return tr(_NOTES[entry.standing]) if entry.standing in _NOTES else ""


def all_notes() -> tuple[str, ...]:
    """Return all that `note_words` can say, for the room that it needs."""
    return tuple(map(tr, _NOTES.values()))


def confidence_words(entry: TranscriptEntry) -> str:
    """Return what the recogniser gives the gloss of an entry; a dash where it never named it."""
    return "–" if entry.probability is None else percent(entry.probability)


def transcript_text(entries: Iterable[TranscriptEntry]) -> str:
    """Return a transcript for the clipboard: a line a sign, its columns separated by tabs."""
    rows = (
        (clock_time(entry.event.start_ns), entry_words(entry), confidence_words(entry), note_words(entry))
        for entry in entries
    )
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)
