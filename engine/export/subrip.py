"""SubRip subtitles (.srt)."""

from collections.abc import Sequence

from engine.export.captions import captions, clock
from engine.export.entry import TranscriptEntry


def to_srt(entries: Sequence[TranscriptEntry]) -> str:
    """Write one numbered subtitle a sign."""
    return "".join(
        f"{number}\n{clock(caption.start_ms, decimal_mark=',')} --> {clock(caption.end_ms, decimal_mark=',')}\n"
        f"{caption.text}\n\n"
        for number, caption in enumerate(captions(entries), start=1)
    )
