"""A sign event as plain values: what `transcribe` prints and what the .json and .csv exports hold."""

from typing import TypedDict

from engine.types import NANOSECONDS, SignEvent


class SignRecord(TypedDict):
    """A sign event in seconds of stream time; `gloss` is None where the recogniser abstained."""

    gloss: str | None
    probability: float
    start_s: float
    end_s: float
    emitted_s: float


def sign_record(event: SignEvent) -> SignRecord:
    """Turn nanoseconds into seconds, rounded to the microsecond, and the probability into four digits."""
    return SignRecord(
        gloss=event.gloss,
        probability=round(event.probability, 4),
        start_s=_seconds(event.start_ns),
        end_s=_seconds(event.end_ns),
        emitted_s=_seconds(event.emitted_ns),
    )


def _seconds(time_ns: int) -> float:
    return round(time_ns / NANOSECONDS, 6)
