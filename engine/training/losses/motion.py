"""Motion modelling: masked frames predict how their joints move on (MASA, section III-B)."""

from collections.abc import Sequence

from torch import Tensor

from engine.training.losses.parts import WHOLE, mean_of_parts


def motion_residuals(positions: Tensor, confidence: Tensor, *, k: int) -> tuple[Tensor, Tensor]:
    """How far each joint goes within k frames: m_i = x_(i+k) - x_i, and its weight c_i * c_(i+k).

    Args:
        positions: (B, F, J, 2).
        confidence: (B, F, J), 0 where a joint or the whole frame is missing.
        k: frames.

    Returns:
        residuals (B, F, J, 2) and weights (B, F, J); both are zero in the last k frames.
    """
    ahead = positions.roll(-k, dims=1)
    weights = confidence * confidence.roll(-k, dims=1)
    weights[:, -k:] = 0
    return (ahead - positions) * (weights > 0)[..., None], weights


def motion_loss(predicted: Tensor, target: Tensor, weights: Tensor, *, parts: Sequence[slice] = WHOLE) -> Tensor:
    """L_m: the weighted mean of squared L2 errors, or of several parts the mean of theirs.

    Args:
        predicted, target: (B, F, J, 2).
        weights: (B, F, J): confidences, 0 outside masked frames.
        parts: of the joints, see `mean_of_parts`.
    """
    return mean_of_parts((predicted - target).square().sum(dim=-1) * weights, weights, parts=parts)
