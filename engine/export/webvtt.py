"""WebVTT subtitles (.vtt)."""

from collections.abc import Sequence
from html import escape

from engine.export.captions import captions, clock
from engine.export.entry import TranscriptEntry


def to_vtt(entries: Sequence[TranscriptEntry]) -> str:
    """Write one cue a sign; &, < and > are escaped, which WebVTT would read as mark-up or as an arrow."""
    return "WEBVTT\n\n" + "".join(
        f"{clock(caption.start_ms, decimal_mark='.')} --> {clock(caption.end_ms, decimal_mark='.')}\n"
        f"{escape(caption.text, quote=False)}\n\n"
        for caption in captions(entries)
    )
