"""One recording through training, evaluation and the live window: the model sees the same numbers each time."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import torch

from engine.data.dataset import ClipDataset, LabelledClip
from engine.features.activity import signing_span
from engine.features.model_input import InputSpec, KeypointBatch, ModelInput, model_input, without_padding
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from engine.recognition import recogniser as recognition
from engine.recognition.recogniser import Recogniser
from engine.training import supervised
from engine.training.augment import Augmentation
from engine.training.loop import Run
from engine.training.recipe import FineTuning
from engine.training.schedule import Schedule
from engine.types import Keypoints
from tests.engine.signers import sign

TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
SPEC = InputSpec(frames=40, rate=20.0)
RECORDING = sign(rest=15, raised=30)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[ModelInput]:
    """What the one preprocessing function returned, call by call."""
    results: list[ModelInput] = []

    def watched(batch: KeypointBatch, spec: InputSpec) -> ModelInput:
        results.append(model_input(batch, spec))
        return results[-1]

    for module in (supervised, recognition):
        monkeypatch.setattr(module, "model_input", watched)
    return results


def recogniser() -> Recogniser:
    torch.manual_seed(0)
    network = SignClassifier(ModelConfig(TINY, classes=2, input=SPEC)).eval()
    return Recogniser(TrainedModel("tiny", ("eat", "go"), SPEC, Calibration(), network))


def through_training(folder: Path) -> None:
    off = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})
    dataset = ClipDataset(("eat", "go"), (LabelledClip(RECORDING, "eat", "train", "", "one"),))
    recipe = FineTuning(encoder="small", input=SPEC, augmentation=off, schedule=Schedule(epochs=1))
    supervised.train_classifier(dataset, recipe, Run(folder))


def through_evaluation(_: Path) -> None:
    recogniser().score(RECORDING)


def through_recognise(_: Path) -> None:
    recogniser().predict(RECORDING)


def through_the_live_window(_: Path) -> None:
    window = recogniser().stream_window()
    for joints, time in zip(RECORDING.joints, RECORDING.times_ns, strict=True):
        window.push(Keypoints(joints, int(time), RECORDING.size))
    window.predict(signing_span(RECORDING))


@pytest.mark.parametrize("other", [through_training, through_recognise, through_the_live_window])
def test_every_way_gives_the_model_what_evaluation_gives_it(
    seen: list[ModelInput], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, other: Callable[[Path], None]
) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", TINY)
    through_evaluation(tmp_path)
    other(tmp_path)
    reference, same, *_ = map(without_padding, seen)
    assert reference.hands_present.any()
    for name in (field.name for field in fields(ModelInput)):
        if name in ("hands", "places", "body") and other is not through_recognise:
            # Augmentation of strength zero still goes through the arithmetic of turning and scaling; the live window
            # counts time from another zero.
            torch.testing.assert_close(getattr(same, name), getattr(reference, name), atol=1e-4, rtol=0)
        else:
            assert torch.equal(getattr(same, name), getattr(reference, name)), name
