"""A model of a smaller vocabulary, made of one of a larger: what else it knows becomes its background.

To know many signs is the best way to notice that one is none of a few, and the labels of all of them help each.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import torch

from engine.errors import UserFacingError
from engine.models.classifier import SignClassifier
from engine.models.folder import Calibration, TrainedModel

HEADS: Final = ("head.", "place_head.")
"""Weights with one row an output."""


def divided(model: TrainedModel, glosses: Sequence[str]) -> tuple[list[int], list[int]]:
    """Divide the rows of a model's last layers by a vocabulary.

    Returns:
        Those of `glosses`, in their order, without the ones that the model does not know; and all others.
    """
    rows = {gloss: row for row, gloss in enumerate(model.glosses)}
    kept = [rows[gloss] for gloss in glosses if gloss in rows]
    config = model.network.config
    return kept, sorted(set(range(config.classes + config.background)) - set(kept))


def narrowed(model: TrainedModel, glosses: Sequence[str], *, name: str) -> TrainedModel:
    """Return an uncalibrated model of `glosses`, in their order, with all weights of `model`.

    Raises:
        UserFacingError: `model` does not know one of the glosses.
    """
    known = set(model.glosses)
    if strangers := [gloss for gloss in glosses if gloss not in known]:
        raise UserFacingError(
            f"{model.name} does not know {strangers[0]!r} (and {len(strangers) - 1} more): choose a larger model."
        )
    kept, others = divided(model, glosses)
    order = torch.tensor([*kept, *others])
    network = SignClassifier(replace(model.network.config, classes=len(kept), background=len(others)))
    network.load_state_dict(
        {
            weight: values[order] if weight.startswith(HEADS) else values
            for weight, values in model.network.state_dict().items()
        }
    )
    return TrainedModel(name, tuple(glosses), model.input, Calibration(), network.eval())
