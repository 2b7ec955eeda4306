"""Frame embedding: each part of each frame becomes one vector that knows its neighbours in time.

One graph network serves both hands, the left one mirrored; another serves the body. Two temporal convolution
blocks follow; they are also what tells the Transformer the order of the frames (no position encoding).
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.features.model_input import ModelInput
from engine.models.config import EncoderConfig
from engine.models.graph import BODY, HAND, GraphNetwork
from engine.models.place import rows


@dataclass(frozen=True, slots=True)
class PartVectors:
    """What the graph networks make of each frame by itself, so that a live recogniser makes it once a frame.

    Attributes:
        hands: (B, F, 2, part_width), left then right.
        body: (B, F, part_width).
        hands_present: (B, F, 2) bool.
        body_present: (B, F) bool: any joint of it.
        frames_present: (B, F) bool.
        rows: (B, F, columns) what the place stream reads; see `engine.models.place`.
    """

    hands: Tensor
    body: Tensor
    hands_present: Tensor
    body_present: Tensor
    frames_present: Tensor
    rows: Tensor


class PartEmbedding(nn.Module):
    """Frame by frame, without time."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.hand = GraphNetwork(HAND, config.joint_widths, config.part_width)
        self.body = GraphNetwork(BODY, config.joint_widths, config.part_width)
        self.no_hand = nn.Parameter(torch.zeros(config.part_width))
        self.no_body = nn.Parameter(torch.zeros(config.part_width))

    def forward(self, frames: ModelInput) -> PartVectors:
        """Embed every part of every frame on its own."""
        mirror = frames.hands.new_tensor([[-1.0, 1.0], [1.0, 1.0]])[:, None]
        hands = _embed_present(self.hand, frames.hands * mirror, frames.hands_present, self.no_hand)
        body = _embed_present(self.body, frames.body, frames.body_present, self.no_body)
        return PartVectors(
            hands=hands,
            body=body,
            hands_present=frames.hands_present,
            body_present=frames.body_present.any(dim=-1),
            frames_present=frames.frames_present,
            rows=rows(frames),
        )


class TemporalBlock(nn.Module):
    """A residual convolution over time; frames that are absent stay zero."""

    def __init__(self, width: int, kernels: tuple[int, ...]) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, kernel, padding=kernel // 2) for kernel in kernels)
        self.norm = nn.LayerNorm(width)

    def forward(self, frames: Tensor, present: Tensor) -> Tensor:
        """(N, F, width) with presence (N, F, 1) -> the same shape."""
        hidden = frames
        for convolution in self.convolutions:
            hidden = torch.relu(convolution((hidden * present).transpose(1, 2)).transpose(1, 2))
        normed: Tensor = self.norm(frames + hidden)
        return normed * present


class FrameEmbedding(nn.Module):
    """Frames in, tokens of the Transformer out: `parts` frame by frame, then `in_time` over the window."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.parts = PartEmbedding(config)
        self.hand_in_time = nn.ModuleList(TemporalBlock(config.part_width, kernels) for kernels in ((5,), (3, 3)))
        self.body_in_time = nn.ModuleList(TemporalBlock(config.part_width, kernels) for kernels in ((5,), (3, 3)))

    def in_time(self, parts: PartVectors) -> Tensor:
        """Return tokens (B, F, 3 * part_width): left hand, right hand, body."""
        hands, body = parts.hands, parts.body
        batch, length, _, width = hands.shape
        present = parts.frames_present[..., None].to(hands.dtype)
        hands = hands.transpose(1, 2).reshape(2 * batch, length, width)
        for block in self.hand_in_time:
            hands = block(hands, present.repeat_interleave(2, dim=0))
        for block in self.body_in_time:
            body = block(body, present)
        hands = hands.view(batch, 2, length, width).transpose(1, 2).reshape(batch, length, 2 * width)
        return torch.cat([hands, body], dim=-1)


def _embed_present(network: GraphNetwork, positions: Tensor, present: Tensor, absent: Tensor) -> Tensor:
    """Run the network where a part is there at all, which spares half of the work, and fill in `absent` elsewhere.

    positions (..., joints, 2), present (...) or (..., joints) bool -> (..., width)
    """
    joints_present = (
        present if present.dim() == positions.dim() - 1 else present[..., None].expand(positions.shape[:-1])
    )
    somewhere = joints_present.any(dim=-1)
    if not somewhere.any():
        return absent.expand(*somewhere.shape, -1)
    embedded = network(positions[somewhere], joints_present[somewhere])
    parts = absent.to(embedded.dtype).expand(*somewhere.shape, -1).clone()
    parts[somewhere] = embedded
    return parts
