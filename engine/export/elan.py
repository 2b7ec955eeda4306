"""ELAN annotation files (.eaf, format 3.0): one time-aligned tier of glosses."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from engine.export.captions import captions
from engine.export.entry import TranscriptEntry

TIER: Final = "gloss"

_SCHEMA: Final = {
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:noNamespaceSchemaLocation": "http://www.mpi.nl/tools/elan/EAFv3.0.xsd",
}


def to_eaf(entries: Sequence[TranscriptEntry]) -> str:
    """Write one alignable annotation a sign; times are whole milliseconds."""
    written_at = datetime.now(UTC).isoformat(timespec="seconds")
    document = Element("ANNOTATION_DOCUMENT", _SCHEMA, AUTHOR="", DATE=written_at, FORMAT="3.0", VERSION="3.0")
    SubElement(document, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    time_order = SubElement(document, "TIME_ORDER")
    tier = SubElement(document, "TIER", LINGUISTIC_TYPE_REF=TIER, TIER_ID=TIER)
    SubElement(document, "LINGUISTIC_TYPE", GRAPHIC_REFERENCES="false", LINGUISTIC_TYPE_ID=TIER, TIME_ALIGNABLE="true")

    for number, caption in enumerate(captions(entries), start=1):
        start, end = f"ts{2 * number - 1}", f"ts{2 * number}"
        SubElement(time_order, "TIME_SLOT", TIME_SLOT_ID=start, TIME_VALUE=str(caption.start_ms))
        SubElement(time_order, "TIME_SLOT", TIME_SLOT_ID=end, TIME_VALUE=str(caption.end_ms))
        annotation = SubElement(
            SubElement(tier, "ANNOTATION"),
            "ALIGNABLE_ANNOTATION",
            ANNOTATION_ID=f"a{number}",
            TIME_SLOT_REF1=start,
            TIME_SLOT_REF2=end,
        )
        SubElement(annotation, "ANNOTATION_VALUE").text = caption.text

    ElementTree.indent(document)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(document, encoding="unicode")}\n'
