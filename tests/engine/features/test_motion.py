"""Clips in one signer's frame, and the part of a clip that is signed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.features.motion import signed_part, to_motion
from engine.joints import LEFT_HAND, LEFT_SHOULDER, RIGHT_SHOULDER
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


@given(st.integers(1, 30), st.lists(st.booleans(), min_size=30, max_size=30))
def test_the_signed_part_never_ends_before_it_begins(frames: int, raised: list[bool]) -> None:
    clip = clip_of([pose(right=RAISED if up else REST) for up in raised[:frames]])
    start, end = signed_part(clip)
    assert clip.times_ns[0] <= start <= end <= clip.times_ns[-1]
