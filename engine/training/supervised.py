"""Training a classifier on labelled clips."""

import hashlib
import json
import logging
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from engine.data.dataset import ClipDataset
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import KeypointBatch, model_input, without_padding
from engine.models.classifier import SignClassifier
from engine.models.config import ENCODERS, ModelConfig
from engine.training.augment import Augmenter
from engine.training.checkpoint import RunState, load_checkpoint, save_checkpoint
from engine.training.recipe import Recipe

log = logging.getLogger(__name__)

CHECKPOINT_EVERY_S = 60.0
BATCHES_OF_LIKE_LENGTH = 12
"""Batches that are drawn together and divided by length."""


@dataclass(frozen=True, slots=True)
class EpochReport:
    """What an epoch brought.

    Attributes:
        epoch: counted from 1.
        loss: mean over the epoch.
        train_top1: share of training clips recognised, 0..1, augmentation and dropout on.
        learning_rate: of the last step.
        seconds_left: until the end of the run, at the pace so far.
    """

    epoch: int
    loss: float
    train_top1: float
    learning_rate: float
    seconds_left: float


def train_classifier(
    dataset: ClipDataset,
    recipe: Recipe,
    *,
    run: Path,
    seed: int = 0,
    device: str = "cpu",
    report: Callable[[EpochReport], None] = lambda _: None,
) -> SignClassifier:
    """Train from scratch on all clips of `dataset` and return the averaged network, in evaluation mode.

    The run can be interrupted at any time: called again with the same recipe, data, seed and folder `run`, it
    goes on from its last checkpoint and ends with the same weights.
    """
    torch.manual_seed(seed)
    generator = torch.Generator(device).manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    network = SignClassifier(
        ModelConfig(encoder=ENCODERS[recipe.encoder], classes=len(dataset.glosses), input=recipe.input),
        feature_dropout=recipe.feature_dropout,
    ).to(device)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.averaging), use_buffers=True)
    optimiser = _optimiser(network, recipe)
    state = RunState(
        modules={"network": network, "averaged": averaged},
        optimiser=optimiser,
        generators={"augmentation": generator, "order": order},
        fingerprint=_fingerprint(dataset, recipe, seed, device),
    )
    checkpoint = run / "checkpoint.safetensors"
    done = load_checkpoint(checkpoint, state) if checkpoint.is_file() else 0

    clips = _DeviceClips(dataset, device)
    augment = Augmenter(recipe.augmentation, generator=generator)
    steps_an_epoch = math.ceil(len(clips) / recipe.batch_size)
    began = saved = time.monotonic()
    for epoch in range(done, recipe.epochs):
        network.train()
        total, right = 0.0, 0
        for step, (batch, labels) in enumerate(clips.shuffled(recipe.batch_size, order)):
            rate = _learning_rate(recipe, epoch * steps_an_epoch + step, recipe.epochs * steps_an_epoch)
            loss, hits = _train_step(network, optimiser, recipe, rate, augment(batch), labels)
            averaged.update_parameters(network)
            total, right = total + loss * len(labels), right + hits
        pace = (time.monotonic() - began) / (epoch + 1 - done)
        left = pace * (recipe.epochs - epoch - 1)
        report(EpochReport(epoch + 1, total / len(clips), right / len(clips), rate, left))
        if time.monotonic() - saved > CHECKPOINT_EVERY_S or epoch + 1 == recipe.epochs:
            save_checkpoint(checkpoint, state, epoch=epoch + 1)
            saved = time.monotonic()
    network.load_state_dict(averaged.module.state_dict())
    return network.eval()


class _DeviceClips:
    """All clips padded to one length on the device, so that a step waits for no loader."""

    def __init__(self, dataset: ClipDataset, device: str) -> None:
        clips = [item.clip for item in dataset.clips]
        self._batch = collate(clips, [signing_span(clip) for clip in clips]).to(device)
        self._lengths = torch.tensor([len(clip) for clip in clips])
        self._labels = torch.tensor(dataset.labels(), device=device)

    def __len__(self) -> int:
        return len(self._labels)

    def shuffled(self, batch_size: int, order: torch.Generator) -> Iterator[tuple[KeypointBatch, Tensor]]:
        for rows in self._batches(batch_size, order):
            longest = int(self._lengths[rows].max())
            rows = rows.to(self._labels.device)
            whole = self._batch
            batch = KeypointBatch(
                joints=whole.joints[rows, :longest],
                times=whole.times[rows, :longest],
                start=whole.start[rows],
                end=whole.end[rows],
            )
            yield batch, self._labels[rows]

    def _batches(self, batch_size: int, order: torch.Generator) -> Iterator[Tensor]:
        """Batches of clips that are about equally long, which leaves little padding to compute."""
        seconds = (self._batch.end - self._batch.start).cpu()
        batches: list[Tensor] = []
        for rows in torch.randperm(len(self), generator=order).split(batch_size * BATCHES_OF_LIKE_LENGTH):
            batches += rows[seconds[rows].argsort()].split(batch_size)
        for index in torch.randperm(len(batches), generator=order).tolist():
            yield batches[index]


def _train_step(
    network: SignClassifier,
    optimiser: torch.optim.Optimizer,
    recipe: Recipe,
    rate: float,
    batch: KeypointBatch,
    labels: Tensor,
) -> tuple[float, int]:
    """One step; returns the loss and the number of clips recognised."""
    for group in optimiser.param_groups:
        group["lr"] = rate
    frames = without_padding(model_input(batch, recipe.input))
    chances = torch.rand(frames.frames_present.shape, device=labels.device)
    kept = chances >= recipe.frame_dropout * torch.rand(len(labels), 1, device=labels.device)
    frames = replace(frames, frames_present=frames.frames_present & kept)
    with torch.autocast(labels.device.type, torch.bfloat16):
        logits = network(frames).logits.float()
    loss = functional.cross_entropy(logits, labels, label_smoothing=recipe.label_smoothing)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.gradient_norm)
    optimiser.step()
    return float(loss.detach()), int((logits.argmax(dim=-1) == labels).sum())


def _optimiser(network: SignClassifier, recipe: Recipe) -> torch.optim.Optimizer:
    matrices = [weight for weight in network.parameters() if weight.dim() > 1]
    others = [weight for weight in network.parameters() if weight.dim() <= 1]
    return torch.optim.AdamW(
        [{"params": matrices, "weight_decay": recipe.weight_decay}, {"params": others, "weight_decay": 0.0}],
        lr=recipe.learning_rate,
        betas=(0.9, 0.98),
    )


def _learning_rate(recipe: Recipe, step: int, steps: int) -> float:
    rise = max(1.0, recipe.warmup * steps)
    if step < rise:
        return recipe.learning_rate * (step + 1) / rise
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1.0, steps - rise)))


def _fingerprint(dataset: ClipDataset, recipe: Recipe, seed: int, device: str) -> str:
    """Everything that the weights depend on."""
    digest = hashlib.sha256(json.dumps([asdict(recipe), dataset.glosses, seed, device]).encode())
    for item in dataset.clips:
        digest.update(item.gloss.encode())
        digest.update(item.clip.times_ns.tobytes())
        digest.update(np.ascontiguousarray(item.clip.joints).tobytes())
    return digest.hexdigest()
