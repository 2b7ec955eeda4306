"""How much comes through of what a camera sees, in words: what it delivers, what is read of that, what is left out."""

from typing import Final

from app.bridge import Bridge
from app.session import Session
from app.words import tr
from engine.pipeline.pace import Pace
from engine.pipeline.statistics import PipelineStatistics
from engine.sources.camera_spec import CameraWish

SETTLED: Final = 60
"""Pictures after which a camera's rate can be told."""
SAME_RATE: Final = 0.2
"""Rates that differ by less, as a share of what was asked for, are called the same."""


class Throughput:
    """That of what plays now; to be asked several times a second, not with every picture."""

    def __init__(self, session: Session, bridge: Bridge) -> None:
        self._session = session
        self._bridge = bridge

    @property
    def dropped(self) -> int:
        """Pictures left out since the source was opened."""
        statistics = self._session.statistics
        return self._bridge.overtaken + (0 if statistics is None else statistics.frames_dropped)

    @property
    def plays(self) -> bool:
        """Pictures come, or are about to."""
        return self._session.facts.delivers

    @property
    def pace(self) -> str | None:
        """What to say of a computer that cannot keep up; None where it can, or nothing plays."""
        statistics = self._session.statistics
        return slow_words(statistics.pace) if self.plays and statistics is not None else None

    def delivered(self, size: tuple[int, int] | None) -> str:
        """Say what the camera delivers; nothing where none plays.

        Args:
            size: width and height in pixels of the newest picture; None before the first.
        """
        asked, statistics = self._session.asked, self._session.statistics
        if asked is None or statistics is None or size is None or not self.plays:
            return ""
        return delivered_words(asked, size, statistics)


def slow_words(pace: Pace) -> str | None:
    """Say how many pictures are read where the computer is slow, and None where it is not."""
    if not pace.slow:
        return None
    return tr(
        "Slow computer: {read:.0f} of {captured:.0f} pictures a second are read",
        read=pace.read,
        captured=pace.captured,
    )


def delivered_words(asked: CameraWish, size: tuple[int, int], statistics: PipelineStatistics) -> str:
    """Say what a camera delivers, width and height in pixels and pictures a second, and where it was asked for more."""
    words = _delivered(_size_words(size), None if asked.size in (None, size) else _size_words(asked.size))
    if statistics.frames_captured < SETTLED:
        return words
    rate = statistics.capture_rate
    as_asked = asked.rate is None or abs(rate - asked.rate) <= SAME_RATE * asked.rate
    rate_words = _delivered(f"{rate:.0f}", None if as_asked else str(asked.rate))
    return tr("{size} at {rate} a second", size=words, rate=rate_words)


def _size_words(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _delivered(given: str, asked: str | None) -> str:
    return given if asked is None else tr("{given} instead of {asked}", given=given, asked=asked)
