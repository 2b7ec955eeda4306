"""What the recogniser thought during the last seconds, ready to be plotted."""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.types import NANOSECONDS, Candidate

SECONDS: Final = 10


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
    """Keeps the candidates of the last `SECONDS` seconds of stream time."""

    def __init__(self) -> None:
        self._samples: deque[tuple[int, dict[str, float] | None]] = deque()

    def add(self, time_ns: int, candidates: tuple[Candidate, ...]) -> None:
        """Take the candidates of one moment, none where nobody signs; a moment in the past starts anew."""
        if self._samples and time_ns < self._samples[-1][0]:
            self._samples.clear()
        sample = {candidate.gloss: candidate.probability for candidate in candidates} or None
        if sample is None and len(self._samples) > 1 and self._samples[-1][1] is None and self._samples[-2][1] is None:
            self._samples.pop()  # a pause needs its first and its last moment only
        self._samples.append((time_ns, sample))
        while time_ns - self._samples[0][0] > SECONDS * NANOSECONDS:
            self._samples.popleft()

    def clear(self) -> None:
        self._samples.clear()

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

    def _probabilities(self, gloss: str) -> npt.NDArray[np.float64]:
        # A gloss that is not among the candidates has next to no probability.
        return np.array(
            [np.nan if sample is None else sample.get(gloss, 0.0) for _, sample in self._samples], np.float64
        )
