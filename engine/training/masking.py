"""Which frames the encoder may not see (MASA, section III-B)."""

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor

from engine.features.model_input import ModelInput
from engine.joints import LEFT_ELBOW, LEFT_HAND, RIGHT_HAND, RIGHT_WRIST

ARMS: Final = slice(LEFT_ELBOW, RIGHT_WRIST + 1)
MOVING_JOINTS: Final = (LEFT_HAND, RIGHT_HAND, ARMS)
"""The joints that tell whether a part moves, in the order in which the encoder's tokens hold the parts. Of the body
they are the arms: shoulders are what it is measured by, so they hardly move."""


def moving(residuals: Tensor, weights: Tensor, *, eps_m: float, delta: float) -> Tensor:
    """Where at least a share `delta` of the joints moves by more than `eps_m`.

    Joints that are not seen count neither way. Residuals (..., J, 2), weights (..., J) -> (...) bool.
    """
    known = weights > 0
    moves = (torch.linalg.vector_norm(residuals, dim=-1) > eps_m) & known
    result: Tensor = known.any(dim=-1) & (moves.sum(dim=-1) >= delta * known.sum(dim=-1))
    return result


def draw(candidates: Tensor, *, ratio: float) -> Tensor:
    """Choose a random share of the candidates in each row: (..., F) bool -> (..., F) bool; never all of them."""
    chances = torch.rand(candidates.shape, device=candidates.device).masked_fill(~candidates, 2.0)
    ranks = chances.argsort(dim=-1).argsort(dim=-1)
    count = torch.floor(candidates.sum(dim=-1, keepdim=True) * ratio)
    return (ranks < count) & candidates


def hide(frames: ModelInput, masked: Tensor) -> ModelInput:
    """Take masked parts (B, F, 3) out of the input; a frame of which all parts are masked is gone."""
    return replace(
        frames,
        hands_present=frames.hands_present & ~masked[..., :2],
        body_present=frames.body_present & ~masked[..., 2:],
        frames_present=frames.frames_present & ~masked.all(dim=-1),
    )
