"""Personal signs beside a model's own: classes made of a few takes, without training.

Features are looked at from the middle of those that signs have in general: what all signing has in common tells no two
signs apart. A sign's direction is the mean of its takes' features, all of length one. A window's personal logit grows
with the cosine between its features and that direction; its zero is the mean of the model's own logits, which has the
same meaning for every model. One softmax over both makes the probabilities comparable: a personal sign is named only
where it explains a window better than every gloss and the background do.
How the two constants were chosen: docs/EXPERIMENTS.md, "Personal signs".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

SHARPNESS: Final = 30.0
"""What a cosine of one is worth in logits."""
UNALIKE: Final = 0.2
"""The cosine at which a window speaks neither for nor against a personal sign."""
MOST: Final = 1 - 1e-6
"""No sign is more probable, so that a threshold of one lets none pass: rounded, a softmax may be one."""


@dataclass(frozen=True, slots=True)
class KnownSigns:
    """What can be named: a model's glosses, then the personal signs that are not among them.

    Attributes:
        names: of all of them.
        glosses: how many of these are the model's.
        columns: (S,) int64 place in `names` of each personal sign. One whose name the model knows, too, because it was
            taught beside another model, shares the place of the gloss, and their probabilities add up.
        directions: (S, D) of length one, from the middle.
        middle: (D,).
        temperature: by which the classifier's logits are divided, and those of personal signs with them.
    """

    names: tuple[str, ...]
    glosses: int
    columns: Tensor
    directions: Tensor
    middle: Tensor
    temperature: float

    def probabilities(self, logits: Tensor, features: Tensor) -> Tensor:
        """Judge windows by what the classifier says of them.

        Args:
            logits: (B, outputs), calibrated; those beyond the glosses are the background's.
            features: (B, D), of the same windows.

        Returns:
            (B, names); what they lack to one is the background's.
        """
        nearness = _seen_from(self.middle, features) @ self.directions.T
        zero = logits[:, : self.glosses].mean(dim=-1, keepdim=True)
        personal = zero + SHARPNESS * (nearness - UNALIKE) / self.temperature
        shares = torch.softmax(torch.cat([logits, personal], dim=-1), dim=-1)
        of_glosses, of_signs = shares[:, : self.glosses], shares[:, logits.shape[1] :]
        named = functional.pad(of_glosses, (0, len(self.names) - self.glosses))
        # Two shares of one name can add up to a hair more than one.
        return named.index_add(-1, self.columns, of_signs).clamp(max=MOST)


def known_signs(
    glosses: Sequence[str], taught: Sequence[tuple[str, Tensor]], *, middle: Tensor, temperature: float
) -> KnownSigns:
    """Put personal signs beside glosses.

    Args:
        glosses: of the model.
        taught: each sign's name and the features (takes, D) of its takes.
        middle: (D,) mean features of signs in general, on the device where the classifier runs.
        temperature: of the model's calibration.
    """
    names = tuple(dict.fromkeys((*glosses, *(name for name, _ in taught))))
    directions = [functional.normalize(_seen_from(middle, takes).mean(dim=0), dim=-1) for _, takes in taught]
    return KnownSigns(
        names=names,
        glosses=len(glosses),
        columns=torch.tensor([names.index(name) for name, _ in taught], dtype=torch.int64, device=middle.device),
        directions=torch.stack(directions) if directions else middle.new_zeros(0, len(middle)),
        middle=middle,
        temperature=temperature,
    )


def _seen_from(middle: Tensor, features: Tensor) -> Tensor:
    return functional.normalize(features - middle, dim=-1)
