"""What a training run is made of: one TOML file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.models.config import ENCODERS
from engine.settings import parse_settings
from engine.training.augment import Augmentation
from engine.training.schedule import DECAYS, Schedule

RECIPES: Final = Path(__file__).with_name("recipes")
MOTION, RANDOM, JOINTS = "motion", "random", "joints"


@dataclass(frozen=True, slots=True)
class FineTuning:
    """Settings of a supervised run, from scratch or from weights that were trained before.

    Attributes:
        encoder: its name in `engine.models.config.ENCODERS`; that of given first weights comes before it.
        input, augmentation, schedule: see there.
        label_smoothing: of the cross-entropy.
        feature_dropout: before the classifier.
        frame_dropout: up to this share of each clip's frames, drawn anew each time, is hidden from the encoder.
        distillation: weight of the teacher's answers against the labels, 0..1; used where a teacher is given.
        distillation_temperature: both answers are softened by it.
    """

    encoder: str
    input: InputSpec = field(default_factory=InputSpec)
    augmentation: Augmentation = field(default_factory=Augmentation)
    schedule: Schedule = field(default_factory=Schedule)
    label_smoothing: float = 0.1
    feature_dropout: float = 0.3
    frame_dropout: float = 0.0
    distillation: float = 0.5
    distillation_temperature: float = 2.0


@dataclass(frozen=True, slots=True)
class Masa:
    """MASA's pre-training (arXiv 2405.20666, section III), each setting under the paper's symbol.

    Attributes:
        k: frames over which motion is measured.
        eps_m: a joint moves if its residual exceeds this, in pixels of a crop 256 wide.
        delta: a frame qualifies for masking if at least this share of its joints moves.
        mask_ratio: share of the qualifying frames that is masked.
        mask: which frames qualify: those in "motion", or all of them, "random" (the paper's ablation).
        target: what masked frames are to predict: "motion" residuals, or static "joints" (the paper's ablation).
        one_signed: learn only motion of more than 3 pixels towards larger coordinates (the released code).
        part_masks: mask each hand and the body on their own instead of whole frames (the released code).
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
    mask: str = MOTION
    target: str = MOTION
    one_signed: bool = False
    part_masks: bool = False
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


def load_recipe(kind: type[Recipe], name_or_path: str) -> Recipe:
    """Read a recipe by the name it ships under or by its path.

    Raises:
        UserFacingError: there is no such file, it is not TOML, or a setting is unknown or makes no sense.
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
    recipe = parse_settings(kind, table, where=str(path))
    _check(recipe, path)
    return recipe


def _check(recipe: FineTuning | PreTraining, path: Path) -> None:
    schedule = recipe.schedule
    if recipe.encoder not in ENCODERS:
        raise UserFacingError(f"{path} asks for the encoder {recipe.encoder!r}: choose {' or '.join(ENCODERS)}.")
    if min(schedule.epochs, schedule.batch_size, recipe.input.frames) < 1 or recipe.input.rate <= 0:
        raise UserFacingError(f"{path}: epochs, batch_size, input.frames and input.rate must be above zero.")
    _choose(path, "schedule.decay", schedule.decay, DECAYS)
    if isinstance(recipe, PreTraining):
        masa = recipe.masa
        _choose(path, "masa.mask", masa.mask, (MOTION, RANDOM))
        _choose(path, "masa.target", masa.target, (MOTION, JOINTS))
        if min(masa.k, masa.K, masa.decoder_blocks) < 1 or masa.eps_m <= 0 or masa.tau <= 0:
            raise UserFacingError(f"{path}: k, K, decoder_blocks, eps_m and tau must be above zero.")
        if not 0 < masa.mask_ratio < 1 or not 0 <= masa.dropped < 1:
            raise UserFacingError(f"{path}: mask_ratio and dropped are shares between 0 and 1.")


def _choose(path: Path, name: str, value: Any, options: tuple[str, ...]) -> None:
    if value not in options:
        raise UserFacingError(f"{path}: {name} is {value!r}: choose {' or '.join(options)}.")
