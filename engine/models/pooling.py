"""Attention pooling: many vectors, of which some are absent, to one."""

import torch
from torch import Tensor, nn


class AttentionPooling(nn.Module):
    """A learned softmax attention over vectors of which some are absent."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.score = nn.Linear(width, 1)

    def forward(self, vectors: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """(B, N, width) with presence (B, N) bool -> pooled (B, width) and attention (B, N)."""
        scores = self.score(vectors).squeeze(-1).masked_fill(~present, -torch.inf)
        # A clip in which nothing is present pools to zero instead of to nan.
        attention = torch.softmax(scores, dim=-1).nan_to_num(0.0)
        return (attention[..., None] * vectors).sum(dim=1), attention
