"""Reading and writing what a model folder is made of. Nothing in it can run code, and what does not fit is refused."""

import copy
import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.files import atomic_write
from engine.models.config import EncoderConfig
from engine.models.eight_bits import SCALES, rounded, unrounded
from engine.models.place import PlaceConfig

Network = TypeVar("Network", bound=nn.Module)


def refusal(folder: Path, why: str) -> UserFacingError:
    """The one line for a folder that cannot be used."""
    return UserFacingError(f"The model in {folder} cannot be used: {why}. Take another, or copy it again.")


def read_json(path: Path) -> Any:
    """Parse a file of a model folder."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise refusal(path.parent, f"{path.name} is missing") from None
    except (OSError, ValueError, RecursionError) as error:
        raise refusal(path.parent, f"{path.name} is not readable ({error})") from error


def write_weights(path: Path, state: Mapping[str, Tensor]) -> None:
    """Write tensors, matrices in eight bits and the rest in half precision."""
    atomic_write(path, safetensors.torch.save(_stored(state)))


def as_written(network: Network) -> Network:
    """Return a copy with the weights that are read again after `write_weights` has rounded those of `network`."""
    network = copy.deepcopy(network)
    network.load_state_dict(unrounded(_stored(network.state_dict())))
    return network


def _stored(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: (tensor.half() if tensor.is_floating_point() and not name.endswith(SCALES) else tensor).cpu().contiguous()
        for name, tensor in rounded(state).items()
    }


def read_weights(path: Path, *, expected: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Read tensors that have the names and shapes of `expected`, and finite values."""
    folder = path.parent
    try:
        found = unrounded(safetensors.torch.load(path.read_bytes()))
    except FileNotFoundError:
        raise refusal(folder, f"{path.name} is missing") from None
    except OSError as error:
        raise refusal(folder, f"{path.name} is not readable ({error.strerror or error})") from error
    except (safetensors.SafetensorError, ValueError) as error:
        raise refusal(folder, f"{path.name} is damaged ({error})") from error
    if strangers := sorted(set(expected) ^ set(found)):
        raise refusal(folder, f"its weights do not fit its description (see {strangers[0]})")
    for name, tensor in expected.items():
        if tensor.shape != found[name].shape:
            raise refusal(folder, f"{name} has shape {tuple(found[name].shape)} instead of {tuple(tensor.shape)}")
        if found[name].is_floating_point() != tensor.is_floating_point():
            raise refusal(folder, f"its weights do not fit its description (see {name})")
        if not torch.isfinite(found[name].float()).all():  # of eight-bit floats it cannot be told
            raise refusal(folder, f"{name} holds values that are not numbers")
    return found


def check_room(path: Path, *, encoder: EncoderConfig, place: PlaceConfig | None = None, outputs: int = 0) -> None:
    """Refuse sizes for which a file of weights is too small, before a network of them fills the memory.

    No weight takes less than a byte; only the matrices whose sizes a description can make large are counted.
    """
    weights = _of_transformer(encoder) + outputs * encoder.part_width
    # Of both graph networks, in each of which a node weighs itself and its neighbours.
    weights += 4 * sum(before * after for before, after in pairwise((*encoder.joint_widths, encoder.part_width)))
    if place:
        weights += _of_transformer(place) + outputs * place.features
    if path.is_file() and path.stat().st_size < weights:
        raise refusal(path.parent, f"{path.name} is damaged, or too small for the sizes in its description")


def _of_transformer(config: EncoderConfig | PlaceConfig) -> int:
    return config.blocks * (4 * config.width**2 + 2 * config.width * config.feed_forward)


def check_sizes(folder: Path, *, encoder: EncoderConfig, window: InputSpec, place: PlaceConfig | None = None) -> None:
    """Refuse sizes that no network of ours can have."""
    sizes = (*encoder.joint_widths, encoder.part_width, encoder.heads, encoder.blocks, encoder.feed_forward)
    fits = encoder.joint_widths and min(sizes) >= 1 and max(sizes) <= 8192 and encoder.blocks <= 64
    if not (fits and encoder.width % encoder.heads == 0 and 0 <= encoder.dropout < 1):
        raise refusal(folder, "the sizes of its encoder make no sense")
    if place is not None and not place.makes_sense:
        raise refusal(folder, "the sizes of its place stream make no sense")
    if not window.makes_sense:
        raise refusal(folder, "its window makes no sense")
