"""A pre-trained encoder is a folder: encoder.safetensors and encoder.json. Fine-tuning starts from it."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.features.model_input import InputSpec
from engine.files import atomic_write
from engine.joints import JOINTS
from engine.models.config import EncoderConfig
from engine.models.encoder import MasaEncoder
from engine.models.files import check_room, check_sizes, read_json, read_weights, refusal, write_weights
from engine.settings import parse_settings

FORMAT: Final = 1
WEIGHTS, DESCRIPTION = "encoder.safetensors", "encoder.json"


@dataclass(frozen=True, slots=True)
class EncoderDescription:
    """Contents of encoder.json."""

    format: int
    joints: int
    encoder: EncoderConfig
    input: InputSpec


def save_encoder(folder: Path, encoder: MasaEncoder, *, window: InputSpec) -> None:
    """Write the folder; `window` is the input that the encoder was trained on."""
    description = EncoderDescription(format=FORMAT, joints=JOINTS, encoder=encoder.config, input=window)
    write_weights(folder / WEIGHTS, encoder.state_dict())
    atomic_write(folder / DESCRIPTION, json.dumps(dataclasses.asdict(description), indent=2) + "\n")


def load_encoder(folder: Path) -> tuple[MasaEncoder, InputSpec]:
    """Read what `save_encoder` wrote; `UserFacingError` where it is damaged or not ours."""
    table = read_json(folder / DESCRIPTION)
    if not isinstance(table, dict) or (table.get("format"), table.get("joints")) != (FORMAT, JOINTS):
        raise refusal(folder, "it was made for another version")
    description = parse_settings(EncoderDescription, table, where=str(folder / DESCRIPTION))
    check_sizes(folder, encoder=description.encoder, window=description.input)
    check_room(folder / WEIGHTS, encoder=description.encoder)
    encoder = MasaEncoder(description.encoder)
    encoder.load_state_dict(read_weights(folder / WEIGHTS, expected=encoder.state_dict()))
    return encoder.eval(), description.input
