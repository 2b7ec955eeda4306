"""From transcript entries to captions: what subtitles and an ELAN tier have in common."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.export.entry import TranscriptEntry
from engine.types import NANOSECONDS

_MILLISECOND: Final = NANOSECONDS // 1000
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Caption:
    """One line of text with its time in whole milliseconds, at least one long."""

    start_ms: int
    end_ms: int
    text: str


def captions(entries: Sequence[TranscriptEntry]) -> tuple[Caption, ...]:
    """Give every sign that has a gloss a caption, in order of time.

    Abstentions, which have no text to show, are not captions. Captions never overlap, because many players
    show only the last one and an ELAN tier forbids it: a sign ends at the latest where the next one starts,
    and is moved where both start together.
    """
    signs = sorted((entry for entry in entries if _text(entry)), key=lambda entry: entry.event.start_ns)
    made: list[Caption] = []
    for place, sign in enumerate(signs):
        start_ms = max(_milliseconds(sign.event.start_ns), made[-1].end_ms if made else 0)
        end_ms = _milliseconds(sign.event.end_ns)
        if place + 1 < len(signs):
            end_ms = min(end_ms, _milliseconds(signs[place + 1].event.start_ns))
        made.append(Caption(start_ms, max(end_ms, start_ms + 1), _text(sign)))
    return tuple(made)


def clock(time_ms: int, *, decimal_mark: str) -> str:
    """Write milliseconds as HH:MM:SS and three digits behind the decimal mark, as subtitles do."""
    seconds, milliseconds = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{decimal_mark}{milliseconds:03}"


def _text(sign: TranscriptEntry) -> str:
    """Keep what XML allows and what fits on one line, for a blank line would end a subtitle."""
    return " ".join(_NOT_IN_XML.sub(" ", sign.gloss or "").split())


def _milliseconds(time_ns: int) -> int:
    return round(time_ns / _MILLISECOND)
