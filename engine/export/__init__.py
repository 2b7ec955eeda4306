"""Transcripts that other programmes read: subtitles, ELAN, tables."""

from engine.export.entry import Standing, TranscriptEntry, inserted_entry
from engine.export.transcript import FORMATS, OF_A_VIDEO, SUFFIXES, write_transcript

__all__ = ["FORMATS", "OF_A_VIDEO", "SUFFIXES", "Standing", "TranscriptEntry", "inserted_entry", "write_transcript"]
