"""Every format is read back by a parser of its own."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.export import SUFFIXES, write_transcript
from engine.export.captions import captions
from engine.export.csv_table import BYTE_ORDER_MARK, as_text, to_csv
from engine.export.elan import to_eaf
from engine.export.entry import TranscriptEntry, inserted_entry
from engine.export.json_list import to_json
from engine.export.subrip import to_srt
from engine.export.webvtt import to_vtt
from engine.types import NANOSECONDS, Candidate, SignEvent

Cue = tuple[int, int, str]

ENTRIES = (
    TranscriptEntry(SignEvent("book", 0.91, 1_200_000_000, 2_050_000_000, 2_300_000_000)),
    TranscriptEntry(SignEvent(None, 0.2, 2_500_000_000, 2_900_000_000, 3_000_000_000)),
    TranscriptEntry(SignEvent("thank you", 0.75, 3_661_004_000_000, 3_662_000_000_000, 3_662_100_000_000)),
)
CUES: Sequence[Cue] = ((1200, 2050, "book"), (3_661_004, 3_662_000, "thank you"))

times = st.integers(0, 200 * 3600 * NANOSECONDS)
glosses = st.text().map(lambda text: text + "a")
signs = st.builds(
    lambda gloss, probability, start, length, delay: SignEvent(
        gloss, probability, start, start + length, start + length + delay
    ),
    st.none() | glosses,
    st.floats(0, 1),
    times,
    st.integers(0, 10 * NANOSECONDS),
    st.integers(0, NANOSECONDS),
)
entries = st.builds(TranscriptEntry, signs, st.none() | glosses)
transcripts = st.lists(entries, max_size=8)


def milliseconds(clock: str) -> int:
    hours, minutes, seconds, thousandths = map(int, re.split("[:.,]", clock))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def parse_cue(lines: Sequence[str]) -> Cue:
    timing, text = lines
    start, end = timing.split(" --> ")
    return milliseconds(start), milliseconds(end), text


def parse_srt(text: str) -> list[Cue]:
    blocks = [block.split("\n") for block in text.removesuffix("\n\n").split("\n\n")] if text else []
    assert [block[0] for block in blocks] == [str(number) for number in range(1, len(blocks) + 1)]
    return [parse_cue(block[1:]) for block in blocks]


def parse_vtt(text: str) -> list[Cue]:
    header, *blocks = text.removesuffix("\n\n").split("\n\n")
    assert header == "WEBVTT"
    cues = [parse_cue(block.split("\n")) for block in blocks]
    assert not any(set(cue[2]) & set("<>") for cue in cues)
    return [(start, end, unescape(cue)) for start, end, cue in cues]


def parse_eaf(text: str) -> list[Cue]:
    document = ElementTree.fromstring(text.encode())
    assert [part.tag for part in document] == ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE"]
    slots = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE", "")) for slot in document.iter("TIME_SLOT")}
    return [
        (
            slots[annotation.get("TIME_SLOT_REF1")],
            slots[annotation.get("TIME_SLOT_REF2")],
            annotation.findtext("ANNOTATION_VALUE") or "",
        )
        for annotation in document.iter("ALIGNABLE_ANNOTATION")
    ]


PARSERS = [(to_srt, parse_srt), (to_vtt, parse_vtt), (to_eaf, parse_eaf)]


@pytest.mark.parametrize(("write", "parse"), PARSERS)
def test_captions_hold_the_recognised_signs_and_not_the_abstentions(write, parse):
    assert parse(write(ENTRIES)) == list(CUES)


@pytest.mark.parametrize(("write", "parse"), PARSERS)
def test_an_empty_transcript_is_a_valid_file(write, parse):
    assert parse(write(())) == []


@given(transcripts)
def test_every_caption_format_reads_back_the_same_captions(transcript):
    expected = [(caption.start_ms, caption.end_ms, caption.text) for caption in captions(transcript)]
    for write, parse in PARSERS:
        assert parse(write(transcript)) == expected


@given(transcripts)
def test_captions_are_in_order_and_never_overlap_or_vanish(transcript):
    made = captions(transcript)
    assert len(made) == sum(entry.gloss is not None for entry in transcript)
    assert all(caption.start_ms < caption.end_ms for caption in made)
    assert all(former.end_ms <= latter.start_ms for former, latter in pairwise(made))


@given(st.builds(SignEvent, glosses, st.floats(0, 1), times, times, times))
def test_a_caption_starts_within_half_a_millisecond_of_its_sign(sign):
    (caption,) = captions([TranscriptEntry(sign)])
    assert abs(caption.start_ms * 1_000_000 - sign.start_ns) <= 500_000


def test_a_sign_that_overlaps_the_next_ends_where_that_starts():
    overlapping = [
        TranscriptEntry(SignEvent("book", 0.9, 0, 2 * NANOSECONDS, 2 * NANOSECONDS)),
        TranscriptEntry(SignEvent("read", 0.9, NANOSECONDS, 3 * NANOSECONDS, 3 * NANOSECONDS)),
    ]
    assert parse_srt(to_srt(overlapping)) == [(0, 1000, "book"), (1000, 3000, "read")]


@pytest.mark.parametrize("gloss", ["a\n\nb", "a --> b", "<i>a & b</i>", "a\0b", "]]>", "été 手語 🤟"])
def test_marked_up_and_broken_glosses_stay_one_readable_caption(gloss):
    entry = TranscriptEntry(SignEvent(gloss, 0.9, 0, NANOSECONDS, NANOSECONDS))
    shown = " ".join(gloss.replace("\0", " ").split())
    for write, parse in PARSERS:
        assert parse(write([entry])) == [(0, 1000, shown)]


def test_a_gloss_of_nothing_that_can_be_shown_is_no_caption():
    assert captions([TranscriptEntry(SignEvent("\0\n", 0.9, 0, NANOSECONDS, NANOSECONDS))]) == ()


def test_elan_files_declare_their_format_and_hang_together():
    document = ElementTree.fromstring(to_eaf(ENTRIES).encode())
    assert document.get("FORMAT") == "3.0"
    assert datetime.fromisoformat(document.get("DATE", "")).tzinfo is not None
    types = {kind.get("LINGUISTIC_TYPE_ID") for kind in document.iter("LINGUISTIC_TYPE")}
    assert {tier.get("LINGUISTIC_TYPE_REF") for tier in document.iter("TIER")} <= types
    slots = [slot.get("TIME_SLOT_ID") for slot in document.iter("TIME_SLOT")]
    assert len(set(slots)) == len(slots)


def test_json_holds_every_entry_in_seconds():
    assert json.loads(to_json(ENTRIES))[:2] == [
        {
            "gloss": "book",
            "probability": 0.91,
            "start_s": 1.2,
            "end_s": 2.05,
            "emitted_s": 2.3,
            "recognised": "book",
            "standing": "recognised",
        },
        {
            "gloss": None,
            "probability": 0.2,
            "start_s": 2.5,
            "end_s": 2.9,
            "emitted_s": 3.0,
            "recognised": None,
            "standing": "not sure",
        },
    ]


EDITED = (
    TranscriptEntry(
        SignEvent("book", 0.9, 0, NANOSECONDS, NANOSECONDS, (Candidate("book", 0.9), Candidate("read", 0.06))), "read"
    ),
    TranscriptEntry(SignEvent(None, 0.2, 2 * NANOSECONDS, 3 * NANOSECONDS, 3 * NANOSECONDS), "my own"),
    inserted_entry("eat", start_ns=4 * NANOSECONDS, end_ns=5 * NANOSECONDS),
)


@pytest.mark.parametrize(("write", "parse"), PARSERS)
def test_captions_hold_the_corrections_and_what_was_inserted(write, parse):
    assert [cue[2] for cue in parse(write(EDITED))] == ["read", "my own", "eat"]


def rows_of(transcript: Sequence[TranscriptEntry]) -> list[dict[str, str]]:
    table = to_csv(transcript).encode().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(table, newline="")))


def test_json_and_tables_tell_a_correction_and_what_had_been_recognised():
    told = [
        (record["gloss"], record["probability"], record["recognised"], record["standing"])
        for record in json.loads(to_json(EDITED))
    ]
    assert told == [
        ("read", 0.06, "book", "corrected"),
        ("my own", None, None, "corrected"),
        ("eat", None, None, "inserted"),
    ]
    rows = rows_of(EDITED)
    assert [(row["gloss"], row["probability"], row["recognised"], row["standing"]) for row in rows] == [
        ("read", "0.06", "book", "corrected"),
        ("my own", "", "", "corrected"),
        ("eat", "", "", "inserted"),
    ]


@given(transcripts)
def test_tables_read_back_every_entry(transcript):
    rows = rows_of(transcript)
    for row, record in zip(rows, json.loads(to_json(transcript)), strict=True):
        assert row["gloss"] == as_text(record["gloss"] or "")
        assert row["recognised"] == as_text(record["recognised"] or "")
        assert float(row["start_s"]) == record["start_s"]
        assert row["probability"] == ("" if record["probability"] is None else str(record["probability"]))


@pytest.mark.parametrize("gloss", ["=HYPERLINK(1)", "+1", "-1", "@a", "\t=1", "'quoted"])
def test_no_gloss_becomes_a_formula_in_a_spreadsheet(gloss):
    assert as_text(gloss) == "'" + gloss


def test_ordinary_glosses_stand_in_a_table_as_they_are():
    assert as_text("thank you") == "thank you"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_chooses_the_format(tmp_path: Path, suffix: str):
    path = tmp_path / f"transcript{suffix.upper()}"
    write_transcript(path, ENTRIES)
    first_line = path.read_text(encoding="utf-8").splitlines()[0]
    starts = {".srt": "1", ".vtt": "WEBVTT", ".eaf": "<?xml", ".csv": f"{BYTE_ORDER_MARK}gloss,", ".json": "["}
    assert first_line.startswith(starts[suffix])


@pytest.mark.parametrize(("suffix", "parse"), [(".srt", parse_srt), (".vtt", parse_vtt), (".EAF", parse_eaf)])
def test_what_is_shown_with_a_video_counts_from_its_beginning(tmp_path: Path, suffix: str, parse):
    path = tmp_path / f"transcript{suffix}"
    write_transcript(path, ENTRIES, begins_ns=1_500_000_000)
    assert parse(path.read_text(encoding="utf-8")) == [(0, 550, "book"), (3_659_504, 3_660_500, "thank you")]


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_tables_stay_in_stream_time(tmp_path: Path, suffix: str):
    here, there = tmp_path / f"here{suffix}", tmp_path / f"there{suffix}"
    write_transcript(here, ENTRIES)
    write_transcript(there, ENTRIES, begins_ns=1_500_000_000)
    assert here.read_bytes() == there.read_bytes()


def test_an_unknown_suffix_names_the_ones_there_are(tmp_path: Path):
    with pytest.raises(UserFacingError, match=r"\.srt, \.vtt, \.eaf, \.csv, \.json") as caught:
        write_transcript(tmp_path / "transcript.docx", ENTRIES)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
