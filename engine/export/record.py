"""Sign events and transcript entries as plain values: what `transcribe` prints, what .json and .csv exports hold."""

from typing import TypedDict

from engine.export.entry import TranscriptEntry
from engine.types import NANOSECONDS, SignEvent


class SignRecord(TypedDict):
    """A sign event in seconds of stream time; `gloss` is None where the recogniser abstained."""

    gloss: str | None
    probability: float
    start_s: float
    end_s: float
    emitted_s: float


class EntryRecord(TypedDict):
    """A transcript entry in seconds.

    `gloss` is the one that holds and `probability` what the recogniser gave it, None if it gave none;
    `recognised` is what the recogniser said, None where it abstained or saw nothing; `standing` is whose word
    the gloss is.
    """

    gloss: str | None
    probability: float | None
    start_s: float
    end_s: float
    emitted_s: float
    recognised: str | None
    standing: str


def sign_record(event: SignEvent) -> SignRecord:
    """Turn nanoseconds into seconds, rounded to the microsecond, and the probability into four digits."""
    return SignRecord(
        gloss=event.gloss,
        probability=round(event.probability, 4),
        start_s=_seconds(event.start_ns),
        end_s=_seconds(event.end_ns),
        emitted_s=_seconds(event.emitted_ns),
    )


def entry_record(entry: TranscriptEntry) -> EntryRecord:
    """Round as `sign_record` does."""
    times = sign_record(entry.event)
    return EntryRecord(
        gloss=entry.gloss,
        probability=None if entry.probability is None else round(entry.probability, 4),
        start_s=times["start_s"],
        end_s=times["end_s"],
        emitted_s=times["emitted_s"],
        recognised=entry.event.gloss,
        standing=entry.standing,
    )


def _seconds(time_ns: int) -> float:
    return round(time_ns / NANOSECONDS, 6)
