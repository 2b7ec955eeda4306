"""Bad input to the commands that train: one line that says what is wrong, before anything is trained or written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.data.dataset import LabelledClip, save_dataset
from tests.engine.commands.fine_tuning import RECIPE, finetune
from tests.engine.signers import sign

TOO_LONG = "a" * 300


def test_a_teacher_with_another_vocabulary_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finetune(data)
    Path("model").rename("teacher")
    clips = [(LabelledClip(sign(), "who", split, "", split), 25.0) for split in ("train", "val")]
    save_dataset(tmp_path / "other", ["who"], clips)
    assert finetune(tmp_path / "other", "--teacher", "teacher", "--checkpoints", "runs/third") == 2
    assert "cannot teach" in capsys.readouterr().err


def test_data_with_a_foreign_gloss_is_refused(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finetune(data)
    save_dataset(tmp_path / "other", ["who"], [(LabelledClip(sign(), "who", "test", "", "x"), 25.0)])
    capsys.readouterr()
    assert main(["evaluate", "--model", "model", "--data", "other", "--split", "test"]) == 2
    assert "does not know 'who'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("epochs = 1", "recipe.toml has no setting called 'epochs'"),
        ("input.own_torso = 1", "recipe.toml: input.own_torso is 1: it should be true or false."),
        ("input.hand_box = -2.2", "recipe.toml: input.hand_box is -2.2: choose from 1 to 100."),
    ],
)
def test_a_bad_recipe_costs_one_line_and_writes_nothing(
    data: Path, wrong: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("recipe.toml").write_text(RECIPE + wrong)
    assert finetune(data) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1
    assert not Path("model").exists()


def test_a_frozen_encoder_of_random_weights_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("recipe.toml").write_text(RECIPE + "schedule.encoder_rate = 0.0\n")
    assert finetune(data) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "encoder_rate" in line
    assert "--from" in line
    assert not Path("model").exists()
    assert not Path("runs").exists()


def test_a_folder_without_a_dataset_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", "wlasl100", "--source", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "wlasl_index.csv is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "recipe", "why"),
    [
        ("finetune", "masa-base", "is a recipe for pretrain: choose one for finetune, such as wlasl100-small."),
        ("finetune", "masa-small", "is a recipe for pretrain: choose one for finetune, such as wlasl100-small."),
        ("pretrain", "wlasl100-base", "is a recipe for finetune: choose one for pretrain, such as masa-small."),
    ],
)
def test_a_recipe_for_another_command_is_refused(
    data: Path, command: str, recipe: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--config", recipe, "--data", str(data), "--out", "model"]) == 2
    assert capsys.readouterr().err == f"error: {recipe} {why}\n"


@pytest.mark.parametrize("command", ["finetune", "pretrain", "train-segmenter"])
@pytest.mark.parametrize("seed", ["-1", str(2**64), "many"])
def test_a_seed_that_is_none_is_one_line(
    data: Path, command: str, seed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = [] if command == "train-segmenter" else ["--config", "recipe.toml"]
    assert main([command, *recipe, "--data", str(data), "--out", "model", "--seed", seed]) == 2
    complaint = f"error: argument --seed: invalid whole number from 0 to 2^64 - 1 value: '{seed}'."
    assert capsys.readouterr().err == f"{complaint} See python -m engine {command} --help.\n"


@pytest.mark.parametrize("command", ["finetune", "pretrain", "narrow", "train-segmenter"])
def test_what_could_not_be_written_is_not_trained(
    data: Path, command: str, make_model: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("masa.toml").write_text(RECIPE.replace("finetune", "pretrain"))
    given = {
        "finetune": ["--config", "recipe.toml", "--device", "cpu"],
        "pretrain": ["--config", "masa.toml", "--device", "cpu"],
        "narrow": ["--model", str(make_model())],
        "train-segmenter": [],
    }
    assert main([command, "--data", str(data), "--out", "recipe.toml/model", *given[command]]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "error: Cannot write recipe.toml/model: Not a directory. Choose another place.\n"
    assert not Path("runs").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["narrow", "--data", TOO_LONG], f"{TOO_LONG}/clips.npz cannot be read: File name too long."),
        (["finetune", "--data", TOO_LONG], f"{TOO_LONG}/clips.npz cannot be read: File name too long."),
        (["finetune", "--from", TOO_LONG], f"{TOO_LONG}/encoder.json cannot be read: File name too long."),
        (
            ["finetune", "--checkpoints", TOO_LONG],
            f"{TOO_LONG}/checkpoint.safetensors cannot be read: File name too long.",
        ),
        (["finetune", "--config", TOO_LONG], f"No recipe '{TOO_LONG}': give a .toml file or one of: "),
        (
            ["prepare", "wlasl", "--source", "data", "--keypoints", TOO_LONG],
            f"{TOO_LONG} cannot be read: File name too long.",
        ),
    ],
)
def test_a_name_that_is_too_long_is_one_line(
    data: Path,
    make_model: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    complaint: str,
) -> None:
    (data / "WLASL_v0.3.json").write_text("[]")
    command, *given = arguments
    usual = {
        "finetune": {"--config": "recipe.toml", "--data": str(data), "--device": "cpu"},
        "narrow": {"--model": str(make_model())},
        "prepare": {},
    }[command]
    more = [word for option, value in usual.items() if option not in given for word in (option, value)]
    assert main([command, *given, *more, "--out", "model"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {complaint}")
    assert captured.err.count("\n") == 1
