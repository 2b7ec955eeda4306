"""First weights for fine-tuning, from a pre-trained encoder or from a model with another vocabulary."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import load_model, resolve_model
from engine.models.narrowing import HEADS
from engine.models.place import PlaceConfig
from engine.models.pretrained import DESCRIPTION, load_encoder


def network_from(
    name_or_path: str,
    glosses: Sequence[str],
    *,
    window: InputSpec,
    place: PlaceConfig | None = None,
    background: int = 0,
    seed: int = 0,
) -> SignClassifier:
    """A classifier of `glosses`, and of so many outputs for a background, that starts from what was learned before.

    From a pre-trained encoder it takes the encoder; from a trained model all but, for glosses that the model does not
    know, their rows of the classifier. Whatever else the model knows is the background then, however large: to know
    many signs is the best way to notice that one is none of a few. The rest is drawn at random from `seed`.

    Raises:
        UserFacingError: there is no such folder, it is damaged, or it was trained on another kind of input.
    """
    torch.manual_seed(seed)
    folder = Path(name_or_path)

    def classifier(encoder: EncoderConfig, place: PlaceConfig | None, background: int) -> SignClassifier:
        return SignClassifier(ModelConfig(encoder, len(glosses), window, place=place, background=background))

    if (folder / DESCRIPTION).is_file():
        encoder, learned_on = load_encoder(folder)
        check_window(name_or_path, learned_on=learned_on, window=window)
        network = classifier(encoder.config, place, background)
        network.encoder.load_state_dict(encoder.state_dict())
    else:
        model = load_model(resolve_model(name_or_path))
        check_window(name_or_path, learned_on=model.input, window=window)
        known = model.network.config
        rows = {gloss: row for row, gloss in enumerate(model.glosses)}
        shared = [rows[gloss] for gloss in glosses if gloss in rows]
        others = sorted(set(range(known.classes + known.background)) - set(shared))
        network = classifier(known.encoder, known.place or place, len(others) or background)
        here = [row for row, gloss in enumerate(glosses) if gloss in rows]
        here += range(len(glosses), len(glosses) + len(others))
        _take_over(network, model.network, here=here, there=shared + others)
    return network


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
