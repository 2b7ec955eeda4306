import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.__main__ import main
from engine.data.dataset import LabelledClip, save_dataset
from engine.features.model_input import InputSpec
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel, save_model
from engine.sources.opencv import cv2
from engine.sources.recording import save_recording
from tests.engine.commands.fine_tuning import GLOSSES, RECIPE
from tests.engine.signers import sign

TINY = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=16)
WINDOW = InputSpec(frames=32, rate=25.0)


class Answer:
    """What one call of `python -m engine` did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.lines = out.splitlines()
        self.complaints = err.splitlines()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


Call = Callable[..., Answer]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> Answer:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    def make(*, threshold: float = 0.0) -> Path:
        torch.manual_seed(0)
        network = SignClassifier(ModelConfig(TINY, classes=3, input=WINDOW)).eval()
        folder = tmp_path_factory.mktemp("models") / "tiny"
        save_model(folder, TrainedModel("tiny", ("eat", "go", "who"), WINDOW, Calibration(1.0, threshold), network))
        return folder

    return make


@pytest.fixture(scope="session")
def model(make_model: Callable[..., Path]) -> Path:
    return make_model()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """One sign between rests, 2.4 seconds."""
    path = tmp_path / "sign.npz"
    save_recording(path, sign(rest=15, raised=30))
    return path


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    """A video that shows nobody."""
    path = tmp_path / "room.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (160, 120))
    for _ in range(8):
        writer.write(np.full((120, 160, 3), 90, np.uint8))
    writer.release()
    return path


@pytest.fixture
def no_video(tmp_path: Path) -> Path:
    """A text file that calls itself a video."""
    path = tmp_path / "text.mp4"
    path.write_text("not a video")
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two signs, five clips each: three to train on, one in either held-out split; run in an empty folder."""
    tiny = config.EncoderConfig(joint_widths=(8,), part_width=16, heads=2, blocks=1, feed_forward=16)
    monkeypatch.setitem(config.ENCODERS, "small", tiny)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recipe.toml").write_text(RECIPE)
    splits = ("train", "train", "train", "val", "test")
    clips = [
        (LabelledClip(sign(shape=shape, raised=20 + copy), gloss, split, str(copy % 2), f"{gloss}{copy}"), 25.0)
        for copy, split in enumerate(splits)
        for shape, gloss in enumerate(GLOSSES)
    ]
    save_dataset(tmp_path / "data", GLOSSES, clips)
    return tmp_path / "data"
