"""The steps of a run: a batch, its loss, the optimiser, the average of the weights."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel, update_bn

from engine.errors import UserFacingError
from engine.training.batches import DeviceClips
from engine.training.checkpoint import Position, RunState
from engine.training.objective import Objective
from engine.training.precision import Precision
from engine.training.schedule import Optimiser, Schedule, learning_rate
from engine.training.workers import Workers

SETTLING_BATCH: Final = 64
MOMENTUM: Final = 0.9


class Steps:
    """Takes the steps of a run; what they change is the run's state."""

    def __init__(
        self,
        objective: Objective,
        state: RunState,
        averaged: AveragedModel,
        schedule: Schedule,
        clips: DeviceClips,
        precision: Precision,
        *,
        seed: int,
        workers: Workers,
    ) -> None:
        self.an_epoch = math.ceil(len(clips) / schedule.batch_size)
        self._objective = objective
        self._network = _shared(objective, workers)
        self._optimiser = state.optimiser
        self._scaler = state.scaler
        self._averaged = averaged
        self._schedule = schedule
        self._clips = clips
        self._precision = precision
        self._seed = seed
        self._workers = workers

    def left_in_epoch(self, position: Position) -> Iterator[None]:
        """Take the steps that the epoch under way still needs, one after the other; `position` moves on with each."""
        workers = self._workers
        order = torch.Generator().manual_seed(_mixed(self._seed, position.epoch))
        self._objective.train()
        if not self._schedule.encoder_rate:
            self._objective.encoder.eval()
        for batch, labels in self._clips.shuffled(
            self._schedule.batch_size, order, worker=workers.rank, workers=workers.count, skip=position.step
        ):
            torch.manual_seed(_mixed(self._seed, position.epoch, position.step, workers.rank + 1))
            position.add(self._step(batch, labels, self._number(position)), len(labels))
            yield

    def rate(self, position: Position) -> float:
        """The learning rate of the last step before `position`."""
        return self._rate(self._number(position) - 1)

    def check(self, position: Position) -> None:
        """Raise `UserFacingError` where a loss of the epoch under way, or a weight, is not a number."""
        # The last step's weights have given no loss yet.
        weights_hold = all(bool(weight.isfinite().all()) for weight in self._objective.parameters())
        if not (math.isfinite(position.means()["loss"]) and weights_hold):
            raise UserFacingError(
                f"Epoch {position.epoch + 1} gave a loss or weights that are not numbers: start again with a lower "
                "learning_rate. The last checkpoint was kept."
            )

    def settle(self) -> None:
        """Measure the batch norms' statistics anew for the averaged weights.

        Activations of averaged weights vary less than those of the weights that they average; with the
        statistics of those, an average over many steps is far worse than it could be.
        """
        if self._schedule.encoder_rate:
            inputs = (self._objective.inputs(batch) for batch, _ in self._clips.in_order(SETTLING_BATCH))
            with self._precision.autocast():
                update_bn(inputs, self._averaged.module)

    def _step(self, batch: Any, labels: Tensor, number: int) -> dict[str, Tensor]:
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate(number) * group["share"]
        with self._precision.autocast():
            shown: dict[str, Tensor] = self._network(batch, labels, number / self._all)
        self._optimiser.zero_grad()
        self._scaler.scale(shown["loss"]).backward()
        self._scaler.unscale_(self._optimiser)
        torch.nn.utils.clip_grad_norm_(self._objective.parameters(), self._schedule.gradient_norm)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        self._objective.after_step()
        self._averaged.update_parameters(self._objective.kept)
        return shown

    @property
    def _all(self) -> int:
        return self.an_epoch * self._schedule.epochs

    def _number(self, position: Position) -> int:
        return position.epoch * self.an_epoch + position.step

    def _rate(self, number: int) -> float:
        return learning_rate(self._schedule, step=number, steps=self._all)


def optimiser_of(objective: Objective, schedule: Schedule) -> torch.optim.Optimizer:
    """The schedule's; weights of one dimension (biases, norms) do not decay."""
    of_encoder = {id(weight) for weight in objective.encoder.parameters()}
    if not schedule.encoder_rate:
        objective.encoder.requires_grad_(False)
    groups = [
        {"params": weights, "weight_decay": decay, "share": share}
        for share, inside in ((schedule.encoder_rate, True), (1.0, False))
        for decay, matrices in ((schedule.weight_decay, True), (0.0, False))
        if (weights := list(_weights(objective.parameters(), of_encoder, inside=inside, matrices=matrices)))
    ]
    if schedule.optimiser == Optimiser.SGD:
        return torch.optim.SGD(groups, lr=schedule.learning_rate, momentum=MOMENTUM)
    return torch.optim.AdamW(groups, lr=schedule.learning_rate, betas=(MOMENTUM, schedule.second_moment))


def _weights(
    parameters: Iterable[nn.Parameter], of_encoder: set[int], *, inside: bool, matrices: bool
) -> Iterable[nn.Parameter]:
    for weight in parameters:
        if weight.requires_grad and (id(weight) in of_encoder) == inside and (weight.dim() > 1) == matrices:
            yield weight


def _shared(objective: Objective, workers: Workers) -> nn.Module:
    if workers.count == 1:
        return objective
    # A batch without any hand leaves the hands' network out of the step.
    return DistributedDataParallel(objective, find_unused_parameters=True)


def _mixed(*numbers: int) -> int:
    """One seed from several numbers, so that no epoch, step or worker repeats another's."""
    mixed = 0
    for number in numbers:
        mixed = (mixed * 1_000_003 + number + 1) % (2**63 - 1)
    return mixed
