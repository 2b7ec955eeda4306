"""A tiny vocabulary of synthetic signs: training learns it, repeats itself and survives an interruption."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.optim.swa_utils import update_bn

from engine.data.dataset import ClipDataset, LabelledClip, with_background
from engine.errors import UserFacingError
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.features.model_input import InputSpec, ModelInput, model_input
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.folder import Calibration, TrainedModel
from engine.recognition.recogniser import Recogniser
from engine.training import loop
from engine.training.augment import Augmentation
from engine.training.batches import DeviceClips
from engine.training.loop import Run
from engine.training.progress import EpochReport, Report
from engine.training.recipe import FineTuning
from engine.training.schedule import Decay, Optimiser, Schedule
from engine.training.steps import optimiser_of
from engine.training.supervised import (
    Classification,
    new_classifier,
    top_accuracy,
    train_classifier,
    with_hidden_frames,
)
from tests.engine.signers import clip_of, pose, sign
from tests.engine.training.tiny import ENCODER, GLOSSES, dataset, weights


@pytest.fixture(autouse=True)
def tiny_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", ENCODER)


RECIPE = FineTuning(
    encoder="small",
    input=InputSpec(frames=16, rate=12.0),
    augmentation=Augmentation(mirror=0.0),
    schedule=Schedule(epochs=30, batch_size=6, learning_rate=0.01, averaging=0.8),
)


def shorter(*, epochs: int, learning_rate: float = 0.01) -> FineTuning:
    return replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=epochs, learning_rate=learning_rate))


def test_training_learns_to_tell_signs_apart(tmp_path: Path) -> None:
    reports: list[EpochReport] = []
    network = train_classifier(dataset(split="train", copies=4), RECIPE, Run(tmp_path), report=reports.append)
    recogniser = Recogniser(TrainedModel("tiny", GLOSSES, RECIPE.input, Calibration(), network))
    unseen = dataset(split="test", copies=2, first=4)
    assert accuracy(score_clips(recogniser, unseen.clips), labels_for(recogniser, unseen)).top1_instance == 100
    assert [report.epoch for report in reports] == list(range(1, 31))
    assert reports[-1].figures["loss"] < reports[0].figures["loss"]


def test_a_run_that_is_shorter_than_its_memory_keeps_what_it_learned(tmp_path: Path) -> None:
    recipe = replace(RECIPE, schedule=replace(RECIPE.schedule, averaging=0.999))
    training = dataset(split="train", copies=4)
    network = train_classifier(training, recipe, Run(tmp_path))
    recogniser = Recogniser(TrainedModel("tiny", GLOSSES, RECIPE.input, Calibration(), network))
    assert accuracy(score_clips(recogniser, training.clips), labels_for(recogniser, training)).top1_instance == 100


def test_the_papers_optimiser_learns_too(tmp_path: Path) -> None:
    schedule = replace(RECIPE.schedule, optimiser=Optimiser.SGD, decay=Decay.STEPS, learning_rate=0.1, warmup=0.0)
    reports: list[EpochReport] = []
    recipe = replace(RECIPE, schedule=schedule)
    train_classifier(dataset(split="train", copies=4), recipe, Run(tmp_path), report=reports.append)
    assert reports[-1].figures["top1"] > 0.9
    assert [reports[epoch].learning_rate for epoch in (0, 9, 10, 20)] == pytest.approx([0.1, 0.1, 0.01, 0.001])


def test_sgd_has_the_papers_momentum() -> None:
    objective = Classification(new_classifier(RECIPE, classes=3), RECIPE)
    optimiser = optimiser_of(objective, replace(RECIPE.schedule, optimiser=Optimiser.SGD))
    assert isinstance(optimiser, torch.optim.SGD)
    assert {group["momentum"] for group in optimiser.param_groups} == {0.9}


def test_a_background_is_learned_beside_the_vocabulary(tmp_path: Path) -> None:
    everything = dataset(split="train", copies=4)
    known = ClipDataset(GLOSSES[:2], tuple(item for item in everything.clips if item.gloss in GLOSSES[:2]))
    network = train_classifier(with_background(known, everything), RECIPE, Run(tmp_path))
    recogniser = Recogniser(TrainedModel("tiny", GLOSSES[:2], RECIPE.input, Calibration(), network))
    for item in dataset(split="test", copies=2, first=4).clips:
        of_background = float(recogniser.score(item.clip)[-1])
        assert (of_background > 0.5) == (item.gloss == GLOSSES[2])
        assert [each.gloss for each in recogniser.predict(item.clip).candidates if each.gloss not in GLOSSES[:2]] == []


def test_an_epoch_draws_other_clips_of_a_large_background() -> None:
    few = dataset(copies=2)
    many = replace(few, glosses=("other",), clips=tuple(replace(item, gloss="other") for item in few.clips * 4))
    clips = DeviceClips(with_background(few, many), "cpu", background=0.5)
    assert len(clips) == len(few.clips) + 3
    order = torch.Generator().manual_seed(0)
    epochs = [torch.cat([labels for _, labels in clips.shuffled(4, order)]).tolist() for _ in range(2)]
    for labels in epochs:
        assert sorted(labels) == sorted([*few.labels(), 3, 3, 3])


def interrupted(report: EpochReport) -> None:
    if report.epoch == 3:
        raise KeyboardInterrupt


@pytest.mark.parametrize("optimiser", list(Optimiser))
def test_an_interrupted_run_ends_with_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, optimiser: Optimiser
) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", 0.0)
    recipe = replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=4, optimiser=optimiser))
    training = dataset(split="train", copies=2)
    whole = train_classifier(training, recipe, Run(tmp_path / "whole", seed=3))
    with pytest.raises(KeyboardInterrupt):
        train_classifier(training, recipe, Run(tmp_path / "cut", seed=3), report=interrupted)
    reports: list[EpochReport] = []
    resumed = train_classifier(training, recipe, Run(tmp_path / "cut", seed=3), report=reports.append)
    assert [report.epoch for report in reports] == [4]
    assert torch.equal(weights(whole), weights(resumed))


@pytest.mark.parametrize("encoder_rate", [0.0, 0.5])
def test_a_run_with_a_teacher_and_a_background_goes_on_as_it_would_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder_rate: float
) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", 0.0)
    recipe = replace(
        RECIPE,
        schedule=replace(RECIPE.schedule, epochs=4, encoder_rate=encoder_rate),
        distillation=0.5,
        background=0.5,
        backwards=0.3,
        parts=0.3,
    )
    everything = dataset(split="train", copies=3)
    known = ClipDataset(GLOSSES[:2], tuple(item for item in everything.clips if item.gloss in GLOSSES[:2]))
    training = with_background(known, everything)
    torch.manual_seed(0)
    first = new_classifier(recipe, classes=2, background=1)

    def go_on(folder: str, report: Report = lambda _: None) -> SignClassifier:
        network, teacher = deepcopy(first), deepcopy(first)
        run = Run(tmp_path / folder, seed=3)
        return train_classifier(training, recipe, run, first=network, teacher=teacher, report=report)

    whole = go_on("whole")
    with pytest.raises(KeyboardInterrupt):
        go_on("cut", interrupted)
    assert torch.equal(weights(whole), weights(go_on("cut")))


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    recipe = shorter(epochs=1)
    training = dataset(split="train", copies=1)
    one, other = (train_classifier(training, recipe, Run(tmp_path / str(seed), seed=seed)) for seed in (0, 1))
    assert not torch.equal(weights(one), weights(other))


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    recipe = shorter(epochs=1)
    training = dataset(split="train", copies=1)
    train_classifier(training, recipe, Run(tmp_path))
    with pytest.raises(UserFacingError, match="another recipe"):
        train_classifier(training, shorter(epochs=1, learning_rate=0.1), Run(tmp_path))
    moved = replace(training.clips[0], clip=sign(shape=9, raised=20))
    changed = ClipDataset(GLOSSES, (moved, *training.clips[1:]))
    with pytest.raises(UserFacingError, match="other data"):
        train_classifier(changed, recipe, Run(tmp_path))


def test_a_damaged_checkpoint_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(np.arange(9, dtype=np.uint8).tobytes())
    with pytest.raises(UserFacingError, match="damaged"):
        train_classifier(dataset(split="train", copies=1), RECIPE, Run(tmp_path))


def test_a_network_may_start_from_another_and_learn_from_a_teacher(tmp_path: Path) -> None:
    training, unseen = dataset(copies=4), dataset(split="test", copies=2, first=4)
    teacher = train_classifier(training, RECIPE, Run(tmp_path / "teacher"))
    recipe = replace(shorter(epochs=8), distillation=1.0)
    # Every clip bears the same label, so only the teacher can tell what is what.
    mislabelled = ClipDataset(GLOSSES, tuple(replace(item, gloss="eat") for item in training.clips))
    pupil = train_classifier(mislabelled, recipe, Run(tmp_path / "pupil"), first=deepcopy(teacher), teacher=teacher)
    recogniser = Recogniser(TrainedModel("pupil", GLOSSES, RECIPE.input, Calibration(), pupil))
    assert accuracy(score_clips(recogniser, unseen.clips), labels_for(recogniser, unseen)).top1_instance == 100


def test_a_teacher_looks_at_clips_in_its_own_way(tmp_path: Path) -> None:
    """As `base` does, of which a window has other frames than `small`'s."""
    training = dataset(copies=4)
    teacher = train_classifier(training, RECIPE, Run(tmp_path / "teacher"))
    mislabelled = ClipDataset(GLOSSES, tuple(replace(item, gloss="eat") for item in training.clips))
    recipe = replace(RECIPE, input=InputSpec(frames=4, rate=4.0), distillation=1.0)
    seen: list[int] = []
    teacher.register_forward_pre_hook(lambda _, arguments: seen.append(arguments[0].frames_present.shape[1]))
    pupil = train_classifier(mislabelled, recipe, Run(tmp_path / "pupil"), teacher=teacher)
    assert pupil.config.input.frames == 4 < max(seen) <= 16
    recogniser = Recogniser(TrainedModel("pupil", GLOSSES, recipe.input, Calibration(), pupil))
    assert accuracy(score_clips(recogniser, training.clips), labels_for(recogniser, training)).top1_instance > 60


