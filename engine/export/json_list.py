"""A transcript as a JSON list (.json)."""

import json
from collections.abc import Sequence

from engine.export.record import sign_record
from engine.types import SignEvent


def to_json(events: Sequence[SignEvent]) -> str:
    """Write the list of sign records; an abstention has null for its gloss."""
    return json.dumps([sign_record(event) for event in events], ensure_ascii=False, indent=2) + "\n"
