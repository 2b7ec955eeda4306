"""Sizes of the MASA encoder."""

from dataclasses import dataclass, field
from typing import Final

from engine.features.model_input import InputSpec
from engine.models.place import PlaceConfig


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Everything that decides the shapes of the encoder's weights.

    Attributes:
        joint_widths: outputs of the graph convolutions over a part's joints.
        part_width: outputs of the graph convolutions over its sub-parts: the size of one part in one frame.
        heads, blocks, feed_forward: of the Transformer, whose width is three parts (left, right, body).
        dropout: of the Transformer.
    """

    joint_widths: tuple[int, ...]
    part_width: int
    heads: int
    blocks: int
    feed_forward: int
    dropout: float = 0.1

    @property
    def width(self) -> int:
        """D_e of the paper: left hand, right hand and body side by side."""
        return 3 * self.part_width


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A classifier over a vocabulary: the encoder and how its input is made.

    Attributes:
        encoder: its sizes.
        classes: glosses of the vocabulary.
        input: how the encoder wants its input.
        place: sizes of the place stream beside the encoder; None for the encoder alone.
        background: outputs beside those of the vocabulary, which together stand for whatever is no sign of it: one
            that has learned it, and one for each gloss that the network knows beyond its vocabulary.
    """

    encoder: EncoderConfig
    classes: int
    input: InputSpec = field(default_factory=InputSpec)
    place: PlaceConfig | None = None
    background: int = 0


BASE: Final = EncoderConfig(
    joint_widths=(128, 128, 256), part_width=512, heads=8, blocks=3, feed_forward=2048, dropout=0.1
)
"""The Transformer is of the paper's size (section IV-B); the released code has larger temporal convolutions."""

SMALL: Final = EncoderConfig(
    joint_widths=(32, 32, 64), part_width=128, heads=8, blocks=2, feed_forward=512, dropout=0.1
)
"""For a laptop's CPU: weights under 16 MB."""

ENCODERS: Final[dict[str, EncoderConfig]] = {"base": BASE, "small": SMALL}
