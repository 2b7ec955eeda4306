"""What shows no sign of the vocabulary: learned, narrowed to and calibrated by the commands."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.data.dataset import LabelledClip, save_dataset
from engine.joints import RIGHT_HAND
from engine.models.folder import load_model
from tests.engine.commands.fine_tuning import GLOSSES, RECIPE, finetune, others
from tests.engine.signers import sign


def test_a_model_is_narrowed_to_a_smaller_vocabulary(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finetune(data) == 0
    splits = ("train", "val", "test")
    clips = [(LabelledClip(sign(shape=1), "go", split, "1", f"go{split}"), 25.0) for split in splits]
    save_dataset(data.parent / "few", ("go",), clips)
    capsys.readouterr()
    assert main(["narrow", "--model", "model", "--data", str(data.parent / "few"), "--out", "small", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"model": "small"}
    small = load_model(Path("small"))
    assert (small.glosses, small.network.config.background) == (("go",), 1)
    assert main(["narrow", "--model", "small", "--data", str(data), "--out", "large"]) == 2


@pytest.mark.parametrize(
    ("gloss", "shown"),
    [("who", slice(None)), ("-", slice(None)), ("who", RIGHT_HAND)],
    ids=["another sign", "nobody signs", "a hand without shoulders"],
)
def test_whatever_shows_no_sign_of_a_smaller_vocabulary_calibrates_what_is_rejected(
    data: Path, make_model: Callable[..., Path], gloss: str, shown: slice
) -> None:
    narrow = ["narrow", "--model", str(make_model()), "--out", "small", "--data", str(data)]
    assert main(narrow) == 0
    assert load_model(Path("small")).calibration.background_bias == 0
    assert main([*narrow, str(others(data, "train", "val", gloss=gloss, shown=shown))]) == 0
    assert load_model(Path("small")).calibration.background_bias != 0


def test_a_dataset_that_calibrates_nothing_is_refused(
    data: Path, make_model: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    narrow = ["narrow", "--model", str(make_model()), "--out", "small", "--data", str(data)]
    for more in (others(data, "train", "test"), data):
        assert main([*narrow, str(more)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("error: Nothing calibrates what is rejected")
    assert not Path("small").exists()


def test_a_model_may_learn_a_background(data: Path) -> None:
    assert finetune(data, "--background", str(others(data, "train", "train", "train"))) == 0
    model = load_model(Path("model"))
    assert model.glosses == GLOSSES
    assert model.network.config.background
    assert model.calibration.background_bias == 0
    assert finetune(data, "--background", str(data)) == 2


def test_held_out_clips_of_the_background_calibrate_it(data: Path) -> None:
    assert finetune(data, "--background", str(others(data, "train", "train", "train", "val"))) == 0
    assert load_model(Path("model")).calibration.background_bias != 0


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ("train", "Nothing calibrates what is rejected: of {} the split val shows no other gloss."),
        ("val", "Nothing is learned from the background: of {} the split train shows no other gloss."),
    ],
)
def test_a_background_that_is_half_of_use_is_told(
    data: Path, split: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    Path("recipe.toml").write_text(RECIPE.replace("epochs = 20", "epochs = 1"))
    folder = others(data, split)
    assert finetune(data, "--background", str(folder)) == 0
    assert caplog.messages == [told.format(folder)]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", []),
        ("distillation = 0.0\nparts = 0.0", []),
        ("distillation = 0.5", ["distillation is set, but no --teacher was given: it is not used."]),
        (
            "background = 0.1\nparts = 0.1\nbackwards = 0.1",
            [
                "background is set, but no --background was given: it is not used.",
                *(
                    f"{setting} is set, but there is no background, neither from --background nor from --from: it is "
                    "not used."
                    for setting in ("parts", "backwards")
                ),
            ],
        ),
    ],
)
def test_settings_that_nothing_uses_are_told(
    data: Path, settings: str, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    Path("recipe.toml").write_text(f"{settings}\n" + RECIPE.replace("epochs = 20", "epochs = 1"))
    assert finetune(data) == 0
    assert caplog.messages == told


def test_a_model_to_start_from_may_bring_the_background_that_settings_are_for(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    short = RECIPE.replace("epochs = 20", "epochs = 1")
    Path("recipe.toml").write_text(short)
    assert finetune(data) == 0
    clips = [(LabelledClip(sign(), GLOSSES[0], split, "1", split), 25.0) for split in ("train", "val")]
    save_dataset(data.parent / "few", GLOSSES[:1], clips)
    Path("recipe.toml").write_text("parts = 0.1\n" + short)
    assert finetune(data.parent / "few", "--from", "model", "--checkpoints", "few-run") == 0
    assert caplog.messages == []
