"""A transcript as a table (.csv) that opens in a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from engine.export.entry import TranscriptEntry
from engine.export.record import EntryRecord, entry_record

COLUMNS: Final = tuple(EntryRecord.__annotations__)

BYTE_ORDER_MARK: Final = "\ufeff"
"""Excel takes a table without it for one in the machine's own old code page, and garbles all that is not English."""
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTE: Final = "'"


def to_csv(entries: Sequence[TranscriptEntry]) -> str:
    """Write a header and one row an entry; what is not there is an empty cell."""
    table = io.StringIO(newline="")
    table.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    for entry in entries:
        record = entry_record(entry)
        texts = {"gloss": as_text(record["gloss"] or ""), "recognised": as_text(record["recognised"] or "")}
        writer.writerow({**record, **texts})
    return table.getvalue()


def as_text(cell: str) -> str:
    """Keep a spreadsheet from running a gloss as a formula: the leading apostrophe means text."""
    return _QUOTE + cell if cell.startswith((*_STARTS_A_FORMULA, _QUOTE)) else cell
