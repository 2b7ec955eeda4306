"""Attention pooling and the classifier on top of the encoder."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from engine.features.model_input import ModelInput
from engine.models.config import ModelConfig
from engine.models.embedding import PartVectors
from engine.models.encoder import MasaEncoder


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


class Classified(NamedTuple):
    """What the network says of a batch.

    Attributes:
        logits: (B, classes); a background adds one more at the end.
        features: (B, part_width) before the last layer.
        attention: (B, F), of the frames.
    """

    logits: Tensor
    features: Tensor
    attention: Tensor


class SignClassifier(nn.Module):
    """One attention over the frames of both hands and one over the body's; the two vectors are added."""

    def __init__(self, config: ModelConfig, *, feature_dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        width = config.encoder.part_width
        self.encoder = MasaEncoder(config.encoder)
        self.hand_pooling = AttentionPooling(width)
        self.body_pooling = AttentionPooling(width)
        self.dropout = nn.Dropout(feature_dropout)
        self.head = nn.Linear(width, config.classes + config.background)

    def forward(self, frames: ModelInput) -> Classified:
        return self.classify(self.encoder.embedding.parts(frames))

    def classify(self, frames: PartVectors) -> Classified:
        """The second half of `forward`, for frames that were embedded before."""
        features = self.encoder.encode(frames)
        batch, length, width = features.shape
        parts = features.view(batch, length, 3, width // 3)
        hands_seen = (frames.hands_present & frames.frames_present[..., None]).flatten(1)
        hands, hand_attention = self.hand_pooling(parts[:, :, :2].flatten(1, 2), hands_seen)
        body_seen = frames.body_present & frames.frames_present
        body, body_attention = self.body_pooling(parts[:, :, 2], body_seen)
        pooled = hands + body
        attention = (hand_attention.view(batch, length, 2).sum(-1) + body_attention) / 2
        return Classified(self.head(self.dropout(pooled)), pooled, attention)
