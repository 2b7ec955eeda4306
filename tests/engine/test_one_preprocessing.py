"""One recording through all trainings, evaluation and the live window: networks see the same numbers each time."""

import math
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.data.dataset import ClipDataset, LabelledClip
from engine.data.streams.truth import LabelledStream
from engine.features import model_input as preprocessing
from engine.features.activity import signing_span
from engine.features.model_input import InputSpec, ModelInput, normalise, without_padding
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from engine.models.segmenter import Segmenter, SegmenterConfig, TrainedSegmenter
from engine.recognition.recogniser import Recogniser
from engine.recognition.segmentation import StreamSegmenter
from engine.training import masa, supervised
from engine.training.augment import Augmentation
from engine.training.batches import DeviceClips
from engine.training.loop import Run
from engine.training.recipe import FineTuning, Masa, PreTraining
from engine.training.schedule import Schedule
from engine.training.segmentation import sample_of
from engine.types import NANOSECONDS, Keypoints
from tests.engine.signers import sign

TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
SPEC = InputSpec(frames=40, rate=20.0)
RECORDING = sign(rest=15, raised=30)
DATASET = ClipDataset(("eat", "go"), (LabelledClip(RECORDING, "eat", "train", "", "one"),))
OFF = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})
SEGMENTER = SegmenterConfig(width=8, kernel=3, dilations=(1, 2), ahead=2, input=SPEC)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[ModelInput]:
    """What the one preprocessing function returned, call by call.

    Its second step is watched, because pre-training calls both steps apart: it also wants to know how sure the joints
    are that the first one returns.
    """
    results: list[ModelInput] = []

    def watched(joints: Tensor, frames_present: Tensor, spec: InputSpec) -> ModelInput:
        results.append(normalise(joints, frames_present, spec))
        return results[-1]

    for module in (preprocessing, masa):
        monkeypatch.setattr(module, "normalise", watched)
    return results


@pytest.fixture(autouse=True)
def _tiny_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", TINY)


def recogniser() -> Recogniser:
    torch.manual_seed(0)
    network = SignClassifier(ModelConfig(TINY, classes=2, input=SPEC)).eval()
    return Recogniser(TrainedModel("tiny", ("eat", "go"), SPEC, Calibration(), network))


def through_training(folder: Path) -> None:
    recipe = FineTuning(encoder="small", input=SPEC, augmentation=OFF, schedule=Schedule(epochs=1))
    supervised.train_classifier(DATASET, recipe, Run(folder))


def through_pre_training(_: Path) -> None:
    recipe = PreTraining(encoder="small", input=SPEC, augmentation=OFF, masa=Masa(K=4))
    batch, labels = next(DeviceClips(DATASET, "cpu").in_order(1))
    masa.MotionAwareMaskedAutoencoder(recipe)(batch, labels, 0.0)


def through_evaluation(_: Path) -> None:
    recogniser().score(RECORDING)


def through_recognise(_: Path) -> None:
    recogniser().predict(RECORDING)


def through_the_live_window(_: Path) -> None:
    window = recogniser().stream_window()
    for joints, time in zip(RECORDING.joints, RECORDING.times_ns, strict=True):
        window.push(Keypoints(joints, int(time), RECORDING.size))
    window.predict(signing_span(RECORDING))


def through_the_segmenters_training(_: Path) -> None:
    sample_of(LabelledStream(RECORDING, ()), SEGMENTER)


def through_the_live_segmenter(_: Path) -> None:
    segmenter = StreamSegmenter(TrainedSegmenter(Segmenter(SEGMENTER).eval(), begin=0.5, end=0.5))
    for joints, time in zip(RECORDING.joints, RECORDING.times_ns, strict=True):
        segmenter.push(Keypoints(joints, int(time), RECORDING.size))


@pytest.mark.parametrize("other", [through_training, through_pre_training, through_recognise, through_the_live_window])
def test_every_way_gives_the_model_what_evaluation_gives_it(
    seen: list[ModelInput], tmp_path: Path, other: Callable[[Path], None]
) -> None:
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


@pytest.mark.parametrize("other", [through_the_segmenters_training, through_the_live_segmenter])
def test_the_segmenter_sees_what_the_models_see(
    seen: list[ModelInput], tmp_path: Path, other: Callable[[Path], None]
) -> None:
    through_evaluation(tmp_path)
    other(tmp_path)
    reference, *pieces = map(without_padding, seen)
    length = reference.frames_present.shape[1]
    # The segmenter reads the stream from its beginning, the models from where hands come up.
    first = math.ceil(signing_span(RECORDING)[0] * SPEC.rate / NANOSECONDS)
    for name in (field.name for field in fields(ModelInput)):
        whole = torch.cat([getattr(piece, name) for piece in pieces], dim=1)
        torch.testing.assert_close(whole[:, first : first + length], getattr(reference, name), atol=1e-4, rtol=0)
