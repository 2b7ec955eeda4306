"""One call that writes a transcript in the format its file name asks for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from engine.errors import UserFacingError
from engine.export.csv_table import to_csv
from engine.export.elan import to_eaf
from engine.export.entry import TranscriptEntry
from engine.export.json_list import to_json
from engine.export.subrip import to_srt
from engine.export.webvtt import to_vtt
from engine.files import atomic_write

FORMATS: Final[Mapping[str, Callable[[Sequence[TranscriptEntry]], str]]] = MappingProxyType(
    {".srt": to_srt, ".vtt": to_vtt, ".eaf": to_eaf, ".csv": to_csv, ".json": to_json}
)
SUFFIXES: Final = tuple(FORMATS)
OF_A_VIDEO: Final = frozenset({".srt", ".vtt", ".eaf"})
"""Formats that are shown with the video, and count their time from its beginning."""


def check_suffix(path: Path) -> None:
    """Raise `UserFacingError` where `write_transcript` would not know the format; for callers who ask early."""
    if path.suffix.lower() not in FORMATS:
        raise UserFacingError(f"Cannot export to {path.name}: its name must end in one of {', '.join(SUFFIXES)}.")


def write_transcript(path: Path, entries: Sequence[TranscriptEntry], *, begins_ns: int = 0) -> None:
    """Write the signs of a transcript, replacing the file whole or not at all.

    Subtitles (.srt, .vtt) and ELAN (.eaf) hold the signs that have a gloss, recognised or of the reader; .csv and
    .json hold the abstentions too, and beside a correction what had been recognised.

    Args:
        path: of the file.
        entries: the signs, in stream time.
        begins_ns: the stream time at which the video begins. That of a session is not 0: its camera had been watched
            before it was recorded.

    Raises:
        UserFacingError: the suffix is none of `SUFFIXES`, or the file cannot be written.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    if suffix in OF_A_VIDEO:
        entries = [entry.moved(-begins_ns) for entry in entries]
    atomic_write(path, FORMATS[suffix](entries))
