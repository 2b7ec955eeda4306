"""Transcripts that other programmes read: subtitles, ELAN, tables."""

from engine.export.transcript import SUFFIXES, write_transcript

__all__ = ["SUFFIXES", "write_transcript"]
