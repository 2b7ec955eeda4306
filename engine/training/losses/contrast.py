"""Semantic alignment's contrast of two views of a clip (MASA, section III-C)."""

import torch
from torch import Tensor
from torch.nn import functional


def info_nce(queries: Tensor, keys: Tensor, queue: Tensor, *, tau: float) -> Tensor:
    """L_s: each query shall be nearer to its own key than to the keys of other clips.

    Args:
        queries, keys: (B, D), of length 1; row b of both shows clip b. Keys carry no gradients.
        queue: (K, D) keys of earlier clips.
        tau: temperature.
    """
    own = (queries * keys).sum(dim=1, keepdim=True)
    # Divided by tau, what half precision rounds away would be of the size of what keys differ by.
    with torch.autocast(queries.device.type, enabled=False):
        others = queries.float() @ queue.float().T
    logits = torch.cat([own, others], dim=1) / tau
    return functional.cross_entropy(logits, torch.zeros(len(queries), dtype=torch.long, device=queries.device))
