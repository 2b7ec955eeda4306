from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.training.recipe import RECIPES, FineTuning, PreTraining, load_recipe


def test_every_recipe_that_ships_can_be_read() -> None:
    names = [path.stem for path in RECIPES.glob("*.toml")]
    assert names
    for name in names:
        kind = PreTraining if name.startswith("masa") else FineTuning
        assert load_recipe(kind, name).schedule.epochs > 0


@pytest.mark.parametrize("name", [path.stem for path in RECIPES.glob("masa*.toml")])
def test_no_noise_counts_as_motion_in_pre_training(name: str) -> None:
    assert load_recipe(PreTraining, name).augmentation.noise == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("epochs = ", "not a recipe"),
        ("label_smoothing = 0.1", "lacks the setting 'encoder'"),
        ('encoder = "huge"', "encoder 'huge'"),
        ('encoder = "small"\n[schedule]\nepoch = 3', "schedule has no setting called 'epoch'"),
        (
            'encoder = "small"\nschedule.epochs = "many"',
            r"recipe\.toml: schedule\.epochs is 'many': it should be a whole number\.",
        ),
        ('encoder = "small"\nschedule = 3', "schedule should be a table of settings"),
        ("encoder = 3", "encoder is 3: it should be text"),
        ('encoder = "small"\nplace = 1', "place is 1: it should be true or false"),
        ('encoder = "small"\nschedule.epochs = 0', "schedule.epochs is 0: choose from 1 to"),
        ('encoder = "small"\nschedule.averaging = 1.5', "schedule.averaging is 1.5"),
        ('encoder = "small"\nschedule.learning_rate = nan', "schedule.learning_rate is nan"),
        ('encoder = "small"\naugmentation.speed = -2.0', "augmentation.speed is -2"),
        ('encoder = "small"\nlabel_smoothing = 2.0', "label_smoothing is 2.0: choose from 0 to 1"),
        ('encoder = "small"\ninput.frames = 1100', "input.frames is 1100: choose from 1 to 1024"),
        ('encoder = "small"\ninput.rate = -20.0', "input.rate is -20.0: choose from 1 to 240"),
        ('encoder = "small"\ninput.hand_box = 0.5', "input.hand_box is 0.5: choose from 1 to 100"),
        (
            'encoder = "small"\nschedule.decay = "stairs"',
            "is 'stairs': it should be one of cosine, linear, steps",
        ),
        ('encoder = "small"\nschedule.optimiser = "lion"', "optimiser is 'lion': it should be one of adamw, sgd"),
        ('encoder = "small"\n[input]\nrate = true', "rate is True: it should be a number"),
    ],
)
def test_a_wrong_recipe_says_which_setting(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(f'for = "finetune"\n{text}')
    with pytest.raises(UserFacingError, match=why):
        load_recipe(FineTuning, str(path))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('masa.mask = "static"', "mask is 'static': it should be one of motion, random"),
        ('masa.target = "pixels"', "target is 'pixels': it should be one of motion, one-signed, joints"),
        ("masa.mask_ratio = 1.0", "masa.mask_ratio is 1.0"),
        ("masa.k = 0", "masa.k is 0"),
        ("masa.k = 20\ninput.frames = 20", "masa.k is 20: choose less than the 20 frames of the input"),
        ("masa.mask_ratio = 0\nmasa.lambda_s = 0", "masks nothing .* and aligns nothing .* set one of them"),
        ("schedule.encoder_rate = 0", "leaves the encoder as it is .* set another encoder_rate"),
    ],
)
def test_a_wrong_recipe_for_pre_training_says_which_setting(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(f'for = "pretrain"\nencoder = "small"\n{text}')
    with pytest.raises(UserFacingError, match=why):
        load_recipe(PreTraining, str(path))


@pytest.mark.parametrize("text", ["masa.lambda_s = 0", "masa.mask_ratio = 0", "masa.k = 19\ninput.frames = 20"])
def test_pre_training_may_do_without_alignment_or_without_masks(tmp_path: Path, text: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(f'for = "pretrain"\nencoder = "small"\n{text}')
    assert load_recipe(PreTraining, str(path))


def test_a_recipe_may_begin_with_the_mark_that_windows_puts_there(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('for = "finetune"\nencoder = "small"', encoding="utf-8-sig")
    assert load_recipe(FineTuning, str(path)).encoder == "small"


def test_an_unknown_recipe_lists_what_there_is() -> None:
    with pytest.raises(UserFacingError, match="wlasl100-small"):
        load_recipe(FineTuning, "nonsense")


@pytest.mark.parametrize("text", ['encoder = "small"', 'for = "dance"\nencoder = "small"'])
def test_a_recipe_that_is_for_nothing_is_told_what_to_say(tmp_path: Path, text: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text)
    with pytest.raises(UserFacingError, match='begin it with for = "finetune" or for = "pretrain"'):
        load_recipe(PreTraining, str(path))
