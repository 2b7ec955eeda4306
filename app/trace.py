"""Figures of the last seconds, ready to be plotted."""

from collections import deque
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.probability_trace import SECONDS
from engine.types import NANOSECONDS


class Trace:
    """Keeps some figures of the last `SECONDS` seconds.

    Attributes:
        changes: how often it has changed; whoever draws it knows by this when to draw again.
    """

    def __init__(self, figures: int) -> None:
        self.changes = 0
        self._figures = figures
        self._samples: deque[tuple[int, tuple[float, ...]]] = deque()

    def add(self, time_ns: int, values: Sequence[float]) -> None:
        """Take the figures of one moment, NaN where there is none; a moment in the past starts anew."""
        self.changes += 1
        if self._samples and time_ns < self._samples[-1][0]:
            self._samples.clear()
        self._samples.append((time_ns, tuple(values)))
        while time_ns - self._samples[0][0] > SECONDS * NANOSECONDS:
            self._samples.popleft()

    def clear(self) -> None:
        """Forget everything."""
        self.changes += 1
        self._samples.clear()

    def curves(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return seconds (N,) before the newest moment, increasing to 0, and values (figures, N)."""
        if not self._samples:
            return np.empty(0), np.empty((self._figures, 0))
        times = np.array([time_ns for time_ns, _ in self._samples], np.int64)
        values = np.array([values for _, values in self._samples], np.float64)
        return (times - times[-1]) / NANOSECONDS, values.T
