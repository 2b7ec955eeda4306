import math

import pytest
import torch
from torch.nn import functional

from engine.training.losses.contrast import info_nce
from engine.training.losses.distillation import distillation
from engine.training.losses.motion import motion_loss, motion_residuals
from engine.training.losses.one_signed import one_signed_loss


def test_a_residual_is_where_the_joint_will_be_less_where_it_is() -> None:
    positions = torch.arange(5.0)[None, :, None, None].expand(1, 5, 1, 2) ** 2
    residuals, weights = motion_residuals(positions, torch.ones(1, 5, 1), k=2)
    assert residuals[0, :, 0, 0].tolist() == [4.0, 8.0, 12.0, 0.0, 0.0]
    assert weights[0, :, 0].tolist() == [1.0, 1.0, 1.0, 0.0, 0.0]


def test_a_residual_weighs_as_much_as_both_its_ends_are_sure() -> None:
    confidence = torch.tensor([1.0, 0.5, 0.8, 0.0, 1.0])[None, :, None]
    residuals, weights = motion_residuals(torch.rand(1, 5, 1, 2), confidence, k=1)
    torch.testing.assert_close(weights[0, :, 0], torch.tensor([0.5, 0.4, 0.0, 0.0, 0.0]))
    assert not residuals[0, 2:].any()


def test_the_motion_loss_is_the_weighted_mean_of_squared_errors() -> None:
    predicted, target = torch.zeros(1, 2, 1, 2), torch.tensor([[[[3.0, 4.0]], [[1.0, 0.0]]]])
    assert motion_loss(predicted, target, torch.tensor([[[1.0], [1.0]]])) == 13
    assert motion_loss(predicted, target, torch.tensor([[[1.0], [0.0]]])) == 25
    assert motion_loss(predicted, target, torch.zeros(1, 2, 1)) == 0


def test_parts_weigh_alike_however_many_joints_they_have() -> None:
    predicted, target = torch.zeros(1, 1, 3, 2), torch.tensor([[[[2.0, 0.0], [4.0, 0.0], [4.0, 0.0]]]])
    weights = torch.ones(1, 1, 3)
    assert motion_loss(predicted, target, weights) == 12
    assert motion_loss(predicted, target, weights, parts=(slice(0, 1), slice(1, 3))) == 10


def test_motion_the_other_way_is_learned_by_the_papers_loss_alone() -> None:
    target, weights = torch.full((1, 1, 1, 2), -2.0), torch.ones(1, 1, 1)
    predicted = torch.zeros(1, 1, 1, 2, requires_grad=True)
    one_signed_loss(predicted, target, weights, least=0.1).backward()
    assert predicted.grad is not None
    assert not predicted.grad.any()
    motion_loss(predicted, target, weights).backward()
    assert (predicted.grad > 0).all()


def test_the_one_signed_loss_is_the_weighted_mean_of_what_it_learns() -> None:
    target = torch.tensor([[[[3.0, 0.05], [1.0, 2.0], [-4.0, 0.0]]]])
    weights = torch.tensor([[[1.0, 0.5, 1.0]]])
    assert float(one_signed_loss(torch.zeros(1, 1, 3, 2), target, weights, least=0.1)) == pytest.approx(4.5 / 2)
    parts = (slice(0, 1), slice(1, 3))
    assert float(one_signed_loss(torch.zeros(1, 1, 3, 2), target, weights, least=0.1, parts=parts)) == pytest.approx(
        (3.0 + 1.5) / 2
    )
    assert float(one_signed_loss(torch.full((1, 1, 3, 2), -5.0), target, weights, least=0.1)) == pytest.approx(4.5 / 2)


def test_a_query_that_meets_its_key_alone_costs_nothing() -> None:
    keys = functional.normalize(torch.eye(4)[:2], dim=1)
    strangers = torch.eye(4)[2:]
    assert info_nce(keys, keys, strangers, tau=0.07) < 1e-5
    assert info_nce(keys, keys.flip(0), keys, tau=0.07) > 10
    even = info_nce(torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]]), torch.tensor([[0.0, -1.0]] * 3), tau=1.0)
    assert float(even) == pytest.approx(math.log(4))


def test_distillation_is_zero_for_equal_answers_only() -> None:
    logits = torch.tensor([[2.0, 0.0, -1.0]])
    assert distillation(logits, logits + 3, temperature=2.0) == pytest.approx(0.0, abs=1e-6)
    assert distillation(logits, logits.flip(1), temperature=2.0) > 0.1
