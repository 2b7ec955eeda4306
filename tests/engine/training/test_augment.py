import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Final

import pytest
import torch
from torch import Tensor

from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, KeypointBatch, model_input
from engine.joints import (
    BODY,
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.training.augment import Augmentation, Augmenter
from tests.engine.signers import SHOULDERS, WIDTH, sign

OFF = Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)})
TRUNK = [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]
ARMS = slice(LEFT_ELBOW, RIGHT_WRIST + 1)


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
    other = model_input(augmented(replace(OFF, mirror=1.0)), spec)
    assert torch.equal(other.hands_present, plain.hands_present.flip(dims=(2,)))
    reflection = torch.tensor([-1.0, 1.0])
    torch.testing.assert_close(other.hands[:, :, 0], plain.hands[:, :, 1] * reflection, atol=1e-4, rtol=0)
    torch.testing.assert_close(other.body[:, :, 0], plain.body[:, :, 0] * reflection, atol=1e-4, rtol=0)


def test_longer_arms_carry_hands_elsewhere_and_leave_their_shape_alone() -> None:
    spec = InputSpec(frames=16, rate=12.0)
    reaching = replace(OFF, reach_scale=0.5, reach_shift=0.3)
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
    lost = augmented(replace(OFF, **{strength: 1.0}))
    confidence = lost.joints[:, :, part, 2]
    seen = confidence > 0
    assert (seen.all(dim=-1) | ~seen.any(dim=-1)).all()
    assert seen.sum() < (batch().joints[:, :, part, 2] > 0).sum()
    assert not lost.joints[:, :, LEFT_HAND].any()


def test_a_lost_hand_that_came_without_a_body_may_leave_its_wrist() -> None:
    hands = batch()
    hands.joints[:, :, [RIGHT_ELBOW, RIGHT_WRIST]] = 0
    for kept in (0.0, 1.0):
        torch.manual_seed(0)
        after = Augmenter(replace(OFF, hand_loss=1.0, wrist_kept=kept))(hands)
        lost = (hands.joints[:, :, RIGHT_HAND.start, 2] > 0) & (after.joints[:, :, RIGHT_HAND.start, 2] == 0)
        assert lost.any()
        assert torch.equal(after.joints[:, :, RIGHT_WRIST, 2] > 0, lost & bool(kept))
        there = hands.joints[:, :, RIGHT_HAND.start, :2] * kept
        torch.testing.assert_close(after.joints[:, :, RIGHT_WRIST, :2][lost], there[lost], atol=1e-3, rtol=0)
        assert not hands.joints[:, :, RIGHT_WRIST].any()


HAND_SEEN: Final = slice(10, 40)
PROBABILITIES: Final = ("mirror", "hand_loss", "frame_loss", "body_loss")
CHANGES: Final = {
    "mirror": {"arms", "left hand found", "right hand lost"},
    "view_rotation": {"trunk", "arms", "right hand"},
    "view_scale": {"trunk", "arms", "right hand"},
    "view_shear": {"trunk", "arms", "right hand"},
    "hand_rotation": {"right hand"},
    "hand_scale": {"right hand"},
    "reach_scale": {"arms", "right hand"},
    "reach_shift": {"arms", "right hand"},
    "arm_shift": {"trunk", "arms"},
    "noise": {"trunk", "arms", "right hand"},
    "speed": {"times", "start", "end"},
    "pace_change": {"times", "start", "end"},
    "edge_seconds": {"start", "end"},
    "hand_loss": {"right hand lost"},
    "frame_loss": {"right hand lost"},
    "wrist_kept": set(),  # of lost hands alone
    "body_loss": {"trunk lost", "arms lost"},
}
"""What each strength changes of signers who show their right hands alone."""


def changes(before: KeypointBatch, after: KeypointBatch) -> set[str]:
    found = set()
    for name, part in (("trunk", TRUNK), ("arms", ARMS), ("left hand", LEFT_HAND), ("right hand", RIGHT_HAND)):
        was, now = before.joints[:, :, part], after.joints[:, :, part]
        seen, shown = was[..., 2] > 0, now[..., 2] > 0
        moved = (now - was).abs().amax(dim=-1) > 0.01
        found |= {name} if (moved & seen & shown).any() else set()
        found |= {f"{name} lost"} if (seen & ~shown).any() else set()
        found |= {f"{name} found"} if (shown & ~seen).any() else set()
    for name in ("times", "start", "end"):
        found |= set() if torch.allclose(getattr(after, name), getattr(before, name)) else {name}
    return found


@pytest.mark.parametrize("strength", [field.name for field in fields(Augmentation)])
def test_each_strength_alone_changes_what_it_is_of_and_nothing_else(strength: str) -> None:
    much = 1.0 if strength in PROBABILITIES else max(0.3, getattr(Augmentation(), strength))
    assert changes(batch(), augmented(replace(OFF, **{strength: much}))) == CHANGES[strength]


def shown_alike(count: int) -> KeypointBatch:
    """Clips of one length, whose signers show the right hand in the frames `HAND_SEEN`."""
    clips = [sign(shape=shape, rest=HAND_SEEN.start, raised=30) for shape in range(count)]
    return collate(clips, [signing_span(clip) for clip in clips])


@pytest.mark.parametrize("strength", PROBABILITIES)
def test_a_probability_is_a_share_of_the_clips(strength: str) -> None:
    torch.manual_seed(0)
    before = shown_alike(64)
    after = Augmenter(replace(OFF, **{strength: 0.4}))(before)
    changed = ((after.joints - before.joints).abs() > 0.01).flatten(1).any(dim=1)
    assert 0.2 < changed.float().mean() < 0.55


