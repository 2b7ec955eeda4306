"""What MASA's released code learns instead of its paper's L_m."""

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.training.losses.parts import WHOLE, mean_of_parts


def one_signed_loss(
    predicted: Tensor, target: Tensor, weights: Tensor, *, least: float, parts: Sequence[slice] = WHOLE
) -> Tensor:
    """The weighted mean of L1 errors of those components that are above `least`; negative motion is never learned.

    Args:
        predicted, target: (B, F, J, 2); predictions pass a ReLU first.
        weights: (B, F, J): confidences, 0 outside masked frames.
        least: in the target's unit.
        parts: of the joints, see `mean_of_parts`.
    """
    learned = weights[..., None] * (target > least)
    errors = (torch.relu(predicted) - target).abs() * learned
    return mean_of_parts(errors.sum(dim=-1), learned.sum(dim=-1), parts=parts)
