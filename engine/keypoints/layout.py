"""From MediaPipe Holistic's landmarks to the 49 joints: the one place that decides left and right.

Holistic looks for each hand around the wrist that its pose network found, so a hand is left or right because
it hangs on the signer's left or right arm, not because of its shape or of the picture's halves. Where both
arms meet, both searches can find the same hand; the arm whose wrist is farther away then gives it up.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from engine.joints import BODY, JOINTS, LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST

HOLISTIC_POSE_JOINTS: Final = 33
POSE_TO_BODY: Final = (0, 11, 12, 13, 14, 15, 16)
"""MediaPipe Pose's numbers of the nose, shoulders, elbows and wrists, in the order of `BODY_NAMES`."""

SAME_HAND: Final = 0.25
"""Two hands are one when their joints lie, on average, closer than this share of the hand's extent."""

FloatArray = npt.NDArray[np.float32]


def assemble_joints(
    *,
    pose: FloatArray | None,
    visibility: FloatArray | None,
    left_hand: FloatArray | None,
    right_hand: FloatArray | None,
) -> FloatArray:
    """Put the parts that Holistic found into the order of the 49 joints.

    A part with a number that is not finite counts as not found.

    Args:
        pose: (33, 2) in pixels, or None where nobody was found.
        visibility: (33,) 0..1, given exactly when `pose` is.
        left_hand, right_hand: (21, 2) in pixels, or None where that hand was not found.

    Returns:
        (49, 3) float32: x, y, confidence; joints that were not found are (0, 0, 0).
    """
    joints = np.zeros((JOINTS, 3), np.float32)
    if pose is not None and visibility is not None and np.isfinite(pose).all() and np.isfinite(visibility).all():
        joints[BODY, :2] = pose[list(POSE_TO_BODY)]
        joints[BODY, 2] = visibility[list(POSE_TO_BODY)]
    for part, hand in ((LEFT_HAND, left_hand), (RIGHT_HAND, right_hand)):
        if hand is not None and np.isfinite(hand).all():
            joints[part, :2] = hand
            joints[part, 2] = 1.0
    return _drop_doubled_hand(joints)


def _drop_doubled_hand(joints: FloatArray) -> FloatArray:
    left, right = joints[LEFT_HAND], joints[RIGHT_HAND]
    if not (left[0, 2] and right[0, 2] and joints[0, 2]):
        return joints
    extent = max(float(np.ptp(hand[:, :2], axis=0).max()) for hand in (left, right))
    if float(np.linalg.norm(left[:, :2] - right[:, :2], axis=1).mean()) > SAME_HAND * extent:
        return joints
    reach_left = np.linalg.norm(left[0, :2] - joints[LEFT_WRIST, :2])
    reach_right = np.linalg.norm(right[0, :2] - joints[RIGHT_WRIST, :2])
    joints[LEFT_HAND if reach_left > reach_right else RIGHT_HAND] = 0.0
    return joints
