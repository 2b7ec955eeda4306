"""Means of a loss over joints, and over parts of the signer."""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

WHOLE: Final = (slice(None),)
"""All joints are one part."""


def mean_of_parts(errors: Tensor, weights: Tensor, *, parts: Sequence[slice] = WHOLE) -> Tensor:
    """Each part's sum of errors over its sum of weights, and of several parts the mean of theirs.

    Args:
        errors: (..., J), weighted already.
        weights: (..., J).
        parts: of the joints; one of which nothing is known counts as free of error.
    """
    means = [errors[..., part].sum() / weights[..., part].sum().clamp(min=1e-6) for part in parts]
    return torch.stack(means).mean()
