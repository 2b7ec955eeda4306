"""Accuracy of trimmed-clip recognition, per instance and per class, with a confidence interval."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

RESAMPLES: Final = 2000
PRECISION: Final = 0.95
"""Share of the answers that ought to be right where a model says anything: thresholds are chosen and compared by it."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """All figures are percentages.

    Attributes:
        n: clips.
        top1_instance, top5_instance: share of clips with the true gloss first / in the first five.
        top1_class, top5_class: the same, averaged within each gloss first.
        ci95: bootstrap interval of `top1_instance` over clips.
    """

    n: int
    top1_instance: float
    top5_instance: float
    top1_class: float
    top5_class: float
    ci95: tuple[float, float]


def accuracy(scores: npt.NDArray[np.floating[Any]], labels: npt.NDArray[np.integer[Any]], *, seed: int = 0) -> Accuracy:
    """Score predictions: scores (N, classes), larger is likelier, and labels (N,).

    Raises:
        ValueError: no clips, shapes that do not belong together, or scores that are not numbers.
    """
    if scores.ndim != 2 or labels.shape != scores.shape[:1] or not len(labels):
        raise ValueError(f"Scores {scores.shape} and labels {labels.shape} do not belong together.")
    if not np.isfinite(scores).all():
        raise ValueError("Some scores are not numbers: the network that gave them is broken.")
    # Of equal scores the true gloss's comes last: who cannot tell glosses apart has not recognised one.
    ranks = (scores >= scores[np.arange(len(labels)), labels][:, None]).sum(axis=1) - 1
    first, first_five = ranks < 1, ranks < 5
    draws = np.random.default_rng(seed).integers(len(labels), size=(RESAMPLES, len(labels)))
    low, high = np.percentile(first[draws].mean(axis=1) * 100, [2.5, 97.5])
    return Accuracy(
        n=len(labels),
        top1_instance=float(first.mean() * 100),
        top5_instance=float(first_five.mean() * 100),
        top1_class=_mean_within_classes(first, labels),
        top5_class=_mean_within_classes(first_five, labels),
        ci95=(float(low), float(high)),
    )


def _mean_within_classes(right: npt.NDArray[np.bool_], labels: npt.NDArray[np.integer[Any]]) -> float:
    return float(np.mean([right[labels == label].mean() for label in np.unique(labels)]) * 100)
