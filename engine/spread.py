"""Median and 95th percentile: how everything that is measured many times is told, one definition for all."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the 95th percentile; between two values they are interpolated, as NumPy does it."""

    median: float
    p95: float


def spread(values: Collection[float]) -> Spread | None:
    """Summarise values of any unit; None of nothing."""
    if not values:
        return None
    median, p95 = np.percentile(np.fromiter(values, np.float64, len(values)), [50, 95])
    return Spread(float(median), float(p95))
