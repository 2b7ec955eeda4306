"""What a training run is made of: one TOML file."""

import tomllib
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from engine.errors import UserFacingError
from engine.features.model_input import INPUT_LIMITS, InputSpec
from engine.models.config import ENCODERS
from engine.settings import parse_settings
from engine.training.augment import Augmentation
from engine.training.schedule import Schedule

RECIPES: Final = Path(__file__).with_name("recipes")

LIMITS: Final[dict[str, tuple[float, float]]] = {
    **dict.fromkeys(("epochs", "batch_size", "k", "K", "decoder_blocks"), (1, 1_000_000)),
    **dict.fromkeys(("learning_rate", "gradient_norm", "eps_m", "tau", "distillation_temperature"), (1e-9, 1e3)),
    **dict.fromkeys(("averaging", "second_moment", "mask_ratio", "dropped", "feature_dropout"), (0.0, 0.99999)),
    **dict.fromkeys(("view_rotation", "hand_rotation"), (0.0, 180.0)),
    "encoder_rate": (0.0, 100.0),
    "speed": (0.0, 10.0),
    "edge_seconds": (0.0, 60.0),
    **INPUT_LIMITS,
}
"""Smallest and largest value of a setting, by its name; the others are shares between 0 and 1."""


@dataclass(frozen=True, slots=True)
class FineTuning:
    """Settings of a supervised run, from scratch or from weights that were trained before.

    Attributes:
        encoder: its name in `engine.models.config.ENCODERS`; that of given first weights comes before it.
        input, augmentation, schedule: see there.
        place: whether a place stream learns beside the encoder; a given first model may bring its own.
        label_smoothing: of the cross-entropy.
        feature_dropout: before the classifier.
        frame_dropout: up to this share of each clip's frames, drawn anew each time, is hidden from the network.
        without_ways: share of clips that are shown without the hands' way up and down, as a stream of signs shows them.
        background: clips of the background that an epoch draws, in shares of the labelled ones.
        parts: share of each batch of which a part alone is shown, as background, where there is a background.
        backwards: share of each batch that is shown backwards, as background, where there is a background.
        distillation: weight of the teacher's answers against the labels, 0..1; used where a teacher is given.
        distillation_temperature: both answers are softened by it.
    """

    encoder: str
    input: InputSpec = field(default_factory=InputSpec)
    augmentation: Augmentation = field(default_factory=Augmentation)
    schedule: Schedule = field(default_factory=Schedule)
    place: bool = False
    label_smoothing: float = 0.1
    feature_dropout: float = 0.3
    frame_dropout: float = 0.0
    without_ways: float = 0.0
    background: float = 1.0
    parts: float = 0.15
    backwards: float = 0.0
    distillation: float = 0.5
    distillation_temperature: float = 2.0


class Mask(StrEnum):
    """Which frames qualify for masking."""

    MOTION = "motion"
    RANDOM = "random"


class Target(StrEnum):
    """What masked frames are to predict."""

    MOTION = "motion"
    ONE_SIGNED = "one-signed"
    JOINTS = "joints"


@dataclass(frozen=True, slots=True)
class Masa:
    """MASA's pre-training (arXiv 2405.20666, section III), each setting under the paper's symbol.

    Attributes:
        k: frames over which motion is measured.
        eps_m: a joint moves if its residual exceeds this, in pixels of a crop 256 wide.
        delta: a frame qualifies for masking if at least this share of its joints moves.
        mask_ratio: share of the qualifying frames that is masked.
        mask: which frames qualify: those in "motion", or all of them, "random" (the paper's ablation).
        target: what masked frames are to predict: "motion" residuals, of these the "one-signed" ones alone, of more
            than 3 pixels towards larger coordinates (the released code), or static "joints" (the paper's ablation).
        part_masks: mask each hand and the body on their own instead of whole frames (the released code).
        part_losses: average L_m over the joints of each hand and of the body on their own, so that the arms weigh as
            much as a hand (the released code).
        mu: momentum of the second encoder.
        tau: temperature of the contrast.
        K: keys in the queue.
        dropped: share of the frames that the second view loses.
        lambda_s: weight of the semantic alignment; 0 leaves it out.
        ramp: share of the run over which that weight grows from 0 (the paper: 100 of 400 epochs).
        decoder_blocks: of the Transformer that predicts the target.
    """

    k: int = 3
    eps_m: float = 5.0
    delta: float = 0.5
    mask_ratio: float = 0.9
    mask: Mask = Mask.MOTION
    target: Target = Target.MOTION
    part_masks: bool = False
    part_losses: bool = False
    mu: float = 0.996
    tau: float = 0.07
    K: int = 6144
    dropped: float = 0.5
    lambda_s: float = 0.05
    ramp: float = 0.25
    decoder_blocks: int = 2


