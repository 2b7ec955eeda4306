"""Rests, transitions and fidgets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.streams.fidgets import FIDGETS, hand_shapes
from engine.data.streams.motion import Rest, resting_pose, transition
from engine.features.motion import to_motion
from engine.joints import LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.sources.demo import DemoSource
from engine.sources.prototypes import place_joints
from engine.still_body import STILL_BODY
from engine.types import JointArray, KeypointClip
from tests.engine.signers import sign


def motion_of(clip: KeypointClip, rate: float = 25.0) -> JointArray:
    motion = to_motion(clip, rate=rate)
    assert motion is not None
    return motion


@pytest.mark.parametrize("rest", Rest)
def test_at_rest_hands_keep_their_shape_and_hang_on_the_arm(rest: Rest) -> None:
    raised = motion_of(sign())[20]
    resting = resting_pose(raised, rest)
    shapes = [shown[RIGHT_HAND, :2] - shown[RIGHT_HAND.start, :2] for shown in (raised, resting)]
    assert np.allclose(*shapes, atol=1e-5)
    assert np.allclose(resting[RIGHT_HAND.start, :2], resting[RIGHT_WRIST, :2], atol=1e-5)
    assert resting[RIGHT_WRIST, 1] > 1.2
    assert not resting[LEFT_HAND].any()


def test_arms_hang_alike_wherever_a_body_is_made_up() -> None:
    in_the_lap = resting_pose(STILL_BODY, Rest.LAP)
    assert np.array_equal(resting_pose(in_the_lap, Rest.HANGING), STILL_BODY)
    with DemoSource(signs=1) as demo:
        keypoints = next(iter(demo)).keypoints
    assert keypoints is not None
    assert np.array_equal(keypoints.joints, place_joints(STILL_BODY, keypoints.size))


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
