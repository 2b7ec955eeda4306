"""What the recogniser thought during the last seconds, ready to be plotted."""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.types import NANOSECONDS, Candidate

SECONDS: Final = 10
PLACES: Final = 4
"""Curves that can be told apart."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The probability of one gloss.

    Attributes:
        seconds: (N,) before the newest moment, from -SECONDS to 0, increasing.
        probabilities: (N,) 0..1; NaN where nothing was predicted.
    """

    gloss: str
    seconds: npt.NDArray[np.float64]
    probabilities: npt.NDArray[np.float64]


class ProbabilityTrace:
    """Keeps the candidates of the last `SECONDS` seconds of stream time.

    Attributes:
        changes: how often it has changed; whoever draws it knows by this when to draw again.
    """

    def __init__(self) -> None:
        self.changes = 0
        self._samples: deque[tuple[int, dict[str, float] | None]] = deque()
        self._placed: tuple[str | None, ...] = (None,) * PLACES

    def add(self, time_ns: int, candidates: tuple[Candidate, ...]) -> None:
        """Take the candidates of one moment, none where nobody signs; a moment in the past starts anew."""
        self.changes += 1
        if self._samples and time_ns < self._samples[-1][0]:
            self._samples.clear()
        sample = {candidate.gloss: candidate.probability for candidate in candidates} or None
        if sample is None and len(self._samples) > 1 and self._samples[-1][1] is None and self._samples[-2][1] is None:
            self._samples.pop()  # a pause needs its first and its last moment only
        self._samples.append((time_ns, sample))
        while time_ns - self._samples[0][0] > SECONDS * NANOSECONDS:
            self._samples.popleft()

    def clear(self) -> None:
        """Forget everything."""
        self.changes += 1
        self._samples.clear()
        self._placed = (None,) * PLACES

    def leading(self, count: int) -> tuple[Curve, ...]:
        """Return the curves of the glosses with the highest peaks, highest first."""
        peaks: dict[str, float] = {}
        for _, sample in self._samples:
            for gloss, probability in (sample or {}).items():
                peaks[gloss] = max(probability, peaks.get(gloss, 0.0))
        best = sorted(peaks, key=lambda gloss: (-peaks[gloss], gloss))[:count]
        if not best:
            return ()
        times = np.array([time_ns for time_ns, _ in self._samples], np.int64)
        seconds = (times - times[-1]) / NANOSECONDS
        return tuple(Curve(gloss, seconds, self._probabilities(gloss)) for gloss in best)

    def placed(self) -> tuple[Curve | None, ...]:
        """Return the leading curves, each in a place of its own; a gloss keeps its place as long as it leads."""
        leading = {curve.gloss: curve for curve in self.leading(PLACES)}
        newcomers = (gloss for gloss in leading if gloss not in self._placed)
        self._placed = tuple(gloss if gloss in leading else next(newcomers, None) for gloss in self._placed)
        return tuple(None if gloss is None else leading[gloss] for gloss in self._placed)

    def _probabilities(self, gloss: str) -> npt.NDArray[np.float64]:
        # A gloss that is not among the candidates has next to no probability.
        return np.array(
            [np.nan if sample is None else sample.get(gloss, 0.0) for _, sample in self._samples], np.float64
        )