@dataclass(frozen=True, slots=True)
class PreTraining:
    """Settings of a self-supervised run; see `FineTuning`."""

    encoder: str
    input: InputSpec = field(default_factory=InputSpec)
    augmentation: Augmentation = field(default_factory=Augmentation)
    schedule: Schedule = field(default_factory=Schedule)
    masa: Masa = field(default_factory=Masa)


Recipe = TypeVar("Recipe", FineTuning, PreTraining)
COMMANDS: Final[dict[type[FineTuning] | type[PreTraining], tuple[str, str]]] = {
    FineTuning: ("finetune", "wlasl100-small"),
    PreTraining: ("pretrain", "masa-small"),
}
"""What a recipe says it is `for`, because settings alone may suit either, and one that ships as an example."""


def load_recipe(kind: type[Recipe], name_or_path: str) -> Recipe:
    """Read a recipe by the name it ships under or by its path.

    Raises:
        UserFacingError: there is no such file, it is not TOML, it is for something else, or a setting is unknown or
            makes no sense.
    """
    path, table = _read(name_or_path)
    command, example = COMMANDS[kind]
    if (meant_for := table.pop("for", None)) not in (known := [name for name, _ in COMMANDS.values()]):
        lines = " or ".join(f'for = "{name}"' for name in known)
        raise UserFacingError(f"{path} does not say what it is for: begin it with {lines}.")
    if meant_for != command:
        raise UserFacingError(
            f"{name_or_path} is a recipe for {meant_for}: choose one for {command}, such as {example}."
        )
    recipe = parse_settings(kind, table, where=str(path))
    _check(recipe, path)
    return recipe


def recipe_sets(name_or_path: str, setting: str) -> bool:
    """Whether a recipe states a setting itself; raises where `load_recipe` cannot read it."""
    return setting in _read(name_or_path)[1]


def _read(name_or_path: str) -> tuple[Path, dict[str, Any]]:
    shipped = RECIPES / f"{name_or_path}.toml"
    try:
        path = shipped if shipped.is_file() else Path(name_or_path)
        return path, tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        known = ", ".join(sorted(recipe.stem for recipe in RECIPES.glob("*.toml")))
        raise UserFacingError(f"No recipe {name_or_path!r}: give a .toml file or one of: {known}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserFacingError(f"{path} is not a recipe: {error}.") from error


def _check(recipe: FineTuning | PreTraining, path: Path) -> None:
    if recipe.encoder not in ENCODERS:
        raise UserFacingError(f"{path} asks for the encoder {recipe.encoder!r}: choose {' or '.join(ENCODERS)}.")
    _check_limits(path, "input", recipe.input)
    _check_limits(path, "schedule", recipe.schedule)
    _check_limits(path, "augmentation", recipe.augmentation)
    if isinstance(recipe, PreTraining):
        _check_limits(path, "masa", recipe.masa)
        _check_teaches(recipe, path)
    else:
        _check_limits(path, "", recipe)


def _check_teaches(recipe: PreTraining, path: Path) -> None:
    """Refuse settings with which an encoder learns nothing, or motion has nothing to be learned from."""
    masa, frames = recipe.masa, recipe.input.frames
    if not recipe.schedule.encoder_rate:
        raise UserFacingError(
            f"{path} leaves the encoder as it is (schedule.encoder_rate = 0), and pre-training keeps nothing else: set "
            "another encoder_rate."
        )
    if masa.k >= frames:
        raise UserFacingError(
            f"{path}: masa.k is {masa.k}: choose less than the {frames} frames of the input, or no motion is measured."
        )
    if not (masa.mask_ratio or masa.lambda_s):
        raise UserFacingError(
            f"{path} masks nothing (masa.mask_ratio = 0) and aligns nothing (masa.lambda_s = 0), so that nothing is "
            "learned: set one of them."
        )


def _check_limits(path: Path, table: str, settings: Any) -> None:
    """Every number has its limits; what is not named in LIMITS is a share between 0 and 1."""
    for field_ in fields(settings):
        value = getattr(settings, field_.name)
        if type(value) in (int, float):
            low, high = LIMITS.get(field_.name, (0.0, 1.0))
            if not low <= value <= high:  # written so that a nan is refused
                name = f"{table}.{field_.name}".removeprefix(".")
                raise UserFacingError(f"{path}: {name} is {value}: choose from {low:g} to {high:g}.")
