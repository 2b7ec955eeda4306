"""The place stream: where everything is and how fast it moves, beside the encoder that sees each part cropped.

MASA's crops take away what tells many signs apart: how large a hand is, where its fingertips touch, how it travels.
This stream reads all joints in shoulder widths, with their motion (the second stream of arXiv 2406.10501), through
depthwise temporal convolutions and Transformer blocks, as the winner of Google's isolated sign contest did.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.features.model_input import ModelInput
from engine.joints import BODY_JOINTS, HAND_JOINTS
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
        kernel: frames that a convolution sees.
        groups: of two convolutions and a Transformer block.
        heads: of the Transformer blocks.
        features: width of a clip.
        dropout: share of channels that are left out of each convolution block.
    """

    width: int = 256
    kernel: int = 11
    groups: int = 2
    heads: int = 8
    features: int = 512
    dropout: float = 0.2

    @property
    def makes_sense(self) -> bool:
        """Whether a network of ours could have these sizes."""
        sizes = (self.width, self.kernel, self.groups, self.heads, self.features)
        return (
            min(sizes) >= 1
            and max(sizes) <= 4096
            and self.groups <= 32
            and self.kernel % 2 == 1
            and self.width % self.heads == 0
            and 0 <= self.dropout < 1
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

    def __init__(self, config: PlaceConfig) -> None:
        super().__init__()
        width = config.width
        self.embedding = nn.Linear(INPUTS, width)
        self.norm_in = nn.LayerNorm(width)
        self.convolutions = nn.ModuleList(
            _ConvolutionBlock(width, config.kernel, config.dropout) for _ in range(2 * config.groups)
        )
        self.transformers = nn.ModuleList(
            nn.TransformerEncoderLayer(width, config.heads, 2 * width, 0.0, batch_first=True, norm_first=True)
            for _ in range(config.groups)
        )
        self.norm_out = nn.LayerNorm(width)
        self.pooling = AttentionPooling(width)
        self.features = nn.Linear(2 * width, config.features)

    def forward(self, rows: Tensor, frames_present: Tensor) -> Tensor:
        """(B, F, sum of LAYOUT) with presence (B, F) bool -> (B, features)."""
        present = frames_present[..., None].to(rows.dtype)
        hidden_frames = ~frames_present & frames_present.any(dim=1, keepdim=True)
        tokens = self.norm_in(self.embedding(_with_motion(rows))) * present
        for group, transformer in enumerate(self.transformers):
            for convolution in self.convolutions[2 * group : 2 * group + 2]:
                tokens = convolution(tokens, present)
            tokens = transformer(tokens, src_key_padding_mask=hidden_frames) * present
        tokens = self.norm_out(tokens)
        hands_seen = rows[..., sum(LAYOUT[:3]) : sum(LAYOUT[:4])].any(dim=-1) & frames_present
        attended, _ = self.pooling(tokens, hands_seen)
        mean = (tokens * present).sum(dim=1) / present.sum(dim=1).clamp(min=1)
        clips: Tensor = functional.silu(self.features(torch.cat([attended, mean], dim=-1)))
        return clips


class _ConvolutionBlock(nn.Module):
    """A residual inverted bottleneck with a depthwise convolution over time; absent frames stay zero."""

    def __init__(self, width: int, kernel: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.convolution = nn.Conv1d(2 * width, 2 * width, kernel, padding=kernel // 2, groups=2 * width)
        self.norm_inside = nn.LayerNorm(2 * width)
        self.down = nn.Linear(2 * width, width)
        # Whole channels of a clip, which costs a thousandth of drawing numbers for each frame.
        self.dropout = nn.Dropout1d(dropout)

    def forward(self, frames: Tensor, present: Tensor) -> Tensor:
        """(B, F, width) with presence (B, F, 1) -> the same shape."""
        hidden = functional.silu(self.up(self.norm(frames))) * present
        hidden = self.norm_inside(self.convolution(hidden.transpose(1, 2)).transpose(1, 2))
        change = self.down(functional.silu(hidden))
        after: Tensor = (frames + self.dropout(change.transpose(1, 2)).transpose(1, 2)) * present
        return after


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
