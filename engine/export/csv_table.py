"""A transcript as a table (.csv) that opens in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from engine.export.record import SignRecord, sign_record
from engine.types import SignEvent

COLUMNS: Final = tuple(SignRecord.__annotations__)

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTE: Final = "'"


def to_csv(events: Sequence[SignEvent]) -> str:
    """Write a header and one row a sign event; an abstention has an empty gloss."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    for event in events:
        record = sign_record(event)
        writer.writerow({**record, "gloss": as_text(record["gloss"] or "")})
    return table.getvalue()


def as_text(cell: str) -> str:
    """Keep a spreadsheet from running a gloss as a formula: the leading apostrophe means text."""
    return _QUOTE + cell if cell.startswith((*_STARTS_A_FORMULA, _QUOTE)) else cell
