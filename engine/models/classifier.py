"""The classifier on top of the encoder, with the place stream beside it."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.features.model_input import ModelInput
from engine.models.config import ModelConfig
from engine.models.embedding import PartVectors
from engine.models.encoder import MasaEncoder
from engine.models.place import PlaceStream
from engine.models.pooling import AttentionPooling


class Classified(NamedTuple):
    """What the network says of a batch.

    Attributes:
        logits: (B, classes), of the mean over streams; a background adds one more at the end.
        streams: (streams, B, classes), of each stream alone.
        features: (B, D) before the last layers: unit vectors of the encoder and of the place stream, side by side.
        attention: (B, F), of the frames.
    """

    logits: Tensor
    streams: Tensor
    features: Tensor
    attention: Tensor


class SignClassifier(nn.Module):
    """One attention over the frames of both hands and one over the body's; the two vectors are added.

    With a place stream, the mean of both streams' logits decides: the geometric mean of what they would answer alone.
    """

    def __init__(self, config: ModelConfig, *, feature_dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        width = config.encoder.part_width
        self.encoder = MasaEncoder(config.encoder)
        self.hand_pooling = AttentionPooling(width)
        self.body_pooling = AttentionPooling(width)
        self.dropout = nn.Dropout(feature_dropout)
        outputs = config.classes + config.background
        self.head = nn.Linear(width, outputs)
        self.place = PlaceStream(config.place, frames=config.input.frames) if config.place else None
        self.place_head = nn.Linear(config.place.features, outputs) if config.place else None

    def forward(self, frames: ModelInput) -> Classified:
        return self.classify(self.encoder.embedding.parts(frames))

    @torch.no_grad()
    def class_vectors(self) -> Tensor:
        """Return (classes, width): where the last layers look for each class, of length one in every stream."""
        heads = [self.head] if self.place_head is None else [self.head, self.place_head]
        vectors = [functional.normalize(head.weight - head.weight.mean(dim=0), dim=-1) for head in heads]
        return torch.cat(vectors, dim=-1)

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
        streams, vectors = [self.head(self.dropout(pooled))], [pooled]
        if self.place is not None and self.place_head is not None:
            placed = self.place(frames.rows, frames.frames_present)
            streams.append(self.place_head(self.dropout(placed)))
            vectors.append(placed)
        answers = torch.stack(streams)
        features = torch.cat([functional.normalize(vector, dim=-1) for vector in vectors], dim=-1)
        return Classified(self._together(answers.mean(dim=0)), self._together(answers), features, attention)

    def _together(self, outputs: Tensor) -> Tensor:
        """Sum the probability of everything that is background: (..., outputs) -> (..., classes + 1)."""
        if self.config.background < 2:
            return outputs
        glosses, others = outputs.split([self.config.classes, self.config.background], dim=-1)
        return torch.cat([glosses, others.logsumexp(dim=-1, keepdim=True)], dim=-1)
