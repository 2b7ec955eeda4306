"""From labelled clips to a model folder and its figures, by the commands a researcher types."""

import json
from pathlib import Path

import pytest
import torch

from engine.__main__ import main
from engine.data.dataset import LabelledClip, save_dataset
from engine.models.folder import load_model, read_card
from engine.models.pretrained import load_encoder
from tests.engine.commands.fine_tuning import GLOSSES, RECIPE, finetune
from tests.engine.signers import sign


def test_a_place_stream_learns_beside_the_encoder_and_is_taken_over(data: Path) -> None:
    Path("recipe.toml").write_text("place = true\n" + RECIPE)
    assert finetune(data) == 0
    first = load_model(Path("model"))
    assert first.network.place is not None
    Path("recipe.toml").write_text(RECIPE.replace("epochs = 20", "epochs = 1").replace("0.01", "1e-9"))
    assert finetune(data, "--from", "model", "--checkpoints", "second") == 0
    second = load_model(Path("model"))
    assert second.network.config == first.network.config
    for name in ("place_head.weight", "place.embedding.weight", "head.weight"):
        torch.testing.assert_close(
            second.network.state_dict()[name], first.network.state_dict()[name], atol=2e-3, rtol=0
        )


def test_a_model_is_trained_saved_and_evaluated(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finetune(data, "--json") == 0
    *epochs, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [line["epoch"] for line in epochs] == list(range(1, 21))
    assert last == {"model": "model"}
    assert load_model(Path("model")).glosses == GLOSSES

    assert main(["evaluate", "--model", "model", "--data", str(data), "--split", "val", "test", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["split"], figures["top1_instance"]) == (4, "val+test", 100.0)


def test_a_model_is_named_after_its_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data.parent / "mine").mkdir()
    monkeypatch.chdir(data.parent / "mine")
    (data.parent / "recipe.toml").write_text(RECIPE.replace("epochs = 20", "epochs = 1"))
    arguments = ["--config", "../recipe.toml", "--data", str(data), "--out", "."]
    assert main(["finetune", *arguments, "--device", "cpu"]) == 0
    assert read_card(Path()).startswith("# mine\n")
    assert [path.name for path in Path("runs").iterdir()] == ["mine"]


def test_an_encoder_is_pre_trained_and_fine_tuning_starts_from_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_dataset(tmp_path / "other", ["who"], [(LabelledClip(sign(shape=5), "who", "train", "", "x"), 25.0)])
    (tmp_path / "masa.toml").write_text(
        'for = "pretrain"\nencoder = "small"\nschedule.epochs = 1\nmasa.K = 4\ninput.frames = 16\ninput.rate = 12.0\n'
    )
    given = ["--data", str(data), "other", "--out", "encoder", "--device", "cpu"]
    assert main(["pretrain", "--config", "masa.toml", *given]) == 0
    assert "epoch 1/1" in capsys.readouterr().out
    assert load_encoder(Path("encoder"))[1].frames == 16
    assert finetune(data, "--from", "encoder") == 0
    assert load_model(Path("model")).glosses == GLOSSES
    Path("recipe.toml").write_text(RECIPE + "input.own_torso = false\n")
    assert finetune(data, "--from", "encoder", "--checkpoints", "runs/usual") == 0
    assert not load_model(Path("model")).input.own_torso

    assert main(["pretrain", "--config", "masa.toml", *given, "--checkpoints", "recipe.toml"]) == 2
    assert "Cannot write" in capsys.readouterr().err


def test_a_split_may_be_named_option_by_option(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finetune(data)
    capsys.readouterr()
    assert main(["evaluate", "--model", "model", "--data", str(data), "--split", "val", "--split", "test"]) == 0
    assert "val+test, 4 clips: top-1 100.0 %" in capsys.readouterr().out


def test_a_teacher_to_whom_nobody_listens_is_told(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    Path("recipe.toml").write_text("distillation = 0.0\n" + RECIPE.replace("epochs = 20", "epochs = 1"))
    assert finetune(data) == 0
    Path("model").rename("teacher")
    assert finetune(data, "--teacher", "teacher", "--checkpoints", "taught") == 0
    assert caplog.messages == ["--teacher was given, but distillation is 0: it is not used."]
