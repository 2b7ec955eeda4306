"""What the recogniser thought during the last seconds, ready to be plotted."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.recent import Recent
from engine.types import Candidate

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


class ProbabilityTrace(Recent[dict[str, float] | None]):
    """Keeps the candidates of each moment; None where nobody signed."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: tuple[str | None, ...] = (None,) * PLACES

    def add(self, time_ns: int, candidates: tuple[Candidate, ...]) -> None:
        """Take the candidates of one moment, none where nobody signs; a moment in the past starts anew."""
        sample = {candidate.gloss: candidate.probability for candidate in candidates} or None
        if sample is None and len(self.samples) > 1 and self.samples[-1][1] is None and self.samples[-2][1] is None:
            self.samples.pop()  # a pause needs its first and its last moment only
        self.keep(time_ns, sample)

    def clear(self) -> None:
        super().clear()
        self._placed = (None,) * PLACES

    def leading(self, count: int) -> tuple[Curve, ...]:
        """Return the curves of the glosses with the highest peaks, highest first."""
        peaks: dict[str, float] = {}
        for _, sample in self.samples:
            for gloss, probability in (sample or {}).items():
                peaks[gloss] = max(probability, peaks.get(gloss, 0.0))
        best = sorted(peaks, key=lambda gloss: (-peaks[gloss], gloss))[:count]
        if not best:
            return ()
        seconds = self.seconds
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
            [np.nan if sample is None else sample.get(gloss, 0.0) for _, sample in self.samples], np.float64
        )
