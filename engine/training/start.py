"""What fine-tuning starts from, an encoder or a model with another vocabulary, and whom it listens to."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.files import is_file
from engine.models.classifier import SignClassifier
from engine.models.config import ModelConfig
from engine.models.folder import load_model, resolve_model
from engine.models.narrowing import HEADS, divided
from engine.models.place import PlaceConfig
from engine.models.pretrained import DESCRIPTION, load_encoder


def network_from(
    name_or_path: str,
    glosses: Sequence[str],
    *,
    window: InputSpec,
    place: PlaceConfig | None = None,
    background: int = 0,
    keeps_others: bool = True,
    seed: int = 0,
) -> SignClassifier:
    """A classifier of `glosses` that starts from what was learned before.

    From a pre-trained encoder it takes the encoder; from a trained model all but, for glosses that the model does not
    know, their rows of the classifier. The rest is drawn at random from `seed`.

    Args:
        name_or_path: of the model, or the path of the encoder.
        glosses: the vocabulary.
        window: the input of the network.
        place: sizes of a place stream, where none comes along.
        background: outputs of the background, where none come along.
        keeps_others: whatever else a model knows is the background, however large: to know many signs is the best way
            to notice that one is none of a few.
        seed: of the random weights.

    Raises:
        UserFacingError: there is no such folder, it is damaged, or it was trained on another kind of input.
    """
    torch.manual_seed(seed)
    if is_file(Path(name_or_path) / DESCRIPTION):
        encoder, learned_on = load_encoder(Path(name_or_path))
        check_window(name_or_path, learned_on=learned_on, window=window)
        config = ModelConfig(encoder.config, len(glosses), window, place=place, background=background)
        network = SignClassifier(config)
        network.encoder.load_state_dict(encoder.state_dict())
        return network
    model = load_model(resolve_model(name_or_path))
    check_window(name_or_path, learned_on=model.input, window=window)
    known, names = model.network.config, set(model.glosses)
    shared, others = divided(model, glosses)
    others = others if keeps_others else []
    background = len(others) or background
    config = ModelConfig(known.encoder, len(glosses), window, place=known.place or place, background=background)
    network = SignClassifier(config)
    here = [row for row, gloss in enumerate(glosses) if gloss in names]
    here += range(len(glosses), len(glosses) + len(others))
    _take_over(network, model.network, here=here, there=shared + others)
    return network


def teacher_from(name_or_path: str, glosses: Sequence[str]) -> SignClassifier:
    """The network of a model whose answers are to be learned; it may be larger and want another kind of input.

    Raises:
        UserFacingError: there is no such model, or it has another vocabulary.
    """
    teacher = load_model(resolve_model(name_or_path))
    if teacher.glosses != tuple(glosses):
        raise UserFacingError(f"{name_or_path} cannot teach: its vocabulary is not that of the data.")
    return teacher.network


def check_window(name_or_path: str, *, learned_on: InputSpec, window: InputSpec) -> None:
    """Refuse weights that were trained on another kind of input; whose torsos they have seen need not be the same."""
    if replace(learned_on, own_torso=window.own_torso) != window:
        raise UserFacingError(
            f"{name_or_path} was trained on input {asdict(learned_on)}: set the recipe's [input] to the same."
        )


@torch.no_grad()
def _take_over(network: SignClassifier, known: SignClassifier, *, here: Sequence[int], there: Sequence[int]) -> None:
    """Copy all weights, but of the classifiers only rows: those at `there` to those at `here`."""
    learned = known.state_dict()
    for name, values in network.state_dict().items():
        if name.startswith(HEADS) and name in learned:
            values[here] = learned[name][there]
        elif name in learned:
            values.copy_(learned[name])
