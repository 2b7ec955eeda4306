"""Transcripts that other programmes read: subtitles, ELAN, tables."""

from engine.export.entry import Standing, TranscriptEntry, inserted_entry
from engine.export.transcript import FORMATS, SUFFIXES, write_transcript

__all__ = ["FORMATS", "SUFFIXES", "Standing", "TranscriptEntry", "inserted_entry", "write_transcript"]
