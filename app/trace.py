"""Figures of the last seconds, ready to be plotted."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.recent import Recent


class Trace(Recent[tuple[float, ...]]):
    """Keeps so many figures of each moment."""

    def __init__(self, figures: int) -> None:
        super().__init__()
        self._figures = figures

    def add(self, time_ns: int, values: Sequence[float]) -> None:
        """Take the figures of one moment, NaN where there is none; a moment in the past starts anew."""
        self.keep(time_ns, tuple(values))

    def curves(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return seconds (N,) before the newest moment, increasing to 0, and values (figures, N)."""
        values = np.array([values for _, values in self.samples], np.float64)
        return self.seconds, values.reshape(-1, self._figures).T
