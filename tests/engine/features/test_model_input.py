from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.features.batch import collate
from engine.features.model_input import InputSpec, KeypointBatch, ModelInput, model_input, resample
from engine.joints import (
    BODY,
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.types import NANOSECONDS, KeypointClip
from tests.engine.signers import pose, sign

SPEC = InputSpec(frames=16, rate=20.0)
USUAL = replace(SPEC, own_torso=False)


def whole(clip: KeypointClip) -> KeypointBatch:
    return collate([clip], [(int(clip.times_ns[0]), int(clip.times_ns[-1]))])


def read(clip: KeypointClip, spec: InputSpec = SPEC) -> ModelInput:
    return model_input(whole(clip), spec)


def moved(clip: KeypointClip, *, scale: float = 1.0, shift: tuple[float, float] = (0, 0)) -> KeypointClip:
    joints = clip.joints.copy()
    joints[..., :2] = joints[..., :2] * scale + np.array(shift, np.float32)
    joints[clip.joints[..., 2] == 0] = 0
    return KeypointClip(joints, clip.times_ns, clip.size)


@given(scale=st.floats(0.2, 4.0), x=st.floats(-300, 300), y=st.floats(-300, 300))
def test_neither_distance_nor_place_in_the_picture_matters(scale: float, x: float, y: float) -> None:
    clip = sign()
    near, far = read(clip), read(moved(clip, scale=scale, shift=(x, y)))
    torch.testing.assert_close(near.hands, far.hands, atol=2e-3, rtol=0)
    torch.testing.assert_close(near.body, far.body, atol=2e-3, rtol=0)


def test_missing_parts_are_masked_and_zero() -> None:
    frames = read(sign(rest=0))
    assert frames.hands_present[0, :, 1].all()
    assert not frames.hands_present[0, :, 0].any()
    assert not frames.hands[0, :, 0].any()


def test_without_shoulders_there_is_no_body_but_hands_remain() -> None:
    clip = sign(rest=0)
    joints = clip.joints.copy()
    joints[:, BODY] = 0
    frames = read(KeypointClip(joints, clip.times_ns, clip.size))
    assert not frames.body_present.any()
    assert not frames.body.any()
    assert frames.hands_present[0, :, 1].all()


@given(head=st.floats(-60, 60), elbows=st.floats(-200, 200), tilt=st.floats(0, 20))
def test_with_the_usual_torso_everybodys_head_elbows_and_level_of_shoulders_look_alike(
    head: float, elbows: float, tilt: float
) -> None:
    clip = sign(rest=0)
    joints = clip.joints.copy()
    joints[:, NOSE, 0] += head
    joints[:, [LEFT_ELBOW, RIGHT_ELBOW], :2] += elbows
    frames, other = (read(each, USUAL) for each in (clip, KeypointClip(joints, clip.times_ns, clip.size)))
    for name in ("hands", "places", "body", "body_present"):
        assert torch.equal(getattr(frames, name), getattr(other, name)), name
    joints[:, LEFT_SHOULDER, 1] += tilt
    joints[:, RIGHT_SHOULDER, 1] -= tilt
    tilted = read(KeypointClip(joints, clip.times_ns, clip.size), USUAL)
    assert torch.equal(tilted.body[..., [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER], :], frames.body[..., [0, 1, 2], :])


def test_with_the_usual_torso_hands_are_where_the_signers_own_shoulders_put_them() -> None:
    own, usual = read(sign(rest=0)), read(sign(rest=0), USUAL)
    assert torch.equal(own.places, usual.places)
    wrists = [LEFT_WRIST, RIGHT_WRIST]
    assert torch.equal(own.body[..., wrists, :], usual.body[..., wrists, :])
    assert not usual.body_present[..., [LEFT_ELBOW, RIGHT_ELBOW]].any()
    assert not usual.body[..., [LEFT_ELBOW, RIGHT_ELBOW], :].any()


def test_a_joint_below_the_confidence_floor_counts_as_missing() -> None:
    clip = sign(rest=0)
    joints = clip.joints.copy()
    joints[:, 3, 2] = SPEC.min_confidence - 0.01
    frames = read(KeypointClip(joints, clip.times_ns, clip.size))
    assert not frames.body_present[0, :, 3].any()
    assert frames.body_present[0, :, [0, 1, 2, 4]].all()


def test_a_hand_fills_its_box_by_the_stated_share() -> None:
    hand = read(sign(rest=0)).hands[0, 0, 1]
    extent = (hand.amax(dim=0) - hand.amin(dim=0)).max()
    assert float(extent) == pytest.approx(2 / SPEC.hand_box, abs=1e-3)


@pytest.mark.parametrize("rate", [12.0, 15.0, 25.0, 30.0, 60.0])
def test_cameras_of_any_rate_give_the_same_motion(rate: float) -> None:
    def at(frame_rate: float) -> ModelInput:
        moments = np.arange(0, 0.75 + 1e-9, 1 / frame_rate)
        joints = np.stack([pose(right=0.3 + 0.2 * float(moment)) for moment in moments])
        times = np.round(moments * NANOSECONDS).astype(np.int64)
        return model_input(collate([KeypointClip(joints, times, (640, 480))], [(0, NANOSECONDS * 7 // 10)]), SPEC)

    reference, other = at(20.0), at(rate)
    assert bool((reference.frames_present == other.frames_present).all())
    torch.testing.assert_close(other.body, reference.body, atol=1e-3, rtol=0)
    torch.testing.assert_close(other.hands, reference.hands, atol=1e-3, rtol=0)


def test_a_stretch_longer_than_the_window_is_read_in_its_middle() -> None:
    heights = np.linspace(0.0, 1.0, 51)
    joints = np.stack([pose(right=float(height)) for height in heights])
    clip = KeypointClip(joints, (np.arange(51) * NANOSECONDS // 25).astype(np.int64), (640, 480))
    sampled, present = resample(whole(clip), SPEC)
    assert bool(present.all())
    middle = sampled[0, :, RIGHT_HAND.start, 1].mean()
    assert float(middle) == pytest.approx(float(joints[:, RIGHT_HAND.start, 1].mean()), abs=3.0)


def test_a_hand_that_is_seen_on_one_side_of_a_moment_is_taken_from_there() -> None:
    joints = np.stack([pose(right=0.3), pose()])
    clip = KeypointClip(joints, np.array([0, NANOSECONDS], np.int64), (640, 480))
    sampled, _ = resample(whole(clip), InputSpec(frames=11, rate=10.0))
    seen = sampled[0, :, RIGHT_HAND.start, 2] > 0
    assert seen.tolist() == [True] * 5 + [False] * 6
    on_place = joints[0, RIGHT_HAND, :2]
    assert np.allclose(sampled[0, 0, RIGHT_HAND, :2].numpy(), on_place)


def test_a_clip_is_read_the_same_alone_and_in_a_batch() -> None:
    clips = [sign(shape=shape, raised=20 + 9 * shape) for shape in range(3)]
    spans = [(int(clip.times_ns[0]), int(clip.times_ns[-1])) for clip in clips]
    together = model_input(collate(clips, spans), SPEC)
    for row, clip in enumerate(clips):
        alone = read(clip)
        assert bool((together.hands[row] == alone.hands[0]).all())
        assert bool((together.body[row] == alone.body[0]).all())


def test_left_and_right_keep_their_places() -> None:
    clip = KeypointClip(np.stack([pose(left=0.2), pose(left=0.2)]), np.array([0, 40_000_000], np.int64), (640, 480))
    frames = read(clip)
    assert frames.hands_present[0, 0].tolist() == [True, False]
    assert LEFT_HAND.start < RIGHT_HAND.start
