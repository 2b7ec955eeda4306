"""The segmenter: is a sign being made in this frame? It knows no vocabulary, so one serves every model.

Temporal convolutions over the model input of each frame. A frame's answer looks a little ahead, because the way a hand
leaves tells where its sign ended, and far back.
"""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.features.model_input import InputSpec, ModelInput
from engine.files import atomic_write
from engine.joints import BODY_JOINTS, HAND_JOINTS
from engine.models.files import read_json, read_weights, refusal, write_weights
from engine.settings import parse_settings

SEGMENTER: Final = Path(__file__).parents[2] / "assets" / "segmenter"
FORMAT: Final = 1
WEIGHTS, CONFIG = "weights.safetensors", "config.json"


class Columns:
    """Where in a frame's vector what stands."""

    HANDS: Final = slice(0, 4 * HAND_JOINTS)
    HANDS_PRESENT: Final = slice(HANDS.stop, HANDS.stop + 2)
    BODY: Final = slice(HANDS_PRESENT.stop, HANDS_PRESENT.stop + 2 * BODY_JOINTS)
    BODY_PRESENT: Final = slice(BODY.stop, BODY.stop + BODY_JOINTS)


FEATURES: Final = Columns.BODY_PRESENT.stop


@dataclass(frozen=True, slots=True)
class SegmenterConfig:
    """Everything that decides the shapes of the segmenter's weights, and how its input is made.

    Attributes:
        width: channels.
        kernel: frames that a convolution sees.
        dilations: of the convolutions, one after the other.
        ahead: frames that an answer waits for.
        input: its frame rate matters; its length does not.
    """

    width: int = 48
    kernel: int = 5
    dilations: tuple[int, ...] = (1, 2, 4)
    ahead: int = 4
    input: InputSpec = field(default_factory=lambda: InputSpec(rate=20.0))

    @property
    def seen(self) -> int:
        """Frames that decide one answer."""
        return 1 + (self.kernel - 1) * sum(self.dilations)

    @property
    def makes_sense(self) -> bool:
        """Whether a network of ours could have these sizes."""
        return (
            1 <= self.width <= 512
            and 1 <= self.kernel <= 31
            and 1 <= len(self.dilations) <= 8
            and all(1 <= dilation <= 64 for dilation in self.dilations)
            and 0 <= self.ahead <= 20
            and self.input.makes_sense
        )


class Segmenter(nn.Module):
    """Model input of successive frames -> a logit for each: positive while a sign is being made."""

    def __init__(self, config: SegmenterConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Linear(FEATURES, config.width)
        self.over_time = nn.ModuleList(
            nn.Conv1d(config.width, config.width, config.kernel, dilation=dilation) for dilation in config.dilations
        )
        self.norms = nn.ModuleList(nn.LayerNorm(config.width) for _ in config.dilations)
        self.head = nn.Linear(config.width, 1)

    def forward(self, frames: ModelInput) -> Tensor:
        """Answer for all frames but the last `ahead`: (B, F) frames -> logits (B, F - ahead)."""
        return self.answer(features(frames))

    def answer(self, vectors: Tensor) -> Tensor:
        """The same for what `features` returned, (B, F, FEATURES); what lies before the first frame counts as empty."""
        hidden = torch.relu(self.embedding(vectors))
        for convolution, norm, dilation in zip(self.over_time, self.norms, self.config.dilations, strict=True):
            padded = functional.pad(hidden.transpose(1, 2), ((self.config.kernel - 1) * dilation, 0))
            hidden = norm(hidden + torch.relu(convolution(padded)).transpose(1, 2))
        logits: Tensor = self.head(hidden[:, self.config.ahead :]).squeeze(-1)
        return logits


def features(frames: ModelInput) -> Tensor:
    """One vector a frame, (B, F, FEATURES): see `Columns`."""
    hands_present, body_present = (
        present.to(frames.body.dtype) for present in (frames.hands_present, frames.body_present)
    )
    return torch.cat([frames.hands.flatten(2), hands_present, frames.body.flatten(2), body_present], dim=-1)


@dataclass(frozen=True, slots=True)
class SegmenterDescription:
    """Contents of config.json.

    Attributes:
        format: of the folder.
        segmenter: its sizes.
        begin, end: a sign begins when its probability rises to `begin`, and ends when it falls below `end`.
    """

    format: int
    segmenter: SegmenterConfig
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class TrainedSegmenter:
    """A segmenter with its thresholds; see `SegmenterDescription`."""

    network: Segmenter
    begin: float
    end: float


def save_segmenter(folder: Path, trained: TrainedSegmenter) -> None:
    """Write its folder."""
    description = SegmenterDescription(FORMAT, trained.network.config, trained.begin, trained.end)
    write_weights(folder / WEIGHTS, trained.network.state_dict())
    atomic_write(folder / CONFIG, json.dumps(dataclasses.asdict(description), indent=2) + "\n")


def load_segmenter(folder: Path = SEGMENTER) -> TrainedSegmenter:
    """Read what `save_segmenter` wrote; `UserFacingError` where it is damaged or not ours."""
    table = read_json(folder / CONFIG)
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise refusal(folder, "it was made for another version")
    description = parse_settings(SegmenterDescription, table, where=str(folder / CONFIG))
    sizes = description.segmenter
    if not (sizes.makes_sense and 0 <= description.end <= description.begin <= 1):
        raise refusal(folder, "its description makes no sense")
    network = Segmenter(sizes)
    network.load_state_dict(read_weights(folder / WEIGHTS, expected=network.state_dict()))
    return TrainedSegmenter(network.eval(), description.begin, description.end)
