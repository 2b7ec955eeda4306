from dataclasses import replace

from app.transcript.line_words import entry_words, transcript_text
from engine.export import TranscriptEntry, inserted_entry
from tests.app.scripted import sign_event


def test_an_unrecognised_sign_names_what_came_closest() -> None:
    assert entry_words(TranscriptEntry(sign_event("eat"))) == "eat"
    assert entry_words(TranscriptEntry(sign_event(None))) == "not sure: eat or drink?"
    assert entry_words(TranscriptEntry(replace(sign_event(None), candidates=()))) == "not sure"


def test_the_transcript_goes_to_the_clipboard_as_a_table() -> None:
    entries = [
        TranscriptEntry(sign_event("eat", 0.83, start_s=4)),
        TranscriptEntry(sign_event(None, 0.31, start_s=65)),
        TranscriptEntry(sign_event("eat", 0.6, start_s=70), "drink"),
        inserted_entry("fish", start_ns=71_000_000_000, end_ns=72_000_000_000),
    ]

    assert transcript_text(entries).splitlines() == [
        "0:04\teat\t83 %",
        "1:05\tnot sure: eat or drink?\t31 %",
        "1:10\tdrink\t30 %\tcorrected",
        "1:11\tfish\t–\tinserted",
    ]
