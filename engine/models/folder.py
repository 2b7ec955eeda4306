"""A trained model is a folder: weights.safetensors, config.json, labels.json and CARD.md.

Nothing in it can run code. Whatever does not fit is refused with one line before it replaces a model in use.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.files import atomic_write, replacing
from engine.joints import JOINTS
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.settings import parse_settings

MODELS: Final = Path(__file__).parents[2] / "assets" / "models"
FORMAT: Final = 1
WEIGHTS, CONFIG, LABELS = "weights.safetensors", "config.json", "labels.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns logits into probabilities that can be believed, fixed on validation clips.

    Attributes:
        temperature: the logits are divided by it.
        threshold: below this probability the recogniser abstains.
    """

    temperature: float = 1.0
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """Contents of config.json."""

    format: int
    joints: int
    encoder: EncoderConfig
    input: InputSpec
    calibration: Calibration


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
    """The folder of a model by name or by path; without either, the default: the first that came along."""
    if name_or_path is None:
        names = available_models()
        if not names:
            raise UserFacingError(f"No model is installed: {MODELS} holds none. Train one or copy one there.")
        return MODELS / names[0]
    for folder in (MODELS / name_or_path, Path(name_or_path)):
        if (folder / CONFIG).is_file():
            return folder
    known = ", ".join(available_models()) or "none"
    raise UserFacingError(f"No model {name_or_path!r}: give the path of a model folder or one of: {known}.")


def save_model(folder: Path, model: TrainedModel) -> None:
    """Write the folder; half precision halves its size."""
    description = ModelDescription(
        format=FORMAT,
        joints=JOINTS,
        encoder=model.network.config.encoder,
        input=model.input,
        calibration=model.calibration,
    )
    weights = {
        name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
        for name, tensor in model.network.state_dict().items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / WEIGHTS) as path:
        safetensors.torch.save_file(weights, path)
    atomic_write(folder / LABELS, json.dumps(list(model.glosses), indent=1, ensure_ascii=False) + "\n")
    atomic_write(folder / CONFIG, json.dumps(dataclasses.asdict(description), indent=2) + "\n")


def load_model(folder: Path) -> TrainedModel:
    """Read a model folder.

    Raises:
        UserFacingError: a file is missing, damaged, of another format, or does not fit the others.
    """
    description = _read_description(folder)
    glosses = _read_labels(folder)
    config = ModelConfig(encoder=description.encoder, classes=len(glosses), input=description.input)
    network = SignClassifier(config)
    weights = _read_weights(folder)
    _check_fit(folder, expected=network.state_dict(), found=weights)
    network.load_state_dict(weights)
    return TrainedModel(
        name=folder.resolve().name,
        glosses=glosses,
        input=description.input,
        calibration=description.calibration,
        network=network.eval(),
    )


def _read_description(folder: Path) -> ModelDescription:
    table = _read_json(folder / CONFIG)
    if isinstance(table, dict) and table.get("format") != FORMAT:
        raise _refusal(folder, f"its format is {table.get('format')!r}, this version reads {FORMAT}")
    description = parse_settings(ModelDescription, table, where=str(folder / CONFIG))
    if description.joints != JOINTS:
        raise _refusal(folder, f"it expects {description.joints} joints, we have {JOINTS}")
    encoder, spec, calibration = description.encoder, description.input, description.calibration
    sizes = (*encoder.joint_widths, encoder.part_width, encoder.heads, encoder.blocks, encoder.feed_forward)
    fits = encoder.joint_widths and min(sizes) >= 1 and max(sizes) <= 8192 and encoder.blocks <= 64
    if not (fits and encoder.width % encoder.heads == 0 and 0 <= encoder.dropout < 1):
        raise _refusal(folder, "the sizes of its encoder make no sense")
    if not (
        1 <= spec.frames <= 1024 and 1 <= spec.rate <= 240 and 0 <= spec.min_confidence <= 1 <= spec.hand_box < 100
    ):
        raise _refusal(folder, "its window makes no sense")
    if not (0 < calibration.temperature < 100 and 0 <= calibration.threshold <= 1):
        raise _refusal(folder, "its calibration makes no sense")
    return description


def _read_labels(folder: Path) -> tuple[str, ...]:
    labels = _read_json(folder / LABELS)
    if not (isinstance(labels, list) and labels and all(isinstance(label, str) and label for label in labels)):
        raise _refusal(folder, f"{LABELS} is not a list of glosses")
    if len(set(labels)) != len(labels):
        raise _refusal(folder, f"{LABELS} names a gloss twice")
    return tuple(labels)


def _read_weights(folder: Path) -> dict[str, Tensor]:
    try:
        return safetensors.torch.load_file(folder / WEIGHTS)
    except FileNotFoundError:
        raise _refusal(folder, f"{WEIGHTS} is missing") from None
    except (OSError, safetensors.SafetensorError) as error:
        raise _refusal(folder, f"{WEIGHTS} is damaged ({error})") from error


def _check_fit(folder: Path, *, expected: Mapping[str, Tensor], found: Mapping[str, Tensor]) -> None:
    if strangers := sorted(set(expected) ^ set(found)):
        raise _refusal(folder, f"its weights do not fit its {CONFIG} (see {strangers[0]})")
    for name, tensor in expected.items():
        if tensor.shape != found[name].shape:
            raise _refusal(folder, f"{name} has shape {tuple(found[name].shape)} instead of {tuple(tensor.shape)}")
        if not torch.isfinite(found[name]).all():
            raise _refusal(folder, f"{name} holds values that are not numbers")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _refusal(path.parent, f"{path.name} is missing") from None
    except (OSError, ValueError, RecursionError) as error:
        raise _refusal(path.parent, f"{path.name} is not readable ({error})") from error


def _refusal(folder: Path, why: str) -> UserFacingError:
    return UserFacingError(f"The model in {folder} cannot be used: {why}. Take another, or copy it again.")
