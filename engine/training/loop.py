"""The training loop: every method's objective runs in this one."""

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from torch import nn
from torch.optim.swa_utils import AveragedModel

from engine.errors import Interrupted
from engine.files import is_file
from engine.training.averaging import averaging
from engine.training.batches import DeviceClips
from engine.training.checkpoint import Position, RunState, load_checkpoint, save_checkpoint
from engine.training.interruption import Interruption
from engine.training.objective import Objective
from engine.training.precision import best_precision
from engine.training.progress import Clock, EpochReport, JsonLines, Report, TensorBoard
from engine.training.schedule import Schedule
from engine.training.steps import Steps, optimiser_of
from engine.training.workers import ALONE, Workers, wait_for_all

CHECKPOINT: Final = "checkpoint.safetensors"
METRICS: Final = "metrics.jsonl"
CHECKPOINT_EVERY_S = 60.0
VALIDATIONS: Final = 6
"""Held-out clips are looked at about so many times in a run."""

Validate = Callable[[nn.Module], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """Where and how a run runs.

    Seed, device and number of workers have a say in the weights; with all three the same, a run repeats itself.

    Attributes:
        folder: of its checkpoint and its metrics; an interrupted run goes on from there.
        seed: of all random numbers.
        device: "cpu" or "cuda".
        workers: the processes that share each batch.
        tensorboard: whether to write curves for it, too.
    """

    folder: Path
    seed: int = 0
    device: str = "cpu"
    workers: Workers = ALONE
    tensorboard: bool = False


def train(
    objective: Objective,
    clips: DeviceClips,
    schedule: Schedule,
    run: Run,
    *,
    fingerprint: str,
    report: Report = lambda _: None,
    validate: Validate | None = None,
) -> None:
    """Train until the schedule ends; then `objective.kept` holds the averaged weights, in evaluation mode.

    Of several workers only the leading one measures batch statistics for them: its network is the result.

    A run can be interrupted at any time: called again with the same arguments it goes on from its last
    checkpoint and ends with the same weights, because every step draws its random numbers anew from seed, epoch,
    step and worker. On CUDA they are the same but for the order in which its kernels add up. SIGINT and SIGTERM lose
    nothing; of a process that is killed, the last minute is lost.

    Args:
        fingerprint: names recipe, data and first weights; a checkpoint of other ones is refused.
        validate: measures the averaged network on held-out clips now and then.

    Raises:
        Interrupted: there was a signal; the step was finished and a checkpoint saved.
    """
    objective.to(run.device)
    averaged = AveragedModel(objective.kept, multi_avg_fn=averaging(schedule.averaging))
    precision = best_precision(run.device)
    state = RunState(
        modules={"objective": objective, "averaged": averaged},
        optimiser=optimiser_of(objective, schedule),
        scaler=precision.scaler(),
        fingerprint=json.dumps([fingerprint, run.seed, run.device, run.workers.count]),
    )
    keeper = _Keeper(run.folder / CHECKPOINT, state, writes=run.workers.leads)
    position = keeper.restored()
    writers = _writers(run, position.epoch) if run.workers.leads else []
    steps = Steps(objective, state, averaged, schedule, clips, precision, seed=run.seed, workers=run.workers)
    look_every = math.ceil(schedule.epochs / VALIDATIONS)
    clock = Clock()
    with Interruption() as interruption:
        while position.epoch < schedule.epochs:
            clock.begin_epoch()
            for _ in steps.left_in_epoch(position):
                clock.count_step()
                signal = interruption.noted_by_any(run.device)
                if signal or keeper.due:
                    steps.check(position)
                    keeper.save(position)
                if signal:
                    wait_for_all()  # where one has left, torchrun ends the others; the leading one may still be saving
                    where = f"epoch {position.epoch + 1} after {position.step} of {steps.an_epoch} steps"
                    raise Interrupted(f"Interrupted in {where}: the same command goes on from there.", signal=signal)
            steps.check(position)
            figures, rate = position.means(), steps.rate(position)
            steps_a_second = clock.steps_a_second()
            position = Position(epoch=position.epoch + 1)
            if not run.workers.leads:
                continue
            last = position.epoch == schedule.epochs
            if last or position.epoch % look_every == 0:
                steps.settle()
                figures |= validate(averaged.module.eval()) if validate else {}
            told = EpochReport(
                epoch=position.epoch,
                epochs=schedule.epochs,
                figures=figures,
                learning_rate=rate,
                clips_per_second=steps_a_second and steps_a_second * len(clips) / steps.an_epoch,
                seconds_left=clock.seconds_for((schedule.epochs - position.epoch) * steps.an_epoch),
            )
            if last or keeper.due:
                keeper.save(position)
            for write in writers:  # after the checkpoint: what they cannot write must not cost the epoch
                write(told)
            report(told)
    if interruption.noted:
        raise Interrupted(
            "Interrupted after the last epoch: the same command does what is left.", signal=interruption.noted
        )
    objective.kept.load_state_dict(averaged.module.state_dict())
    objective.kept.eval()


class _Keeper:
    """Keeps a run's state in its checkpoint; of several workers the leading one does, the others read alone."""

    def __init__(self, path: Path, state: RunState, *, writes: bool) -> None:
        self._path = path
        self._state = state
        self._writes = writes
        self._saved = time.monotonic()

    def restored(self) -> Position:
        """Take the state from the checkpoint, where there is one, and return how far it is."""
        return load_checkpoint(self._path, self._state) if is_file(self._path) else Position()

    @property
    def due(self) -> bool:
        """Whether so much was done since the last checkpoint that it would be a pity to lose it."""
        return self._writes and time.monotonic() - self._saved > CHECKPOINT_EVERY_S

    def save(self, position: Position) -> None:
        """Replace the checkpoint."""
        if self._writes:
            save_checkpoint(self._path, self._state, position)
            self._saved = time.monotonic()


def _writers(run: Run, done: int) -> list[Report]:
    writers: list[Report] = [JsonLines(run.folder / METRICS, done=done)]
    if run.tensorboard:
        writers.append(TensorBoard(run.folder, done=done))
    return writers
