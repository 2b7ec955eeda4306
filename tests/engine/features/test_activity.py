import numpy as np
import pytest

from engine.features.activity import RAISING_MARGIN_NS, frame_activity, signing_span
from engine.joints import BODY, JOINTS
from engine.types import NANOSECONDS, Activity
from tests.engine.signers import RAISED, REST, clip_of, pose, sign


@pytest.mark.parametrize(
    ("joints", "expected"),
    [
        (np.zeros((JOINTS, 3), np.float32), Activity.NOBODY),
        (pose(), Activity.NO_HANDS),
        (pose(right=REST), Activity.IDLE),
        (pose(right=RAISED), Activity.SIGNING),
        (pose(left=RAISED, right=REST), Activity.SIGNING),
    ],
)
def test_a_frame_shows(joints: np.ndarray, expected: Activity) -> None:
    assert frame_activity(joints) is expected


def test_a_raised_arm_whose_hand_was_lost_still_signs() -> None:
    joints = pose(right=RAISED)
    joints[28:] = 0
    assert frame_activity(joints) is Activity.SIGNING


def test_a_hand_without_a_body_counts_as_signing() -> None:
    joints = pose(right=RAISED)
    joints[BODY] = 0
    assert frame_activity(joints) is Activity.SIGNING


def test_the_signed_stretch_leaves_out_the_rest_but_for_a_margin() -> None:
    clip = sign(rest=10, raised=30, rate=25.0)
    start, end = signing_span(clip)
    assert start == int(clip.times_ns[10]) - RAISING_MARGIN_NS
    assert end == int(clip.times_ns[39]) + RAISING_MARGIN_NS


def test_a_clip_without_hands_is_kept_whole() -> None:
    clip = clip_of([pose()] * 25)
    assert signing_span(clip) == (0, NANOSECONDS * 24 // 25)
