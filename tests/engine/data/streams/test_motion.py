"""One signer's frame, the part of a clip that is signed, rests and transitions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.streams.fidgets import FIDGETS, STILL_BODY, hand_shapes
from engine.data.streams.motion import Rest, resting_pose, signed_part, to_motion, transition
from engine.joints import LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, RIGHT_HAND, RIGHT_SHOULDER, RIGHT_WRIST
from engine.types import NANOSECONDS, JointArray, KeypointClip
from tests.engine.signers import RAISED, REST, clip_of, pose, sign


def motion_of(clip: KeypointClip, rate: float = 25.0) -> JointArray:
    motion = to_motion(clip, rate=rate)
    assert motion is not None
    return motion


@given(st.floats(0.3, 4), st.floats(-200, 200), st.floats(-200, 200))
def test_size_and_place_of_a_signer_do_not_matter(scale: float, x: float, y: float) -> None:
    clip = sign()
    moved = clip.joints.copy()
    moved[..., :2] = moved[..., :2] * scale + (x, y)
    moved[clip.joints[..., 2] == 0] = 0
    assert np.allclose(motion_of(replace(clip, joints=moved)), motion_of(clip), atol=2e-3)


def test_shoulders_are_one_apart_and_missing_joints_stay_missing() -> None:
    clip = sign()
    motion = motion_of(clip)
    assert np.allclose(motion[:, LEFT_SHOULDER, :2], (0.5, 0), atol=1e-4)
    assert np.allclose(motion[:, RIGHT_SHOULDER, :2], (-0.5, 0), atol=1e-4)
    assert not motion[:, LEFT_HAND].any()
    assert len(motion) == len(clip)


def test_another_rate_keeps_the_duration() -> None:
    assert len(motion_of(sign(), rate=50.0)) == pytest.approx(2 * len(sign()), abs=1)


def test_without_shoulders_there_is_no_measure() -> None:
    clip = sign()
    joints = clip.joints.copy()
    joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER]] = 0
    assert to_motion(replace(clip, joints=joints), rate=25.0) is None


def test_the_signed_part_leaves_out_the_way_up_and_down() -> None:
    ways = [pose(right=float(height)) for height in np.linspace(REST, RAISED, 11)]
    clip = clip_of([pose()] * 10 + ways + [pose(right=RAISED)] * 25 + ways[::-1] + [pose()] * 10)
    start, end = (moment / NANOSECONDS * 25 for moment in signed_part(clip))
    halfway = 3  # frames before the hand is at its place, of the eleven on its way
    assert start == pytest.approx(21 - halfway, abs=1.5)
    assert end == pytest.approx(46 + halfway, abs=1.5)


def test_a_clip_without_raised_hands_is_signed_throughout() -> None:
    clip = clip_of([pose()] * 20)
    start, end = signed_part(clip)
    assert 0 <= start < end <= clip.times_ns[-1]
    assert end - start > 0.5 * NANOSECONDS


@pytest.mark.parametrize("rest", Rest)
def test_at_rest_hands_keep_their_shape_and_hang_on_the_arm(rest: Rest) -> None:
    raised = motion_of(sign())[20]
    resting = resting_pose(raised, rest)
    shapes = [shown[RIGHT_HAND, :2] - shown[RIGHT_HAND.start, :2] for shown in (raised, resting)]
    assert np.allclose(*shapes, atol=1e-5)
    assert np.allclose(resting[RIGHT_HAND.start, :2], resting[RIGHT_WRIST, :2], atol=1e-5)
    assert resting[RIGHT_WRIST, 1] > 1.2
    assert not resting[LEFT_HAND].any()


@given(st.integers(1, 20))
def test_a_transition_lies_between_its_ends_and_starts_and_stops_gently(steps: int) -> None:
    start, end = (motion_of(sign(shape=shape))[20] for shape in (1, 1))
    end = end.copy()
    end[RIGHT_WRIST, :2] += 1
    way = transition(start, end, steps=steps)
    path = np.concatenate([start[None], way, end[None]])[:, RIGHT_WRIST, 0]
    pace = np.diff(path)
    assert len(way) == steps
    assert (pace >= 0).all()
    assert pace[0] <= pace.max() + 1e-6
    assert pace[-1] == pytest.approx(pace[0], abs=1e-4)


def test_a_hand_that_one_end_shows_is_there_in_its_half_and_hangs_on_the_arm() -> None:
    start = motion_of(sign())[20]
    end = resting_pose(start, Rest.HANGING)
    end[RIGHT_HAND] = 0
    way = transition(start, end, steps=9)
    shown = way[:, RIGHT_HAND.start, 2] > 0
    assert shown[:4].all()
    assert not shown[5:].any()
    assert np.allclose(way[shown, RIGHT_HAND.start, :2], way[shown, RIGHT_WRIST, :2], atol=1e-4)


@pytest.mark.parametrize("name", FIDGETS)
@pytest.mark.parametrize("side", [1, -1])
def test_a_fidget_moves_a_real_hand_on_its_own_side(name: str, side: int) -> None:
    (_, hand), *_ = hand_shapes(motion_of(sign(shape=3)))
    motion = FIDGETS[name](hand, side, np.random.default_rng(0), 25.0)
    wrist, part = (LEFT_WRIST, LEFT_HAND) if side > 0 else (RIGHT_WRIST, RIGHT_HAND)
    assert len(motion) > 10
    assert np.ptp(motion[:, wrist, :2], axis=0).max() > 0.01
    assert np.allclose(motion[:, part.start, :2], motion[:, wrist, :2], atol=1e-5)
    shapes = np.abs(motion[:, part, :2] - motion[:, part.start, None, :2])
    assert np.allclose(shapes, np.abs(hand[:, :2]), atol=1e-4)
    assert np.sign(motion[0, wrist, 0]) == side


def test_nobody_fidgets_without_a_hand() -> None:
    assert hand_shapes(STILL_BODY[None]) == []