def test_a_linear_probe_leaves_the_encoder_alone(tmp_path: Path) -> None:
    torch.manual_seed(0)
    first = new_classifier(RECIPE, classes=len(GLOSSES))
    before, head = deepcopy(first.encoder.state_dict()), first.head.weight.detach().clone()
    recipe = replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=2, encoder_rate=0.0))
    probe = train_classifier(dataset(copies=2), recipe, Run(tmp_path), first=first)
    for name, tensor in probe.encoder.state_dict().items():
        assert torch.equal(tensor, before[name]), name
    assert not torch.equal(probe.head.weight, head)


def test_held_out_clips_are_watched_and_all_figures_kept_in_a_file(tmp_path: Path) -> None:
    recipe = shorter(epochs=2)
    held_out = dataset(split="val", copies=1, first=4)
    train_classifier(dataset(copies=2), recipe, Run(tmp_path), held_out=held_out)
    lines = [json.loads(line) for line in (tmp_path / loop.METRICS).read_text().splitlines()]
    assert [line["epoch"] for line in lines] == [1, 2]
    assert {"loss", "top1", "val_top1", "val_top5"} <= set(lines[1]["figures"])
    assert lines[1]["figures"]["val_top5"] == 1.0


def test_averaged_weights_get_statistics_of_their_own(tmp_path: Path) -> None:
    # An average over so many steps lags far behind the last weights and their statistics.
    recipe = replace(RECIPE, schedule=replace(RECIPE.schedule, epochs=6, averaging=0.97))
    training = dataset(copies=4)
    network = train_classifier(training, recipe, Run(tmp_path))
    norm = network.encoder.embedding.parts.hand.over_joints[0].norm
    kept = norm.running_mean.clone()
    batch, _ = next(DeviceClips(training, "cpu").in_order(len(training.clips)))
    update_bn([model_input(batch, recipe.input)], network)
    torch.testing.assert_close(kept, norm.running_mean, atol=0.02, rtol=0.02)


