"""A transcript as a JSON list (.json)."""

import json
from collections.abc import Sequence

from engine.export.entry import TranscriptEntry
from engine.export.record import entry_record


def to_json(entries: Sequence[TranscriptEntry]) -> str:
    """Write the list of entry records; what is not there is null."""
    return json.dumps([entry_record(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"
