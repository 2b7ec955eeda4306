"""Matrices in eight bits, each row with a scale of its own: a quarter of their size in single precision.

Only what is stored is rounded; a network computes with single precision again.
"""

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor

SCALES: Final = ".scales"
"""What the name of a matrix ends with where the scales of its rows are stored."""
SMALLEST: Final = 1024
"""Values of a matrix for which rounding pays."""
LARGEST: Final = 127


def rounded(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Store matrices, and what else has two dimensions or more, as int8 with scales (rows,) float32 beside them."""
    stored: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.is_floating_point() and tensor.dim() >= 2 and tensor.numel() >= SMALLEST:
            rows = tensor.float().flatten(1)
            scales = rows.abs().amax(dim=1) / LARGEST
            steps = torch.round(rows / scales.clamp(min=torch.finfo(torch.float32).tiny)[:, None])
            stored[name] = steps.view_as(tensor).to(torch.int8)
            stored[name + SCALES] = scales
        else:
            stored[name] = tensor
    return stored


def unrounded(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return what `rounded` has stored, in single precision, and everything else as it is.

    Raises:
        ValueError: the scales of a matrix do not fit it.
    """
    state = dict(stored)
    for name, tensor in stored.items():
        scales = state.pop(name + SCALES, None)
        if scales is not None:
            of_rows = tensor.dim() >= 2 and scales.shape == tensor.shape[:1]
            if not of_rows or (tensor.dtype, scales.dtype) != (torch.int8, torch.float32):
                raise ValueError(f"{name} has scales that do not fit it")
            state[name] = (tensor.flatten(1).float() * scales[:, None]).view_as(tensor)
    return state
