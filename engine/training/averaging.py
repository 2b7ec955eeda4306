"""The exponential moving average of a network's weights, which is what a run keeps."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


def averaging(decay: float) -> Callable[[Any, Any, Tensor | int], None]:
    """How `torch.optim.swa_utils.AveragedModel` is to average its weights, in place.

    The decay grows to its full value, as (1 + n) / (10 + n) after n steps. With the full value from the first step on,
    a run that is shorter than its memory, as one over a few clips is, would keep little but its first weights.
    """

    @torch.no_grad()
    def average(averaged: Any, current: Any, steps: Tensor | int) -> None:
        count = int(steps)
        grown = min(decay, (1 + count) / (10 + count))
        torch._foreach_lerp_(averaged, current, 1 - grown)

    return average
