"""The training loop: every method's objective runs in this one."""

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn, update_bn

from engine.errors import UserFacingError
from engine.training.batches import DeviceClips
from engine.training.checkpoint import RunState, load_checkpoint, save_checkpoint
from engine.training.objective import Objective
from engine.training.precision import Precision, best_precision
from engine.training.progress import EpochReport, JsonLines, Report, TensorBoard
from engine.training.schedule import Schedule, learning_rate
from engine.training.workers import ALONE, Workers

CHECKPOINT: Final = "checkpoint.safetensors"
METRICS: Final = "metrics.jsonl"
CHECKPOINT_EVERY_S = 60.0
SETTLING_BATCH: Final = 64
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
    checkpoint and ends with the same weights, because every epoch draws its random numbers anew from seed, epoch
    and worker. On CUDA they are the same but for the order in which its kernels add up.

    Args:
        fingerprint: names recipe, data and first weights; a checkpoint of other ones is refused.
        validate: measures the averaged network on held-out clips now and then.
    """
    objective.to(run.device)
    averaged = AveragedModel(objective.kept, multi_avg_fn=get_ema_multi_avg_fn(schedule.averaging))
    precision = best_precision(run.device)
    state = RunState(
        modules={"objective": objective, "averaged": averaged},
        optimiser=_optimiser(objective, schedule),
        scaler=precision.scaler(),
        fingerprint=json.dumps([fingerprint, run.seed, run.device, run.workers.count]),
    )
    checkpoint = run.folder / CHECKPOINT
    done = load_checkpoint(checkpoint, state) if checkpoint.is_file() else 0
    writers = _writers(run, done) if run.workers.leads else []
    steps = _Steps(
        objective, state, averaged, schedule, run, precision, steps_an_epoch=_steps_an_epoch(clips, schedule)
    )
    look_every = math.ceil(schedule.epochs / VALIDATIONS)
    began = saved = time.monotonic()
    for epoch in range(done, schedule.epochs):
        since = time.monotonic()
        figures = steps.epoch(clips, epoch)
        now = time.monotonic()
        last = epoch + 1 == schedule.epochs
        if not run.workers.leads:
            continue
        if last or (epoch + 1) % look_every == 0:
            steps.settle(clips)
            figures |= validate(averaged.module.eval()) if validate else {}
        told = EpochReport(
            epoch=epoch + 1,
            epochs=schedule.epochs,
            figures=figures,
            learning_rate=steps.rate,
            clips_per_second=len(clips) / (now - since),
            seconds_left=(time.monotonic() - began) / (epoch + 1 - done) * (schedule.epochs - epoch - 1),
        )
        if last or now - saved > CHECKPOINT_EVERY_S:
            save_checkpoint(checkpoint, state, epoch=epoch + 1)
            saved = now
        for tell in (*writers, report):
            tell(told)
    objective.kept.load_state_dict(averaged.module.state_dict())
    objective.kept.eval()


class _Steps:
    """Takes the steps of an epoch."""

    def __init__(
        self,
        objective: Objective,
        state: RunState,
        averaged: AveragedModel,
        schedule: Schedule,
        run: Run,
        precision: Precision,
        *,
        steps_an_epoch: int,
    ) -> None:
        self.rate = 0.0
        self._objective = objective
        self._network = _shared(objective, run)
        self._optimiser = state.optimiser
        self._scaler = state.scaler
        self._averaged = averaged
        self._schedule = schedule
        self._run = run
        self._steps_an_epoch = steps_an_epoch
        self._precision = precision

    def epoch(self, clips: DeviceClips, epoch: int) -> dict[str, float]:
        """Train on every clip once; returns the means of what the objective shows."""
        run, workers = self._run, self._run.workers
        order = torch.Generator().manual_seed(_seed(run.seed, epoch))
        torch.manual_seed(_seed(run.seed, epoch, workers.rank + 1))
        self._objective.train()
        if not self._schedule.encoder_rate:
            self._objective.encoder.eval()
        sums: dict[str, Tensor] = {}
        batches = clips.shuffled(self._schedule.batch_size, order, worker=workers.rank, workers=workers.count)
        count = 0
        for step, (batch, labels) in enumerate(batches):
            shown = self._step(batch, labels, epoch * self._steps_an_epoch + step)
            for name, value in shown.items():
                sums[name] = sums.get(name, 0) + value.detach().float() * len(labels)
            count += len(labels)
        figures = {name: float(value) / count for name, value in sums.items()}
        # The last step's weights have given no loss yet.
        weights_hold = all(bool(weight.isfinite().all()) for weight in self._objective.parameters())
        if not (math.isfinite(figures["loss"]) and weights_hold):
            raise UserFacingError(
                f"Epoch {epoch + 1} gave a loss or weights that are not numbers: start again with a lower "
                "learning_rate. The last checkpoint was kept."
            )
        return figures

    def settle(self, clips: DeviceClips) -> None:
        """Measure the batch norms' statistics anew for the averaged weights.

        Activations of averaged weights vary less than those of the weights that they average; with the
        statistics of those, an average over many steps is far worse than it could be.
        """
        if self._schedule.encoder_rate:
            inputs = (self._objective.inputs(batch) for batch, _ in clips.in_order(SETTLING_BATCH))
            with self._precision.autocast():
                update_bn(inputs, self._averaged.module)

    def _step(self, batch: Any, labels: Tensor, step: int) -> dict[str, Tensor]:
        steps = self._steps_an_epoch * self._schedule.epochs
        self.rate = learning_rate(self._schedule, step=step, steps=steps)
        for group in self._optimiser.param_groups:
            group["lr"] = self.rate * group["share"]
        with self._precision.autocast():
            shown: dict[str, Tensor] = self._network(batch, labels, step / steps)
        self._optimiser.zero_grad()
        self._scaler.scale(shown["loss"]).backward()
        self._scaler.unscale_(self._optimiser)
        torch.nn.utils.clip_grad_norm_(self._objective.parameters(), self._schedule.gradient_norm)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        self._objective.after_step()
        self._averaged.update_parameters(self._objective.kept)
        return shown


def _shared(objective: Objective, run: Run) -> nn.Module:
    if run.workers.count == 1:
        return objective
    # A batch without any hand leaves the hands' network out of the step.
    return DistributedDataParallel(objective, find_unused_parameters=True)


def _optimiser(objective: Objective, schedule: Schedule) -> torch.optim.Optimizer:
    """AdamW; weights of one dimension (biases, norms) do not decay."""
    of_encoder = {id(weight) for weight in objective.encoder.parameters()}
    if not schedule.encoder_rate:
        objective.encoder.requires_grad_(False)
    groups = [
        {"params": weights, "weight_decay": decay, "share": share}
        for share, inside in ((schedule.encoder_rate, True), (1.0, False))
        for decay, matrices in ((schedule.weight_decay, True), (0.0, False))
        if (weights := list(_weights(objective.parameters(), of_encoder, inside=inside, matrices=matrices)))
    ]
    return torch.optim.AdamW(groups, lr=schedule.learning_rate, betas=(0.9, schedule.second_moment))


def _weights(
    parameters: Iterable[nn.Parameter], of_encoder: set[int], *, inside: bool, matrices: bool
) -> Iterable[nn.Parameter]:
    for weight in parameters:
        if weight.requires_grad and (id(weight) in of_encoder) == inside and (weight.dim() > 1) == matrices:
            yield weight


def _steps_an_epoch(clips: DeviceClips, schedule: Schedule) -> int:
    return math.ceil(len(clips) / schedule.batch_size)


def _writers(run: Run, done: int) -> list[Report]:
    writers: list[Report] = [JsonLines(run.folder / METRICS, done=done)]
    if run.tensorboard:
        writers.append(TensorBoard(run.folder, done=done))
    return writers


def _seed(*numbers: int) -> int:
    """One seed from several numbers, so that no epoch or worker repeats another's."""
    mixed = 0
    for number in numbers:
        mixed = (mixed * 1_000_003 + number + 1) % (2**63 - 1)
    return mixed