def test_clips_may_be_shown_without_the_way_of_the_hands() -> None:
    up = np.linspace(1.1, 0.3, 10)
    heights = [*up, *[0.3] * 20, *up[::-1]]
    clip = clip_of([pose(right=float(height)) for height in heights])
    training = ClipDataset(("eat",), (LabelledClip(clip, "eat", "train", "1", "slow"),) * 4)
    clips = DeviceClips(training, "cpu", without_ways=1.0)
    ((whole, _),) = clips.in_order(4)
    ((shown, _),) = clips.shuffled(4, torch.Generator())
    assert (shown.start > whole.start + 0.03).all()
    assert (shown.end < whole.end - 0.03).all()
    assert (shown.end - shown.start > 0.7).all()


def shown_frames(*, clips: int, frames: int, padding: int) -> ModelInput:
    present = (torch.arange(frames + padding) < frames).expand(clips, -1)
    return ModelInput(
        hands=torch.ones(*present.shape, 2, 21, 2),
        places=torch.ones(*present.shape, 2, 21, 2),
        hands_present=present[..., None].expand(-1, -1, 2),
        body=torch.ones(*present.shape, 7, 2),
        body_present=present[..., None].expand(-1, -1, 7),
        frames_present=present,
    )


def test_a_random_share_of_each_clips_frames_is_hidden_and_no_more_than_it_may() -> None:
    torch.manual_seed(0)
    whole = shown_frames(clips=50, frames=1000, padding=10)
    shown = with_hidden_frames(whole, 0.4)
    share = 1 - shown.frames_present[:, :1000].float().mean(dim=1)
    assert share.min() < 0.1
    assert 0.3 < share.max() < 0.4 + 0.05  # each frame's lot is its own
    assert share.mean() == pytest.approx(0.2, abs=0.05)
    assert not shown.frames_present[:, 1000:].any()
    assert torch.equal(shown.hands_present.all(dim=-1), shown.frames_present)
    assert torch.equal(shown.hands_present.any(dim=-1), shown.frames_present)
    assert torch.equal(shown.body_present.any(dim=-1), shown.frames_present)
    assert torch.equal(with_hidden_frames(whole, 0.0).frames_present, whole.frames_present)


