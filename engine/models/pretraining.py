"""What surrounds the MASA encoder while it is pre-trained (arXiv 2405.20666, section III).

    view 1, moving frames masked -> encoder -> features -> decoder -> motion of the masked frames
                                                  |
                                               average -> projection -> query
    view 2, half of the frames   -> momentum encoder -> average -> momentum projection -> key -> queue

The encoder alone is kept.
"""

import copy
import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.features.model_input import ModelInput
from engine.joints import BODY_JOINTS, HAND_JOINTS
from engine.models.config import EncoderConfig
from engine.models.encoder import MasaEncoder

HIDDEN: Final = 512
EMBEDDING: Final = 128
"""Widths of the projection."""
HEAD: Final = 256
"""Hidden width of the heads that predict motion."""


class MotionDecoder(nn.Module):
    """Puts mask tokens where frames are missing and predicts the motion of every joint."""

    def __init__(self, config: EncoderConfig, *, blocks: int) -> None:
        super().__init__()
        width = config.part_width
        self.mask_token = nn.Parameter(torch.randn(3, width) * 0.02)
        block = nn.TransformerEncoderLayer(
            config.width, config.heads, config.feed_forward, config.dropout, batch_first=True, norm_first=True
        )
        self.transformer = nn.TransformerEncoder(
            block, blocks, norm=nn.LayerNorm(config.width), enable_nested_tensor=False
        )
        self.hand = _head(width, 2 * HAND_JOINTS)
        self.body = _head(width, 2 * BODY_JOINTS)

    def forward(self, features: Tensor, masked: Tensor, present: Tensor) -> Tensor:
        """Predict residuals (B, F, 49, 2) in the order of the joints.

        Args:
            features: (B, F, 3 * part_width) of the encoder: left hand, right hand, body.
            masked: (B, F, 3) bool: parts that the encoder did not see.
            present: (B, F) bool: frames of the clip, masked or not.
        """
        batch, length, _ = features.shape
        parts = features.view(batch, length, 3, -1)
        parts = torch.where(masked[..., None], self.mask_token.to(parts.dtype), parts)
        # Unlike the encoder's input, mask tokens say nothing of their place in time.
        tokens = parts.flatten(2) + _positions(length, features.shape[-1], like=parts)
        decoded = self.transformer(tokens, src_key_padding_mask=~present).view(batch, length, 3, -1)
        # One head for both hands: the left one moves as in a mirror.
        mirror = decoded.new_tensor([-1.0, 1.0])
        left, right = self.hand(decoded[:, :, :2]).view(batch, length, 2, HAND_JOINTS, 2).unbind(dim=2)
        body = self.body(decoded[:, :, 2]).view(batch, length, BODY_JOINTS, 2)
        return torch.cat([body, left * mirror, right], dim=2)


class MasaPretrainer(nn.Module):
    """Encoder, decoder, and the momentum copy with its queue of keys."""

    def __init__(self, config: EncoderConfig, *, decoder_blocks: int, queue_length: int) -> None:
        super().__init__()
        self.encoder = MasaEncoder(config)
        self.decoder = MotionDecoder(config, blocks=decoder_blocks)
        self.projection = nn.Sequential(nn.Linear(config.width, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, EMBEDDING))
        self.momentum_encoder = copy.deepcopy(self.encoder).requires_grad_(False)
        self.momentum_projection = copy.deepcopy(self.projection).requires_grad_(False)
        self.queue: Tensor
        self.oldest: Tensor
        self.register_buffer("queue", functional.normalize(torch.randn(queue_length, EMBEDDING), dim=1))
        self.register_buffer("oldest", torch.zeros((), dtype=torch.long))

    def forward(self, visible: ModelInput, masked: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """The first view: predicted residuals (B, F, 49, 2) and queries (B, 128) of length 1.

        Args:
            visible: the clips without what is masked.
            masked: (B, F, 3) bool: which parts that is.
            present: (B, F) bool: frames of the clips, masked or not.
        """
        features = self.encoder(visible)
        motion = self.decoder(features, masked, present)
        queries = self.projection(_average(features, visible.frames_present))
        return motion, functional.normalize(queries.float(), dim=1)

    @torch.no_grad()
    def keys(self, view: ModelInput) -> Tensor:
        """The second view: keys (B, 128) of length 1."""
        # Statistics of the batch would tell the keys of one batch apart from those in the queue.
        self.momentum_encoder.eval()
        features = self.momentum_encoder(view)
        keys = self.momentum_projection(_average(features, view.frames_present))
        return functional.normalize(keys.float(), dim=1)

    @torch.no_grad()
    def enqueue(self, keys: Tensor) -> None:
        """Put keys (N, 128) in the place of the oldest ones."""
        keys = keys[-len(self.queue) :]
        places = (self.oldest + torch.arange(len(keys), device=keys.device)) % len(self.queue)
        self.queue[places] = keys
        self.oldest.copy_((self.oldest + len(keys)) % len(self.queue))

    @torch.no_grad()
    def follow(self, mu: float) -> None:
        """Move the momentum copy a step towards the encoder: theta_m <- mu theta_m + (1 - mu) theta."""
        for copied, learned in (
            (self.momentum_encoder, self.encoder),
            (self.momentum_projection, self.projection),
        ):
            for slow, fast in zip(copied.parameters(), learned.parameters(), strict=True):
                slow.lerp_(fast, 1 - mu)
            for kept, current in zip(copied.buffers(), learned.buffers(), strict=True):
                kept.copy_(current)


def _head(width: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, HEAD), nn.ReLU(), nn.Linear(HEAD, outputs))


def _average(features: Tensor, present: Tensor) -> Tensor:
    """Mean over the frames that are there: (B, F, D), (B, F) -> (B, D)."""
    share = present / present.sum(dim=1, keepdim=True).clamp(min=1)
    return (features * share[..., None].to(features.dtype)).sum(dim=1)


def _positions(length: int, width: int, *, like: Tensor) -> Tensor:
    """Sines and cosines of the frame's number (length, width)."""
    frame = torch.arange(length, device=like.device)[:, None]
    rate = torch.exp(torch.arange(0, width, 2, device=like.device) * (-math.log(10000.0) / width))
    waves = torch.cat([torch.sin(frame * rate), torch.cos(frame * rate)], dim=1)[:, :width]
    return waves.to(like.dtype)
