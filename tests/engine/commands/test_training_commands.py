"""From labelled clips to a model folder and its figures, by the commands a researcher types."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.__main__ import main
from engine.commands import prototypes
from engine.data.dataset import LabelledClip, save_dataset
from engine.joints import RIGHT_HAND
from engine.models import config, eight_bits
from engine.models.folder import load_model, read_card
from engine.models.pretrained import load_encoder
from engine.sources.prototypes import load_prototypes, save_prototypes
from tests.engine.signers import sign

GLOSSES = ("eat", "go")
TOO_LONG = "a" * 300
RECIPE = """
for = "finetune"
encoder = "small"
schedule.epochs = 20
schedule.batch_size = 4
schedule.learning_rate = 0.01
schedule.averaging = 0.5
input.frames = 16
input.rate = 12.0
augmentation.mirror = 0.0
"""


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


def finetune(data: Path, *more: str) -> int:
    return main(
        ["finetune", "--config", "recipe.toml", "--data", str(data), "--out", "model", "--device", "cpu", *more]
    )


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


def others(data: Path, *splits: str, gloss: str = "who", shown: slice = slice(None)) -> Path:
    """Beside the data, clips of a sign that they do not hold, one for each of the splits; joints `shown` alone."""
    clips = []
    for copy, split in enumerate(splits):
        clip = sign(shape=5, raised=20 + copy)
        joints = np.zeros_like(clip.joints)
        joints[:, shown] = clip.joints[:, shown]
        clips.append((LabelledClip(replace(clip, joints=joints), gloss, split, str(copy % 2), f"{gloss}{copy}"), 25.0))
    save_dataset(data.parent / "others", (gloss,), clips)
    return data.parent / "others"


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


def test_a_model_is_trained_saved_and_evaluated(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert finetune(data, "--json") == 0
    *epochs, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [line["epoch"] for line in epochs] == list(range(1, 21))
    assert last == {"model": "model"}
    assert load_model(Path("model")).glosses == GLOSSES

    assert main(["evaluate", "--model", "model", "--data", str(data), "--split", "val", "test", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["split"], figures["top1_instance"]) == (4, "val+test", 100.0)


def test_a_model_gets_a_card_that_says_how_it_was_made(data: Path) -> None:
    assert finetune(data, "--seed", "3") == 0
    card = read_card(Path("model"))
    assert card.startswith("# model\n")
    assert (
        f"    python -m engine finetune --config recipe.toml --data {data} --out model --device cpu --seed 3\n" in card
    )
    assert f"* {data}: 6 train, 2 val, 2 test clips, known signers: 2\n" in card
    assert "On the 2 validation clips" in card
    assert f"threshold of {load_model(Path('model')).calibration.threshold:.3g} " in card
    assert main(["narrow", "--model", "model", "--data", str(data), "--out", "one"]) == 0
    assert "narrow --model model" in read_card(Path("one"))


def test_threshold_and_card_are_those_of_the_weights_that_are_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eight_bits, "SMALLEST", 1)
    monkeypatch.setattr(eight_bits, "LARGEST", 1)
    assert finetune(data) == 0
    assert main(["narrow", "--model", "model", "--data", str(data), "--out", "same"]) == 0
    assert load_model(Path("model")).calibration == load_model(Path("same")).calibration
    figures, same = (read_card(Path(name)).split("## Figures")[1].split("<!--")[0] for name in ("model", "same"))
    assert figures == same


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda _: "# Mine\n",
        lambda card: card.replace("not known to the command", "C-UDA 1.0"),
        lambda card: card + "More.\n",
    ],
)
def test_a_card_that_somebody_has_written_or_changed_is_kept(
    data: Path, caplog: pytest.LogCaptureFixture, by_hand: Callable[[str], str]
) -> None:
    assert finetune(data) == 0
    kept = by_hand(read_card(Path("model")))
    Path("model/CARD.md").write_text(kept, encoding="utf-8")
    assert finetune(data, "--seed", "1", "--checkpoints", "again") == 0
    assert read_card(Path("model")) == kept
    assert any("model/CARD.md was kept" in record.getMessage() for record in caplog.records)


def test_a_card_that_nobody_has_touched_follows_its_model(data: Path) -> None:
    for seed in ("0", "1"):
        assert finetune(data, "--seed", seed, "--checkpoints", f"run{seed}") == 0
        assert f"--seed {seed} --checkpoints" in read_card(Path("model"))


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


def test_a_teacher_with_another_vocabulary_or_window_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    finetune(data)
    Path("model").rename("teacher")
    Path("recipe.toml").write_text(RECIPE.replace("12.0", "15.0"))
    assert finetune(data, "--teacher", "teacher", "--checkpoints", "runs/other") == 2
    assert "set the recipe's [input]" in capsys.readouterr().err
    Path("recipe.toml").write_text(RECIPE)
    clips = [(LabelledClip(sign(), "who", split, "", split), 25.0) for split in ("train", "val")]
    save_dataset(tmp_path / "other", ["who"], clips)
    assert finetune(tmp_path / "other", "--teacher", "teacher", "--checkpoints", "runs/third") == 2
    assert "cannot teach" in capsys.readouterr().err


def test_a_split_may_be_named_option_by_option(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finetune(data)
    capsys.readouterr()
    assert main(["evaluate", "--model", "model", "--data", str(data), "--split", "val", "--split", "test"]) == 0
    assert "val+test, 4 clips: top-1 100.0 %" in capsys.readouterr().out


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


def test_prototypes_are_averaged_from_the_training_split(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz"]) == 0
    assert "2 prototypes of 2 glosses" in capsys.readouterr().out
    assert list(load_prototypes(Path("signs.npz"))) == list(GLOSSES)


@pytest.mark.parametrize(
    ("out", "why"),
    [
        (".", "error: . is a folder. Name a file inside it.\n"),
        ("data", "error: data is a folder. Name a file inside it.\n"),
        ("recipe.toml/signs.npz", "error: Cannot write recipe.toml: File exists. Choose another place.\n"),
    ],
)
def test_prototypes_that_could_not_be_written_are_not_averaged(
    data: Path, out: str, why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(prototypes, "average_signs")
    assert main(["prototypes", "--data", str(data), "--out", out]) == 2
    assert capsys.readouterr().err == why


def test_how_many_prototypes_there_are_is_told_in_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"out": "signs.npz", "prototypes": 2, "glosses": 2}


def test_glosses_that_have_a_prototype_get_no_other(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prototypes", "--data", str(data), "--out", "signs.npz"]) == 0
    known = load_prototypes(Path("signs.npz"))
    save_prototypes(Path("first.npz"), [known[GLOSSES[0]]])
    assert main(["prototypes", "--data", str(data), "--without", "first.npz", "--out", "rest.npz"]) == 0
    assert "1 prototypes of 2 glosses" in capsys.readouterr().out
    assert list(load_prototypes(Path("rest.npz"))) == [GLOSSES[1]]
    assert main(["prototypes", "--data", str(data), "--without", "signs.npz", "--out", "none.npz"]) == 2
    assert not Path("none.npz").exists()


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


def test_a_teacher_to_whom_nobody_listens_is_told(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    Path("recipe.toml").write_text("distillation = 0.0\n" + RECIPE.replace("epochs = 20", "epochs = 1"))
    assert finetune(data) == 0
    Path("model").rename("teacher")
    assert finetune(data, "--teacher", "teacher", "--checkpoints", "taught") == 0
    assert caplog.messages == ["--teacher was given, but distillation is 0: it is not used."]
