"""Can its probabilities be believed? What a model claims against what is right, and what it accepts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Probabilities = npt.NDArray[np.floating[Any]]
Labels = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers that were claimed with about the same probability.

    Attributes:
        count: of answers.
        claimed: their mean probability, 0..1.
        right: share that is right, 0..1.
    """

    count: int
    claimed: float
    right: float


@dataclass(frozen=True, slots=True)
class Abstention:
    """What a threshold does; percentages.

    Attributes:
        accepted: share of clips that get an answer.
        accepted_right: share of these answers that is right; None where there is none.
    """

    accepted: float
    accepted_right: float | None


def reliability(probabilities: Probabilities, labels: Labels, *, bins: int = 10) -> tuple[Bin, ...]:
    """Bins of equal width over the best candidate's probability, empty ones left out.

    Args:
        probabilities: (N, classes).
        labels: (N,).
        bins: how many.
    """
    claimed, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    of_bin = np.minimum((claimed * bins).astype(int), bins - 1)
    return tuple(
        Bin(count=int(inside.sum()), claimed=float(claimed[inside].mean()), right=float(right[inside].mean()))
        for inside in (of_bin == number for number in range(bins))
        if inside.any()
    )


def calibration_error(found: tuple[Bin, ...]) -> float:
    """The expected calibration error: the mean gap between claimed and right over all answers, 0..1."""
    return sum(each.count * abs(each.claimed - each.right) for each in found) / sum(each.count for each in found)


def abstention(probabilities: Probabilities, labels: Labels, *, threshold: float) -> Abstention:
    """What is accepted at `threshold`; shapes as in `reliability`."""
    accepted = probabilities.max(axis=1) >= threshold
    right = (probabilities.argmax(axis=1) == labels)[accepted]
    return Abstention(
        accepted=float(accepted.mean() * 100), accepted_right=float(right.mean() * 100) if len(right) else None
    )
