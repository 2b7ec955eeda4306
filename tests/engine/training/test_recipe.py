from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.training.recipe import RECIPES, load_recipe


def test_every_recipe_that_ships_can_be_read() -> None:
    names = [path.stem for path in RECIPES.glob("*.toml")]
    assert names
    for name in names:
        assert load_recipe(name).epochs > 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("epochs = ", "not a recipe"),
        ("epochs = 3", "lacks the setting 'encoder'"),
        ('encoder = "huge"', "encoder 'huge'"),
        ('encoder = "small"\nepoch = 3', "no setting called 'epoch'"),
        ('encoder = "small"\nepochs = "many"', "epochs should be int"),
        ('encoder = "small"\nepochs = 0', "above zero"),
        ('encoder = "small"\n[input]\nrate = true', "rate should be float"),
    ],
)
def test_a_wrong_recipe_says_which_setting(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text)
    with pytest.raises(UserFacingError, match=why):
        load_recipe(str(path))


def test_an_unknown_recipe_lists_what_there_is() -> None:
    with pytest.raises(UserFacingError, match="wlasl100-small"):
        load_recipe("nonsense")
