"""The changes that stand for other cameras and signers do what their names say, and to what was seen alone."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.robustness import (
    CONDITIONS,
    at_pace,
    at_rate,
    from_below,
    rolled,
    shorter_arms,
    stretched,
    without_hands,
)
from engine.joints import LEFT_ELBOW, LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER, RIGHT_WRIST
from engine.types import NANOSECONDS, KeypointClip

LOST = 6
"""The frame in which the left hand is not found."""


@pytest.fixture
def clip() -> KeypointClip:
    random = np.random.default_rng(3)
    joints = np.ones((60, 49, 3), np.float32)
    joints[..., :2] = random.uniform(100, 400, (60, 49, 2))
    joints[:, LEFT_SHOULDER, :2] = (380, 300)
    joints[:, RIGHT_SHOULDER, :2] = (260, 300)
    joints[LOST, LEFT_HAND] = 0
    return KeypointClip(joints, np.arange(60, dtype=np.int64) * NANOSECONDS // 30, (640, 480))


def random() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("name", [name for name in CONDITIONS if name != "left-handed, not told"])
def test_what_was_not_found_stays_so(clip: KeypointClip, name: str) -> None:
    changed = CONDITIONS[name](clip, random())
    missing = changed.joints[..., 2] == 0
    assert missing.any()
    assert not changed.joints[missing].any()


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_clip_itself_is_left_alone(clip: KeypointClip, name: str) -> None:
    before = clip.joints.copy()
    CONDITIONS[name](clip, random())
    np.testing.assert_array_equal(clip.joints, before)


def test_a_slow_camera_sees_fewer_frames_of_the_same_sign(clip: KeypointClip) -> None:
    slow = at_rate(10)(clip, random())
    assert len(slow) == 20
    assert all(
        later - earlier == pytest.approx(NANOSECONDS / 10, rel=0.01) for earlier, later in pairwise(slow.times_ns)
    )


def test_a_hasty_signer_needs_less_time_for_the_same_frames(clip: KeypointClip) -> None:
    fast = at_pace(2.0)(clip, random())
    assert len(fast) == len(clip)
    assert fast.times_ns[-1] == pytest.approx(clip.times_ns[-1] / 2, rel=1e-6)


def test_a_tilted_camera_keeps_distances_and_turns_the_shoulders(clip: KeypointClip) -> None:
    joints = rolled(10)(clip, random()).joints
    across = joints[0, LEFT_SHOULDER, :2] - joints[0, RIGHT_SHOULDER, :2]
    assert np.linalg.norm(across) == pytest.approx(120, rel=1e-5)
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(10, abs=1e-3)


def test_from_the_side_the_signer_is_narrower_and_as_high(clip: KeypointClip) -> None:
    joints = stretched(across=0.7)(clip, random()).joints
    np.testing.assert_allclose(joints[0, :, 1], clip.joints[0, :, 1], rtol=1e-5)
    assert np.ptp(joints[0, :, 0]) == pytest.approx(0.7 * np.ptp(clip.joints[0, :, 0]), rel=1e-4)


def test_from_below_what_is_higher_is_smaller(clip: KeypointClip) -> None:
    joints = clip.joints.copy()
    joints[:, 0, :2], joints[:, 8, :2] = (360, 180), (360, 420)  # a shoulder width above and below, 40 aside
    low = from_below(0.15)(KeypointClip(joints, clip.times_ns, clip.size), random()).joints
    assert low[0, 0, 0] - 320 == pytest.approx(40 * 0.85, rel=1e-4)
    assert low[0, 8, 0] - 320 == pytest.approx(40 * 1.15, rel=1e-4)


def test_shorter_arms_bring_hands_nearer_at_their_own_size(clip: KeypointClip) -> None:
    before, after = clip.joints[0, RIGHT_HAND, :2], shorter_arms(0.8)(clip, random()).joints[0, RIGHT_HAND, :2]
    np.testing.assert_allclose(after - after[0], before - before[0], atol=1e-3)
    np.testing.assert_allclose(after[0] - (320, 300), 0.8 * (before[0] - (320, 300)), rtol=1e-4)


@pytest.mark.parametrize("joint", [LEFT_ELBOW, RIGHT_WRIST])
def test_shorter_arms_bring_elbows_and_wrists_nearer(clip: KeypointClip, joint: int) -> None:
    before, after = clip.joints[:, joint, :2], shorter_arms(0.8)(clip, random()).joints[:, joint, :2]
    np.testing.assert_allclose(after - (320, 300), 0.8 * (before - (320, 300)), rtol=1e-4, atol=1e-3)


def test_a_share_of_the_hands_is_lost(clip: KeypointClip) -> None:
    joints = without_hands(0.4)(clip, random()).joints
    lost = [(joints[:, hand, 2] == 0).all(axis=1).mean() for hand in (LEFT_HAND, RIGHT_HAND)]
    assert lost == pytest.approx([0.4, 0.4], abs=0.2)
