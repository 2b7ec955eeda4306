"""What a training run is made of: one TOML file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.models.config import ENCODERS
from engine.settings import parse_settings
from engine.training.augment import Augmentation

RECIPES: Final = Path(__file__).with_name("recipes")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of a supervised run.

    Attributes:
        encoder: its name in `engine.models.config.ENCODERS`.
        input, augmentation: see there.
        epochs: passes over the training clips.
        batch_size: clips a step.
        learning_rate: at its peak; it rises linearly over `warmup` of all steps, then falls as a cosine.
        weight_decay: of AdamW, on matrices alone.
        label_smoothing: of the cross-entropy.
        feature_dropout: before the classifier.
        frame_dropout: up to this share of each clip's frames, drawn anew each time, is hidden from the encoder.
        averaging: decay of the exponential moving average of the weights, which is what is kept.
        gradient_norm: gradients are clipped to it.
    """

    encoder: str
    input: InputSpec = field(default_factory=InputSpec)
    augmentation: Augmentation = field(default_factory=Augmentation)
    epochs: int = 100
    batch_size: int = 32
    learning_rate: float = 1.5e-3
    warmup: float = 0.05
    weight_decay: float = 0.05
    label_smoothing: float = 0.1
    feature_dropout: float = 0.3
    frame_dropout: float = 0.0
    averaging: float = 0.99
    gradient_norm: float = 1.0


def load_recipe(name_or_path: str) -> Recipe:
    """Read a recipe by the name it ships under or by its path.

    Raises:
        UserFacingError: there is no such file, it is not TOML, or a setting is unknown or of the wrong kind.
    """
    shipped = RECIPES / f"{name_or_path}.toml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        known = ", ".join(sorted(recipe.stem for recipe in RECIPES.glob("*.toml")))
        raise UserFacingError(f"No recipe {name_or_path!r}: give a .toml file or one of: {known}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserFacingError(f"{path} is not a recipe: {error}.") from error
    recipe = parse_settings(Recipe, table, where=str(path))
    if recipe.encoder not in ENCODERS:
        raise UserFacingError(f"{path} asks for the encoder {recipe.encoder!r}: choose {' or '.join(ENCODERS)}.")
    if min(recipe.epochs, recipe.batch_size, recipe.input.frames) < 1 or recipe.input.rate <= 0:
        raise UserFacingError(f"{path}: epochs, batch_size, input.frames and input.rate must be above zero.")
    return recipe
