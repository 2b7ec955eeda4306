import numpy as np

from engine.joints import LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.keypoints.layout import assemble_joints

POSE = np.arange(66, dtype=np.float32).reshape(33, 2) * 10
SEEN = np.full(33, 0.8, np.float32)
HAND = np.random.default_rng(0).uniform(0, 20, (21, 2)).astype(np.float32)


def test_parts_that_were_not_found_are_zero() -> None:
    joints = assemble_joints(pose=None, visibility=None, left_hand=None, right_hand=HAND)
    assert not joints[: RIGHT_HAND.start].any()
    assert (joints[RIGHT_HAND, :2] == HAND).all()
    assert (joints[RIGHT_HAND, 2] == 1).all()


def test_parts_with_numbers_that_are_none_were_not_found() -> None:
    pose, hand = POSE.copy(), HAND.copy()
    pose[20, 0], hand[3, 1] = np.nan, np.inf
    joints = assemble_joints(pose=pose, visibility=SEEN, left_hand=hand, right_hand=HAND)
    assert not joints[: RIGHT_HAND.start].any()
    assert (joints[RIGHT_HAND, :2] == HAND).all()


def test_the_body_is_read_by_mediapipes_numbers() -> None:
    joints = assemble_joints(pose=POSE, visibility=SEEN, left_hand=None, right_hand=None)
    assert (joints[LEFT_WRIST, :2] == POSE[15]).all()
    assert (joints[RIGHT_WRIST, :2] == POSE[16]).all()
    assert (joints[0, :2] == POSE[0]).all()


def test_one_hand_found_by_both_arms_stays_with_the_nearer_wrist() -> None:
    at_right_wrist = HAND - HAND[0] + POSE[16]
    joints = assemble_joints(pose=POSE, visibility=SEEN, left_hand=at_right_wrist + 1, right_hand=at_right_wrist)
    assert not joints[LEFT_HAND].any()
    assert joints[RIGHT_HAND, 2].all()


def test_two_hands_apart_are_both_kept() -> None:
    joints = assemble_joints(
        pose=POSE, visibility=SEEN, left_hand=HAND + POSE[15], right_hand=HAND + POSE[16] + np.float32(200)
    )
    assert joints[LEFT_HAND, 2].all()
    assert joints[RIGHT_HAND, 2].all()
