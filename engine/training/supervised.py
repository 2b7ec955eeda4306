"""Training a classifier on labelled clips: from scratch, from an encoder that was trained before, or as a probe."""

from functools import partial
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.dataset import ClipDataset
from engine.features.model_input import InputSpec, KeypointBatch, ModelInput, model_input, without_padding
from engine.models.classifier import SignClassifier
from engine.models.config import ENCODERS, ModelConfig
from engine.models.place import PlaceConfig
from engine.training.augment import Augmenter
from engine.training.batches import DeviceClips
from engine.training.fingerprint import fingerprint
from engine.training.loop import Run, train
from engine.training.losses.distillation import distillation
from engine.training.masking import hide
from engine.training.negatives import with_parts, with_reversed
from engine.training.objective import Objective
from engine.training.precision import best_precision
from engine.training.progress import Report
from engine.training.recipe import FineTuning

BATCH: Final = 64
"""Of held-out clips."""


def train_classifier(
    dataset: ClipDataset,
    recipe: FineTuning,
    run: Run,
    *,
    held_out: ClipDataset | None = None,
    first: SignClassifier | None = None,
    teacher: SignClassifier | None = None,
    report: Report = lambda _: None,
) -> SignClassifier:
    """Train on all clips of `dataset` and return the averaged network, in evaluation mode.

    Args:
        held_out: clips with the same vocabulary, on which the run is watched; nothing is chosen by them.
        first: a network to start from, of the right number of classes.
        teacher: a network with the same vocabulary whose answers are learned beside the labels; of whatever size and
            input.
    """
    torch.manual_seed(run.seed)
    network = first or new_classifier(recipe, classes=len(dataset.vocabulary), background=int(dataset.has_background))
    network.dropout.p = recipe.feature_dropout
    objective = Classification(network, recipe, teacher=teacher)
    validate = None
    if held_out is not None:
        watched = DeviceClips(held_out, run.device)
        validate = partial(top_accuracy, clips=watched, window=recipe.input, device=run.device)
    train(
        objective,
        DeviceClips(dataset, run.device, background=recipe.background, without_ways=recipe.without_ways),
        recipe.schedule,
        run,
        fingerprint=fingerprint(dataset, recipe, network, teacher),
        report=report,
        validate=validate,
    )
    return network


def new_classifier(recipe: FineTuning, *, classes: int, background: int = 0) -> SignClassifier:
    """A classifier of the recipe's size with random weights."""
    config = ModelConfig(
        encoder=ENCODERS[recipe.encoder],
        classes=classes,
        input=recipe.input,
        place=PlaceConfig() if recipe.place else None,
        background=background,
    )
    return SignClassifier(config, feature_dropout=recipe.feature_dropout)


class Classification(Objective):
    """Cross-entropy over the vocabulary, on augmented clips of which random frames are hidden."""

    def __init__(self, network: SignClassifier, recipe: FineTuning, *, teacher: SignClassifier | None = None) -> None:
        super().__init__()
        self.network = network
        self._recipe = recipe
        self._augment = Augmenter(recipe.augmentation)
        self._teacher = [teacher.eval().requires_grad_(False)] if teacher else []  # a list: not part of our state

    @property
    def kept(self) -> nn.Module:
        return self.network

    @property
    def encoder(self) -> nn.Module:
        return self.network.encoder

    def inputs(self, batch: KeypointBatch) -> ModelInput:
        return without_padding(model_input(batch, self._recipe.input))

    def forward(self, batch: KeypointBatch, labels: Tensor, progress: float) -> dict[str, Tensor]:
        """See `Objective`; shows the loss and the share of training clips recognised."""
        recipe = self._recipe
        batch = self._augment(batch)
        if self.network.config.background:
            background = self.network.config.classes
            batch, labels = with_reversed(batch, labels, share=recipe.backwards, background=background)
            batch, labels = with_parts(batch, labels, share=recipe.parts, background=background)
        whole = without_padding(model_input(batch, recipe.input))
        classified = self.network(with_hidden_frames(whole, recipe.frame_dropout))
        # Streams that learn apart make different mistakes, which is what makes their mean better than each.
        streams = classified.streams.float().flatten(0, 1)
        count = len(classified.streams)
        loss = functional.cross_entropy(streams, labels.repeat(count), label_smoothing=recipe.label_smoothing)
        for teacher in self._teacher:
            classes = self.network.config.classes
            with torch.no_grad():
                shown = whole
                if teacher.config.input != recipe.input:
                    shown = without_padding(model_input(batch, teacher.config.input))
                answers = teacher.to(streams.device)(shown).logits.float()[:, :classes]
            # Of the background the teacher need not know anything.
            known = (labels < classes).repeat(count)
            if known.any():
                taught = distillation(
                    streams[known, :classes],
                    answers.repeat(count, 1)[known],
                    temperature=recipe.distillation_temperature,
                )
                loss = torch.lerp(loss, taught, recipe.distillation)
        return {"loss": loss, "top1": (classified.logits.argmax(dim=-1) == labels).float().mean()}


def with_hidden_frames(frames: ModelInput, limit: float) -> ModelInput:
    """Hide a random share of up to `limit` of each clip's frames."""
    present = frames.frames_present
    chances = torch.rand(present.shape, device=present.device)
    share = limit * torch.rand(len(present), 1, device=present.device)
    return hide(frames, (chances < share)[..., None].expand(-1, -1, 3))


@torch.inference_mode()
def top_accuracy(network: SignClassifier, clips: DeviceClips, window: InputSpec, device: str) -> dict[str, float]:
    """Share of clips whose gloss the network has first, or among its first five."""
    first, five, count = 0, 0, 0
    for batch, labels in clips.in_order(BATCH):
        with best_precision(device).autocast():
            logits = network(without_padding(model_input(batch, window))).logits.float()
        logits = logits[:, : network.config.classes]
        # Not "greater or equal": beside what is no number nothing is, and all would be right.
        ranks = (~(logits < logits.gather(1, labels[:, None]))).sum(dim=1) - 1
        first, five, count = first + int((ranks < 1).sum()), five + int((ranks < 5).sum()), count + len(labels)
    return {"val_top1": first / count, "val_top5": five / count}
