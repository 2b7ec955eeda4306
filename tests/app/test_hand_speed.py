import numpy as np
import pytest

from app.hand_speed import HandSpeed
from engine.joints import JOINTS, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import NANOSECONDS, Keypoints


def pose(index: int, *, hand_x: float | None, rate: int = 25, width: float = 100.0) -> Keypoints:
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[LEFT_SHOULDER] = (300 + width / 2, 200, 1)
    joints[RIGHT_SHOULDER] = (300 - width / 2, 200, 1)
    if hand_x is not None:
        joints[RIGHT_HAND] = (hand_x, 300, 1)
    return Keypoints(joints, index * NANOSECONDS // rate, (640, 480))


@pytest.mark.parametrize("rate", [10, 25, 60])
def test_speed_is_told_in_shoulder_widths_a_second_at_any_rate(rate: int) -> None:
    speed = HandSpeed()
    for index in range(rate):
        left, right = speed.push(pose(index, hand_x=200 * index / rate, rate=rate))

    assert np.isnan(left)
    assert right == pytest.approx(2.0, rel=1e-3)


def test_a_hand_that_was_not_seen_has_no_speed() -> None:
    speed = HandSpeed()
    assert np.isnan(speed.push(pose(0, hand_x=None))).all()
    assert np.isnan(speed.push(pose(1, hand_x=100))).all()


def test_without_shoulders_there_is_no_measure() -> None:
    speed = HandSpeed()
    speed.push(pose(0, hand_x=0, width=0))
    assert np.isnan(speed.push(pose(1, hand_x=50, width=0))).all()


def test_another_stream_begins_anew() -> None:
    speed = HandSpeed()
    speed.push(pose(50, hand_x=0))
    assert np.isnan(speed.push(pose(0, hand_x=500))).all()