def test_frames_are_hidden_from_a_network_that_learns_and_from_no_other() -> None:
    torch.manual_seed(0)
    recipe = replace(RECIPE, frame_dropout=0.9, augmentation=replace(RECIPE.augmentation, edge_seconds=0.0, speed=0.0))
    network = new_classifier(recipe, classes=len(GLOSSES))
    seen: list[int] = []
    network.register_forward_pre_hook(lambda _, inputs: seen.append(int(inputs[0].frames_present.sum())))
    objective = Classification(network, recipe)
    batch, labels = next(DeviceClips(dataset(copies=2), "cpu").in_order(6))
    network(objective.inputs(batch))
    objective(batch, labels, 0.5)
    whole, shown = seen
    assert 0.1 * whole < shown < 0.9 * whole


def test_a_network_that_is_broken_is_not_right() -> None:
    training = dataset(split="train", copies=1)
    network = new_classifier(RECIPE, classes=len(GLOSSES))
    with torch.no_grad():
        network.head.bias.fill_(torch.nan)
    found = top_accuracy(network.eval(), DeviceClips(training, "cpu"), RECIPE.input, "cpu")
    assert found["val_top1"] == 0


def test_weights_that_are_not_numbers_spare_the_last_checkpoint(tmp_path: Path) -> None:
    # One step: its loss is a number, what it makes of the weights is not.
    recipe = replace(RECIPE, schedule=Schedule(epochs=1, batch_size=64))
    network = new_classifier(recipe, classes=len(GLOSSES))
    network.head.bias.register_hook(lambda gradient: gradient * torch.nan)
    with pytest.raises(UserFacingError, match="weights that are not numbers"):
        train_classifier(dataset(split="train", copies=1), recipe, Run(tmp_path), first=network)
    assert not (tmp_path / "checkpoint.safetensors").exists()
