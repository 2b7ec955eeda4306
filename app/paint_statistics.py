"""How fast pictures reach the screen and how old they are when they do."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from engine.spread import spread
from engine.types import NANOSECONDS

STRETCH_NS: Final = 5 * NANOSECONDS
"""How far back the figures look."""


@dataclass(frozen=True, slots=True)
class PaintSummary:
    """The last seconds in three figures.

    Attributes:
        frames_per_second: pictures painted a second.
        median_ms, p95_ms: from the moment a frame was there (`Frame.arrived_ns`) to the moment that it had been
            painted with its skeleton.
    """

    frames_per_second: float
    median_ms: float
    p95_ms: float


class PaintStatistics:
    """Measures from capture to paint; used on the interface thread alone."""

    def __init__(self) -> None:
        self._painted: deque[tuple[int, int]] = deque()  # (painted, delay), both in nanoseconds

    def add(self, *, arrived_ns: int, painted_ns: int, skeleton_lag_ns: int = 0) -> None:
        """Count a picture that has just been painted.

        Args:
            arrived_ns: when its frame was there.
            painted_ns: now.
            skeleton_lag_ns: by how much, in stream time, its skeleton is older than the picture itself.
        """
        self._painted.append((painted_ns, painted_ns - arrived_ns + skeleton_lag_ns))
        self._forget(painted_ns)

    def clear(self) -> None:
        """Start again, as for another source."""
        self._painted.clear()

    def summary(self, now_ns: int) -> PaintSummary | None:
        """Return the figures of the last seconds, or None where fewer than two pictures were painted in them."""
        self._forget(now_ns)
        if len(self._painted) < 2:
            return None
        duration_ns = self._painted[-1][0] - self._painted[0][0]
        if duration_ns <= 0:
            return None
        delays = spread([delay / 1e6 for _, delay in self._painted])
        assert delays is not None, "at least two pictures"
        return PaintSummary(
            frames_per_second=(len(self._painted) - 1) * NANOSECONDS / duration_ns,
            median_ms=delays.median,
            p95_ms=delays.p95,
        )

    def _forget(self, now_ns: int) -> None:
        while self._painted and now_ns - self._painted[0][0] > STRETCH_NS:
            self._painted.popleft()