def about_shoulders(batch: KeypointBatch) -> Tensor:
    return batch.joints[:, :, BODY, :2] - torch.tensor(SHOULDERS, dtype=torch.float32)


def about_hand(batch: KeypointBatch) -> Tensor:
    hand = batch.joints[:, HAND_SEEN, RIGHT_HAND, :2]
    return hand - hand.mean(dim=2, keepdim=True)


def turned(before: Tensor, after: Tensor) -> Tensor:
    """Degrees; nothing but the direction may have changed."""
    torch.testing.assert_close(after.norm(dim=-1), before.norm(dim=-1), atol=0.01, rtol=0)
    told = before.norm(dim=-1) > 1
    angle = torch.atan2(after[..., 1], after[..., 0]) - torch.atan2(before[..., 1], before[..., 0])
    return torch.rad2deg(torch.remainder(angle + torch.pi, 2 * torch.pi) - torch.pi)[told]


def scaled(before: Tensor, after: Tensor) -> Tensor:
    """By which share something is larger, or was."""
    told = before.abs() > 1
    share = after[told] / before[told]
    return torch.maximum(share, 1 / share) - 1


def sheared(before: Tensor, after: Tensor) -> Tensor:
    torch.testing.assert_close(after[..., 0], before[..., 0])
    told = before[..., 0].abs() > 1
    return ((after - before)[..., 1] / before[..., 0])[told]


def steady(change: Tensor) -> Tensor:
    """A change that all frames share."""
    torch.testing.assert_close(change, change[:, :1].expand_as(change), atol=1e-4, rtol=0)
    return change


def unsteady(change: Tensor) -> Tensor:
    assert (change.std(dim=1) > 0).all()
    return change


def noisy(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    """Of a body the way in shoulder widths; of a hand, whose noise is even, its deviation in shares of the extent."""
    of_body = unsteady(about_shoulders(after) - about_shoulders(before)) / WIDTH
    was, now = (each.joints[:, HAND_SEEN, RIGHT_HAND, :2] for each in (before, after))
    extent = (was.amax(dim=2, keepdim=True) - was.amin(dim=2, keepdim=True)).amax(dim=-1, keepdim=True)
    of_hand = unsteady(now - was) / extent / math.sqrt(3)
    return torch.cat([of_body.flatten(), of_hand.flatten()])


def faster(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    pace = after.times[:, 1:] / before.times[:, 1:]
    torch.testing.assert_close(pace, pace[:1, :1].expand_as(pace))
    torch.testing.assert_close(after.start / before.start, pace[:, 0])
    torch.testing.assert_close(after.end / before.end, pace[:, 0])
    return torch.maximum(pace, 1 / pace) - 1


def uneven(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    torch.testing.assert_close(after.times[:, -1], before.times[:, -1])
    return after.times.diff(dim=1) / before.times.diff(dim=1) - 1


def other_edges(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    return torch.cat([after.start - before.start, after.end - before.end])


def without_hand(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    """Where the hand is lost: (B, F) of the frames that showed it."""
    seen, shown = (each.joints[:, HAND_SEEN, RIGHT_HAND.start, 2] > 0 for each in (before, after))
    return seen & ~shown


def lost_for_a_while(before: KeypointBatch, after: KeypointBatch) -> Tensor:
    """The share of half a clip for which a hand is lost, once."""
    lost = without_hand(before, after)
    assert (lost.int().diff(dim=1).abs().sum(dim=1) <= 2).all()
    return lost.sum(dim=1) / (0.5 * before.times.shape[1])


@pytest.mark.parametrize(
    ("strength", "much", "measure"),
    [
        ("view_rotation", 20.0, lambda *pair: turned(*map(about_shoulders, pair))),
        ("view_scale", 0.3, lambda *pair: scaled(*map(about_shoulders, pair))),
        ("view_shear", 0.3, lambda *pair: sheared(*map(about_shoulders, pair))),
        ("hand_rotation", 20.0, lambda *pair: turned(*map(about_hand, pair))),
        ("hand_scale", 0.3, lambda *pair: scaled(*map(about_hand, pair))),
        ("reach_scale", 0.3, lambda *pair: scaled(*(about_shoulders(each)[:, :, ARMS] for each in pair))),
        ("reach_shift", 0.3, lambda *pair: steady(about_shoulders(pair[1]) - about_shoulders(pair[0])) / WIDTH),
        ("arm_shift", 0.1, lambda *pair: steady(about_shoulders(pair[1]) - about_shoulders(pair[0])) / WIDTH),
        ("noise", 0.05, noisy),
        ("speed", 0.5, faster),
        ("pace_change", 0.5, uneven),
        ("edge_seconds", 0.2, other_edges),
        ("hand_loss", 1.0, lost_for_a_while),
    ],
)  # fmt: skip
def test_a_strength_is_a_bound_that_is_made_use_of(
    strength: str, much: float, measure: Callable[[KeypointBatch, KeypointBatch], Tensor]
) -> None:
    before = shown_alike(8)
    augment = Augmenter(replace(OFF, **{strength: much}))
    torch.manual_seed(0)
    most = max(float(measure(before, augment(before)).abs().max()) for _ in range(4))
    assert 0.4 * much < most < 1.001 * much


def test_frames_are_lost_here_and_there_and_up_to_half_of_them() -> None:
    torch.manual_seed(0)
    before = shown_alike(64)
    lost = without_hand(before, Augmenter(replace(OFF, frame_loss=1.0))(before))
    assert lost.float().mean() == pytest.approx(0.25, abs=0.05)
    assert lost.float().mean(dim=1).std() > 0.1
    assert lost.int().diff(dim=1).abs().sum(dim=1).float().mean() > 4
