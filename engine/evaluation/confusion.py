"""Which glosses a model takes for one another."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Confusion(NamedTuple):
    """Two glosses and how many times one was answered where the other was meant, either way."""

    one: str
    other: str
    times: int


def most_confused(
    scores: npt.NDArray[np.floating[Any]], labels: npt.NDArray[np.integer[Any]], glosses: Sequence[str], *, top: int
) -> tuple[Confusion, ...]:
    """The pairs that are confused most often; scores (N, classes), labels (N,)."""
    answers = scores.argmax(axis=1)
    pairs = Counter(
        tuple(sorted((glosses[label], glosses[answer])))
        for label, answer in zip(labels.tolist(), answers.tolist(), strict=True)
        if label != answer
    )
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(one, other, times) for (one, other), times in ranked[:top])
