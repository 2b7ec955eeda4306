"""An interrupted run goes on where it stopped: everything that decides the next step, in one safetensors file."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from engine.errors import UserFacingError
from engine.files import reading, replacing


@dataclass(frozen=True, slots=True)
class RunState:
    """Everything that decides the next step of a run, but for which step it is.

    Attributes:
        modules: networks by name.
        optimiser: with its moments.
        scaler: of the loss; empty where nothing is scaled.
        fingerprint: names the recipe and the data; only the same run may go on from a checkpoint.
    """

    modules: dict[str, nn.Module]
    optimiser: torch.optim.Optimizer
    scaler: torch.amp.GradScaler
    fingerprint: str


@dataclass(slots=True)
class Position:
    """How far a run is; it moves on with every step.

    Attributes:
        epoch: finished epochs.
        step: finished steps of the epoch under way.
        clips: that these steps trained on, of several workers by the leading one.
        sums: by name, over these clips, of what the objective shows.
    """

    epoch: int = 0
    step: int = 0
    clips: int = 0
    sums: dict[str, Tensor] = field(default_factory=dict)

    def add(self, shown: dict[str, Tensor], clips: int) -> None:
        """Count a step that has shown this, as a mean over so many clips."""
        for name, value in shown.items():
            self.sums[name] = self.sums.get(name, 0) + value.detach().float() * clips
        self.clips += clips
        self.step += 1

    def means(self) -> dict[str, float]:
        """Of what the objective has shown in this epoch."""
        return {name: float(value) / self.clips for name, value in self.sums.items()}


def save_checkpoint(path: Path, run: RunState, position: Position) -> None:
    """Write the state of a run at a position."""
    tensors: dict[str, Tensor] = {}
    for name, module in run.modules.items():
        tensors |= {f"{name}/{key}": value.clone() for key, value in module.state_dict().items()}
    state = run.optimiser.state_dict()
    for index, values in state["state"].items():
        tensors |= {f"optimiser/{index}/{key}": value.clone() for key, value in values.items()}
    metadata = {
        "epoch": json.dumps(position.epoch),
        "step": json.dumps(position.step),
        "clips": json.dumps(position.clips),
        # Not among the tensors, whose order is not kept. Single precision outlives decimals.
        "sums": json.dumps({name: float(value) for name, value in position.sums.items()}),
        "fingerprint": run.fingerprint,
        "scaler": json.dumps(run.scaler.state_dict()),
    }
    content = safetensors.torch.save(tensors, metadata=metadata)
    with replacing(path, durable=True) as temporary:
        temporary.write_bytes(content)


def load_checkpoint(path: Path, run: RunState) -> Position:
    """Restore what `save_checkpoint` wrote and return the position.

    Raises:
        UserFacingError: the file cannot be read, is damaged or belongs to another run.
    """
    with reading(path), path.open("rb"):
        pass  # safetensors takes what may not be read for missing
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            # Copies: what is still mapped from the file keeps Windows from putting the next one in its place.
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118 (not a mapping)
    except (OSError, safetensors.SafetensorError) as error:
        raise UserFacingError(f"{path} is damaged ({error}): delete it to train from the start.") from error
    if metadata.get("fingerprint") != run.fingerprint:
        raise UserFacingError(
            f"{path} belongs to a run with another recipe, other data, another seed, device or start: choose another "
            "--checkpoints."
        )
    for name, module in run.modules.items():
        module.load_state_dict(_below(tensors, f"{name}/"))
    state = run.optimiser.state_dict()
    state["state"] = {}
    for key, value in _below(tensors, "optimiser/").items():
        index, slot = key.split("/")
        state["state"].setdefault(int(index), {})[slot] = value
    run.optimiser.load_state_dict(state)
    if scaler := json.loads(metadata.get("scaler", "{}")):
        run.scaler.load_state_dict(scaler)
    # A checkpoint without a step was written at an epoch's end, when there were no others.
    return Position(
        epoch=int(json.loads(metadata["epoch"])),
        step=int(json.loads(metadata.get("step", "0"))),
        clips=int(json.loads(metadata.get("clips", "0"))),
        sums={name: torch.tensor(value) for name, value in json.loads(metadata.get("sums", "{}")).items()},
    )


def _below(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
