from dataclasses import fields

import pytest
import torch

from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, KeypointBatch, model_input
from engine.joints import BODY, LEFT_HAND, RIGHT_ELBOW, RIGHT_HAND, RIGHT_WRIST
from engine.training.augment import Augmentation, Augmenter
from tests.engine.signers import sign

OFF = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})


def batch() -> KeypointBatch:
    clips = [sign(shape=shape, raised=20 + 5 * shape) for shape in range(4)]
    return collate(clips, [signing_span(clip) for clip in clips])


def augmented(strengths: Augmentation, seed: int = 0) -> KeypointBatch:
    torch.manual_seed(seed)
    return Augmenter(strengths)(batch())


def test_without_strengths_nothing_changes() -> None:
    before, after = batch(), augmented(OFF)
    torch.testing.assert_close(after.joints, before.joints, atol=1e-3, rtol=0)
    torch.testing.assert_close(after.times, before.times)
    torch.testing.assert_close(after.end, before.end)


def test_a_seed_repeats_the_draw_and_the_input_is_left_alone() -> None:
    one, same, other = augmented(Augmentation()), augmented(Augmentation()), augmented(Augmentation(), seed=1)
    assert torch.equal(one.joints, same.joints)
    assert not torch.equal(one.joints, other.joints)


def test_missing_joints_stay_missing_and_times_stay_in_order() -> None:
    before, after = batch(), augmented(Augmentation(mirror=0.0))
    assert not after.joints[..., 2][before.joints[..., 2] == 0].any()
    assert (after.times.diff(dim=1) >= 0).all()
    assert (after.start <= after.end).all()


def test_a_mirrored_signer_signs_with_the_other_hand() -> None:
    spec = InputSpec(frames=16, rate=12.0)
    plain = model_input(batch(), spec)
    other = model_input(augmented(Augmentation(**{**{f.name: 0.0 for f in fields(OFF)}, "mirror": 1.0})), spec)
    assert torch.equal(other.hands_present, plain.hands_present.flip(dims=(2,)))
    reflection = torch.tensor([-1.0, 1.0])
    torch.testing.assert_close(other.hands[:, :, 0], plain.hands[:, :, 1] * reflection, atol=1e-4, rtol=0)
    torch.testing.assert_close(other.body[:, :, 0], plain.body[:, :, 0] * reflection, atol=1e-4, rtol=0)


def test_longer_arms_carry_hands_elsewhere_and_leave_their_shape_alone() -> None:
    spec = InputSpec(frames=16, rate=12.0)
    reaching = Augmentation(**{**{f.name: 0.0 for f in fields(OFF)}, "reach_scale": 0.5, "reach_shift": 0.3})
    plain, other = model_input(batch(), spec), model_input(augmented(reaching), spec)
    torch.testing.assert_close(other.hands, plain.hands, atol=1e-3, rtol=0)
    trunk, wrist = slice(0, 3), RIGHT_WRIST
    torch.testing.assert_close(other.body[:, :, trunk], plain.body[:, :, trunk], atol=1e-4, rtol=0)
    way = (other.body - plain.body)[:, :, wrist].norm(dim=-1)
    assert (way.amax(dim=1) > 0.02).all()


@pytest.mark.parametrize(
    ("strength", "part"),
    [("body_loss", BODY), ("hand_loss", RIGHT_HAND), ("frame_loss", RIGHT_HAND)],
)
def test_losses_take_whole_parts(strength: str, part: slice) -> None:
    lost = augmented(Augmentation(**{**{f.name: 0.0 for f in fields(OFF)}, strength: 1.0}))
    confidence = lost.joints[:, :, part, 2]
    seen = confidence > 0
    assert (seen.all(dim=-1) | ~seen.any(dim=-1)).all()
    assert seen.sum() < (batch().joints[:, :, part, 2] > 0).sum()
    assert not lost.joints[:, :, LEFT_HAND].any()


def test_a_lost_hand_that_came_without_a_body_may_leave_its_wrist() -> None:
    strengths = {**{f.name: 0.0 for f in fields(OFF)}, "hand_loss": 1.0}
    hands = batch()
    hands.joints[:, :, [RIGHT_ELBOW, RIGHT_WRIST]] = 0
    for kept in (0.0, 1.0):
        torch.manual_seed(0)
        after = Augmenter(Augmentation(**{**strengths, "wrist_kept": kept}))(hands)
        lost = (hands.joints[:, :, RIGHT_HAND.start, 2] > 0) & (after.joints[:, :, RIGHT_HAND.start, 2] == 0)
        assert lost.any()
        assert torch.equal(after.joints[:, :, RIGHT_WRIST, 2] > 0, lost & bool(kept))
        there = hands.joints[:, :, RIGHT_HAND.start, :2] * kept
        torch.testing.assert_close(after.joints[:, :, RIGHT_WRIST, :2][lost], there[lost], atol=1e-3, rtol=0)
        assert not hands.joints[:, :, RIGHT_WRIST].any()
