"""A trained model is a folder: weights.safetensors, config.json, labels.json and CARD.md.

Nothing in it can run code. Whatever does not fit is refused with one line before it replaces a model in use.
"""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.files import atomic_write, reading
from engine.joints import JOINTS
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.files import check_room, check_sizes, read_json, read_weights, refusal, write_weights
from engine.models.place import PlaceConfig
from engine.settings import parse_settings

MODELS: Final = Path(__file__).parents[2] / "assets" / "models"
DEFAULT: Final = "wlasl100"
FORMAT: Final = 1
MOST_BACKGROUND: Final = 100_000
WEIGHTS, CONFIG, LABELS, CARD = "weights.safetensors", "config.json", "labels.json", "CARD.md"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns logits into probabilities that can be believed, fixed on validation clips.

    Attributes:
        temperature: the logits are divided by it.
        background_bias: added to the background's logit then: how much rarer (negative) or more common signs outside of
            the vocabulary are than they were in training.
        threshold: below this probability the recogniser abstains.
        stream_threshold: the same for signs that were cut out of a stream, among which others are that it does not
            know; None for the same value.
    """

    temperature: float = 1.0
    threshold: float = 0.0
    stream_threshold: float | None = None
    background_bias: float = 0.0

    def calibrated(self, logits: Tensor, *, glosses: int) -> Tensor:
        """Return logits (..., outputs) of which the softmax can be believed; a background comes after the glosses."""
        of_glosses, background = (logits / self.temperature).tensor_split([glosses], dim=-1)
        return torch.cat([of_glosses, background + self.background_bias], dim=-1)


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """Contents of config.json."""

    format: int
    joints: int
    encoder: EncoderConfig
    input: InputSpec
    calibration: Calibration
    place: PlaceConfig | None = None
    background: int = 0


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A network with all that belongs to it.

    Attributes:
        name: of its folder.
        glosses: the vocabulary in the order of the logits.
        network: in evaluation mode, on the CPU.
    """

    name: str
    glosses: tuple[str, ...]
    input: InputSpec
    calibration: Calibration
    network: SignClassifier


def available_models() -> tuple[str, ...]:
    """Names of the models that came with the application."""
    return tuple(sorted(path.parent.name for path in MODELS.glob(f"*/{CONFIG}")))


def resolve_model(name_or_path: str | None = None) -> Path:
    """The folder of a model by name or by path; without either, the default, or the first where that is missing."""
    if name_or_path is None:
        names = available_models()
        if not names:
            raise UserFacingError(f"No model is installed: {MODELS} holds none. Train one or copy one there.")
        return MODELS / (DEFAULT if DEFAULT in names else names[0])
    for folder in (MODELS / name_or_path, Path(name_or_path)):
        with reading(folder):
            if (folder / CONFIG).is_file():
                return folder
    known = ", ".join(available_models()) or "none"
    raise UserFacingError(f"No model {name_or_path!r}: give the path of a model folder or one of: {known}.")


def lasting_name(folder: Path) -> str:
    """What `resolve_model` finds a folder by, whatever the working directory: its name or its whole path."""
    return folder.name if folder.parent == MODELS else str(folder.resolve())


def save_model(folder: Path, model: TrainedModel) -> None:
    """Write the folder; its weights are rounded, see `engine.models.eight_bits`."""
    description = ModelDescription(
        format=FORMAT,
        joints=JOINTS,
        encoder=model.network.config.encoder,
        input=model.input,
        calibration=model.calibration,
        place=model.network.config.place,
        background=model.network.config.background,
    )
    write_weights(folder / WEIGHTS, model.network.state_dict())
    atomic_write(folder / LABELS, json.dumps(list(model.glosses), indent=1, ensure_ascii=False) + "\n")
    atomic_write(folder / CONFIG, json.dumps(dataclasses.asdict(description), indent=2) + "\n")


def load_model(folder: Path) -> TrainedModel:
    """Read a model folder.

    Raises:
        UserFacingError: a file is missing, damaged, of another format, or does not fit the others.
    """
    description = _read_description(folder)
    glosses = _read_labels(folder)
    config = ModelConfig(
        encoder=description.encoder,
        classes=len(glosses),
        input=description.input,
        place=description.place,
        background=description.background,
    )
    check_room(
        folder / WEIGHTS,
        encoder=config.encoder,
        place=config.place,
        outputs=config.classes + config.background,
    )
    network = SignClassifier(config)
    network.load_state_dict(read_weights(folder / WEIGHTS, expected=network.state_dict()))
    return TrainedModel(
        name=folder.resolve().name,
        glosses=glosses,
        input=description.input,
        calibration=description.calibration,
        network=network.eval(),
    )


def read_card(folder: Path) -> str:
    """Return the model's card, Markdown; empty where it has none that can be read."""
    try:
        return (folder / CARD).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _read_description(folder: Path) -> ModelDescription:
    table = read_json(folder / CONFIG)
    if isinstance(table, dict) and table.get("format") != FORMAT:
        raise refusal(folder, f"its format is {table.get('format')!r}, this version reads {FORMAT}")
    description = parse_settings(ModelDescription, table, where=str(folder / CONFIG))
    if description.joints != JOINTS:
        raise refusal(folder, f"it expects {description.joints} joints, we have {JOINTS}")
    check_sizes(folder, encoder=description.encoder, window=description.input, place=description.place)
    calibration = description.calibration
    if not 0 <= description.background <= MOST_BACKGROUND:
        raise refusal(folder, "its background makes no sense")
    thresholds = calibration.threshold, calibration.stream_threshold or 0.0
    fitted = 0 < calibration.temperature < 100 and abs(calibration.background_bias) < 100
    if not (fitted and 0 <= min(thresholds) <= max(thresholds) <= 1):
        raise refusal(folder, "its calibration makes no sense")
    return description


def _read_labels(folder: Path) -> tuple[str, ...]:
    labels = read_json(folder / LABELS)
    if not (isinstance(labels, list) and labels and all(isinstance(label, str) and label for label in labels)):
        raise refusal(folder, f"{LABELS} is not a list of glosses")
    if len(set(labels)) != len(labels):
        raise refusal(folder, f"{LABELS} names a gloss twice")
    return tuple(labels)
