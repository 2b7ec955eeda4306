"""What is kept of a run, however short: its last weights, averaged."""

import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from engine.training.averaging import averaging


def averaged(values: list[float], *, decay: float) -> float:
    """The average of a single weight that takes these values, a step each."""
    network = nn.Linear(1, 1, bias=False)
    average = AveragedModel(network, multi_avg_fn=averaging(decay))
    for value in values:
        nn.init.constant_(network.weight, value)
        average.update_parameters(network)
    return average.module.weight.item()


@pytest.mark.parametrize("decay", [0.9, 0.99, 0.9999])
def test_a_short_run_forgets_the_weights_that_it_began_with(decay: float) -> None:
    assert averaged([100.0, *[1.0] * 20], decay=decay) == pytest.approx(1.0, abs=0.1)


def test_a_long_run_averages_as_far_back_as_its_decay_says() -> None:
    assert averaged([*[0.0] * 500, 1.0], decay=0.9) == pytest.approx(0.1)
    assert averaged([*[0.0] * 500, *[1.0] * 7], decay=0.9) == pytest.approx(1 - 0.9**7)


def test_without_a_decay_the_last_weights_are_kept() -> None:
    assert averaged([3.0, 2.0, 7.0], decay=0.0) == 7.0


def test_steps_are_counted_on_any_kind_of_number() -> None:
    weights, current = [torch.zeros(2)], [torch.ones(2)]
    averaging(0.5)(weights, current, torch.tensor(1_000))
    assert torch.equal(weights[0], torch.full((2,), 0.5))
