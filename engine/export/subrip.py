"""SubRip subtitles (.srt)."""

from collections.abc import Sequence

from engine.export.captions import captions, clock
from engine.types import SignEvent


def to_srt(events: Sequence[SignEvent]) -> str:
    """Write one numbered subtitle a sign."""
    return "".join(
        f"{number}\n{clock(caption.start_ms, decimal_mark=',')} --> {clock(caption.end_ms, decimal_mark=',')}\n"
        f"{caption.text}\n\n"
        for number, caption in enumerate(captions(events), start=1)
    )
