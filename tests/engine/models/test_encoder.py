from dataclasses import fields, replace

import pytest
import torch

from engine.features.model_input import ModelInput, without_padding
from engine.models.classifier import SignClassifier
from engine.models.config import BASE, SMALL, EncoderConfig, ModelConfig
from engine.models.embedding import PartEmbedding
from tests.engine.models.conftest import SPEC

TINY = EncoderConfig(joint_widths=(8, 8), part_width=16, heads=4, blocks=2, feed_forward=32)


@pytest.fixture
def network() -> SignClassifier:
    torch.manual_seed(0)
    return SignClassifier(ModelConfig(TINY, classes=5, input=SPEC)).eval()


def rows(frames: ModelInput, row: int) -> ModelInput:
    return ModelInput(*(getattr(frames, field.name)[row : row + 1] for field in fields(frames)))


def test_a_clip_gets_the_same_logits_alone_and_in_a_batch(network: SignClassifier, frames: ModelInput) -> None:
    together = network(frames).logits
    for row in range(3):
        torch.testing.assert_close(network(rows(frames, row)).logits[0], together[row], atol=1e-5, rtol=1e-5)


def test_padding_costs_nothing_but_time(network: SignClassifier, frames: ModelInput) -> None:
    short = rows(frames, 0)
    trimmed = without_padding(short)
    assert trimmed.frames_present.shape[1] == int(short.frames_present.sum()) < SPEC.frames
    torch.testing.assert_close(network(trimmed).logits, network(short).logits, atol=1e-5, rtol=1e-5)


def test_what_lies_in_absent_frames_does_not_matter(network: SignClassifier, frames: ModelInput) -> None:
    absent = ~frames.frames_present
    assert absent.any()
    body = frames.body.clone()
    body[absent] = 7.0
    torch.testing.assert_close(network(replace(frames, body=body)).logits, network(frames).logits)


@pytest.mark.parametrize("part", ["hands_present", "body_present"])
def test_a_clip_may_lack_hands_or_body(network: SignClassifier, frames: ModelInput, part: str) -> None:
    lacking = replace(frames, **{part: torch.zeros_like(getattr(frames, part))})
    logits = network(lacking).logits
    assert torch.isfinite(logits).all()
    assert not torch.allclose(logits, network(frames).logits)


def test_a_clip_that_shows_nothing_is_still_finite(network: SignClassifier, frames: ModelInput) -> None:
    nothing = replace(
        frames,
        hands_present=torch.zeros_like(frames.hands_present),
        body_present=torch.zeros_like(frames.body_present),
    )
    assert torch.isfinite(network(nothing).logits).all()


def test_both_hands_go_through_one_network_the_left_one_mirrored(frames: ModelInput) -> None:
    torch.manual_seed(0)
    embedding = PartEmbedding(TINY).eval()
    mirrored = frames.hands.flip(dims=(2,)) * torch.tensor([-1.0, 1.0])
    swapped = replace(frames, hands=mirrored, hands_present=frames.hands_present.flip(dims=(2,)))
    torch.testing.assert_close(embedding(swapped).hands, embedding(frames).hands.flip(dims=(2,)))


def test_the_order_of_frames_matters(network: SignClassifier, frames: ModelInput) -> None:
    one = rows(frames, 2)
    assert one.frames_present.all()
    later_half = torch.arange(SPEC.frames)[:, None] >= SPEC.frames // 2
    one = replace(one, hands_present=one.hands_present & later_half)
    backwards = ModelInput(*(getattr(one, field.name).flip(dims=(1,)) for field in fields(one)))
    assert not torch.allclose(network(one).logits, network(backwards).logits, atol=1e-3)


def test_attention_over_frames_sums_to_one_where_both_parts_are_seen(
    network: SignClassifier, frames: ModelInput
) -> None:
    torch.testing.assert_close(network(frames).attention.sum(dim=1), torch.ones(3))


def test_small_is_small_and_base_has_the_papers_width() -> None:
    small = SignClassifier(ModelConfig(SMALL, classes=2000))
    assert sum(weight.numel() for weight in small.parameters()) * 4 < 16e6
    assert BASE.width == 1536
