"""The place stream: where everything is and how fast it moves, beside the encoder that sees each part cropped.

MASA's crops take away what tells many signs apart: how large a hand is, where its fingertips touch, how it travels.
This stream reads all joints in shoulder widths, with their motion (the second stream of arXiv 2406.10501), through a
plain Transformer: one token a frame, no graph, because to touch or to cross is between joints that no bone connects.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.features.model_input import ModelInput
from engine.joints import BODY_JOINTS, HAND_JOINTS
from engine.models.hidden_frames import hidden_frames
from engine.models.pooling import AttentionPooling

SHAPES: Final = 2 * HAND_JOINTS * 2
BODY: Final = BODY_JOINTS * 2
LAYOUT: Final = (SHAPES, SHAPES, BODY, 2, BODY_JOINTS, 2)
"""Columns of a frame's row: hands in their boxes, hands in shoulder widths, body, and the presence of each."""
INPUTS: Final = 2 * SHAPES + BODY + 2 + BODY_JOINTS + 2 * SHAPES + BODY
"""The row without the presence of places, and the motion of hands over two lags and of the body over one."""
LAGS: Final = ((1, 4.0), (3, 2.0))
"""Frames over which motion is measured, and what it is multiplied by to be about as large as the places are."""


@dataclass(frozen=True, slots=True)
class PlaceConfig:
    """Everything that decides the shapes of the stream's weights.

    Attributes:
        width: of a frame.
        blocks, heads, feed_forward: of the Transformer.
        path_dropout: share of clips for which the last block is left out in training, less for those before it
            (stochastic depth, arXiv 1603.09382, linear decay).
    """

    width: int = 320
    blocks: int = 3
    heads: int = 8
    feed_forward: int = 1280
    path_dropout: float = 0.1

    @property
    def features(self) -> int:
        """Width of a clip: what was attended to, and the mean."""
        return 2 * self.width

    @property
    def makes_sense(self) -> bool:
        """Whether a network of ours could have these sizes."""
        sizes = (self.width, self.blocks, self.heads, self.feed_forward)
        return (
            min(sizes) >= 1
            and max(sizes) <= 4096
            and self.blocks <= 32
            and self.width % self.heads == 0
            and 0 <= self.path_dropout < 1
        )


def rows(frames: ModelInput) -> Tensor:
    """All that the stream wants of each frame by itself: (B, F, sum of LAYOUT)."""
    placed = frames.hands_present & frames.body_present[..., 1:3].all(dim=-1, keepdim=True)
    shown = frames.hands_present[..., None, None], placed[..., None, None], frames.body_present[..., None]
    parts = frames.hands * shown[0], frames.places * shown[1], frames.body * shown[2]
    present = frames.hands_present, frames.body_present, placed
    return torch.cat([*(part.flatten(2) for part in parts), *(each.to(parts[0].dtype) for each in present)], dim=-1)


class PlaceStream(nn.Module):
    """Rows of frames -> one feature vector for the clip."""

    def __init__(self, config: PlaceConfig, *, frames: int) -> None:
        """Make a stream with random weights; `frames` is the longest window that it can read."""
        super().__init__()
        width = config.width
        self.embedding = nn.Linear(INPUTS, width)
        self.norm_in = nn.LayerNorm(width)
        self.positions = nn.Parameter(torch.randn(frames, width) * 0.02)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, config.heads, config.feed_forward, 0.0, functional.gelu, batch_first=True, norm_first=True
            )
            for _ in range(config.blocks)
        )
        self.norm_out = nn.LayerNorm(width)
        self.pooling = AttentionPooling(width)
        self._left_out = [config.path_dropout * (block + 1) / config.blocks for block in range(config.blocks)]

    def forward(self, rows: Tensor, frames_present: Tensor) -> Tensor:
        """(B, F, sum of LAYOUT) with presence (B, F) bool -> (B, features)."""
        hidden = hidden_frames(frames_present)
        tokens = self.norm_in(self.embedding(_with_motion(rows))) + self.positions[: rows.shape[1]]
        for block, share in zip(self.blocks, self._left_out, strict=True):
            tokens = tokens + self._kept(block(tokens, src_key_padding_mask=hidden) - tokens, share)
        tokens = self.norm_out(tokens)
        hands_seen = rows[..., sum(LAYOUT[:3]) : sum(LAYOUT[:4])].any(dim=-1) & frames_present
        attended, _ = self.pooling(tokens, hands_seen)
        present = frames_present[..., None].to(tokens.dtype)
        mean = (tokens * present).sum(dim=1) / present.sum(dim=1).clamp(min=1)
        return torch.cat([attended, mean], dim=-1)

    def _kept(self, change: Tensor, left_out: float) -> Tensor:
        """Leave a share of the clips as they were, in training: (B, F, width) -> the same shape."""
        if not self.training or not left_out:
            return change
        kept = torch.rand(len(change), 1, 1, device=change.device) >= left_out
        return change * (kept / (1 - left_out)).to(change.dtype)


def _with_motion(rows: Tensor) -> Tensor:
    """Put the motion of hands and body beside where they are: (B, F, sum of LAYOUT) -> (B, F, INPUTS)."""
    shapes, places, body, hands_present, body_present, placed = rows.split(LAYOUT, dim=-1)
    of_hands = [scale * _motion(places, placed.repeat_interleave(SHAPES // 2, dim=-1), lag) for lag, scale in LAGS]
    lag, scale = LAGS[0]
    of_body = scale * _motion(body, body_present.repeat_interleave(2, dim=-1), lag)
    return torch.cat([shapes, places, *of_hands, body, of_body, hands_present, body_present], dim=-1)


def _motion(values: Tensor, present: Tensor, lag: int) -> Tensor:
    """What changed over `lag` frames, zero where it was not seen at both ends; all (B, F, C)."""
    change = (values[:, lag:] - values[:, :-lag]) * present[:, lag:] * present[:, :-lag]
    return functional.pad(change, (0, 0, lag, 0))[:, : values.shape[1]]
