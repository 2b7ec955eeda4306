"""A tiny vocabulary of synthetic signs: training learns it, repeats itself and survives an interruption."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.data.dataset import ClipDataset, LabelledClip
from engine.errors import UserFacingError
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import accuracy
from engine.features.model_input import InputSpec
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.folder import Calibration, TrainedModel
from engine.recognition.recogniser import Recogniser
from engine.training import supervised
from engine.training.augment import Augmentation
from engine.training.recipe import Recipe
from engine.training.supervised import EpochReport, train_classifier
from tests.engine.signers import sign

GLOSSES = ("eat", "go", "who")


@pytest.fixture(autouse=True)
def tiny_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = config.EncoderConfig(joint_widths=(8,), part_width=16, heads=2, blocks=1, feed_forward=16, dropout=0.1)
    monkeypatch.setitem(config.ENCODERS, "small", tiny)


def dataset(*, split: str, copies: int, first: int = 0) -> ClipDataset:
    clips = [
        LabelledClip(sign(shape=shape, raised=20 + copy), gloss, split, "1", f"{gloss}{copy}")
        for copy in range(first, first + copies)
        for shape, gloss in enumerate(GLOSSES)
    ]
    return ClipDataset(GLOSSES, tuple(clips))


RECIPE = Recipe(
    encoder="small",
    input=InputSpec(frames=16, rate=12.0),
    augmentation=Augmentation(mirror=0.0),
    epochs=30,
    batch_size=6,
    learning_rate=0.01,
    averaging=0.8,
)


def weights(network: SignClassifier) -> torch.Tensor:
    return torch.cat([weight.flatten() for weight in network.state_dict().values()])


def test_training_learns_to_tell_signs_apart(tmp_path: Path) -> None:
    reports: list[EpochReport] = []
    network = train_classifier(dataset(split="train", copies=4), RECIPE, run=tmp_path, report=reports.append)
    recogniser = Recogniser(TrainedModel("tiny", GLOSSES, RECIPE.input, Calibration(), network))
    unseen = dataset(split="test", copies=2, first=4)
    assert accuracy(score_clips(recogniser, unseen), labels_for(recogniser, unseen)).top1_instance == 100
    assert [report.epoch for report in reports] == list(range(1, 31))
    assert reports[-1].loss < reports[0].loss


def test_an_interrupted_run_ends_with_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "CHECKPOINT_EVERY_S", 0.0)
    recipe = replace(RECIPE, epochs=4)
    training = dataset(split="train", copies=2)
    whole = train_classifier(training, recipe, run=tmp_path / "whole", seed=3)

    def interrupt(report: EpochReport) -> None:
        if report.epoch == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_classifier(training, recipe, run=tmp_path / "cut", seed=3, report=interrupt)
    reports: list[EpochReport] = []
    resumed = train_classifier(training, recipe, run=tmp_path / "cut", seed=3, report=reports.append)
    assert [report.epoch for report in reports] == [3, 4]
    assert torch.equal(weights(whole), weights(resumed))


def test_another_seed_gives_other_weights(tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=1)
    training = dataset(split="train", copies=1)
    one, other = (train_classifier(training, recipe, run=tmp_path / str(seed), seed=seed) for seed in (0, 1))
    assert not torch.equal(weights(one), weights(other))


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=1)
    training = dataset(split="train", copies=1)
    train_classifier(training, recipe, run=tmp_path)
    with pytest.raises(UserFacingError, match="another recipe"):
        train_classifier(training, replace(recipe, learning_rate=0.1), run=tmp_path)
    moved = replace(training.clips[0], clip=sign(shape=9, raised=20))
    changed = ClipDataset(GLOSSES, (moved, *training.clips[1:]))
    with pytest.raises(UserFacingError, match="other data"):
        train_classifier(changed, recipe, run=tmp_path)


def test_a_damaged_checkpoint_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(np.arange(9, dtype=np.uint8).tobytes())
    with pytest.raises(UserFacingError, match="damaged"):
        train_classifier(dataset(split="train", copies=1), RECIPE, run=tmp_path)
