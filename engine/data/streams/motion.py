"""Poses of different signers in one signer's frame, and the way from one pose to another.

Motions are those of `engine.features.motion`; a pose is one frame of such a motion, (49, 3).
"""

from enum import Enum
from typing import Final

import numpy as np

from engine.joints import LEFT_ELBOW, LEFT_HAND, LEFT_WRIST, RIGHT_ELBOW, RIGHT_HAND, RIGHT_WRIST
from engine.still_body import HANGING_ARM
from engine.types import JointArray

Place = tuple[float, float]
SIDES: Final = ((1, LEFT_ELBOW, LEFT_WRIST, LEFT_HAND), (-1, RIGHT_ELBOW, RIGHT_WRIST, RIGHT_HAND))
"""The signer's left is on the right of the picture."""


class Rest(Enum):
    """Where hands rest: elbow and wrist of the left side, in shoulder widths; the right side is its mirror image."""

    HANGING = HANGING_ARM
    LAP = ((0.72, 0.95), (0.22, 1.45))


def resting_pose(pose: JointArray, rest: Rest) -> JointArray:
    """Return a pose with its arms, and its hands in their shape, at rest; what it does not show stays missing."""
    resting = pose.copy()
    (elbow_x, elbow_y), (wrist_x, wrist_y) = rest.value
    for side, elbow, wrist, hand in SIDES:
        if pose[elbow, 2]:
            resting[elbow, :2] = side * elbow_x, elbow_y
        if pose[wrist, 2]:
            resting[wrist, :2] = side * wrist_x, wrist_y
        if pose[hand.start, 2]:
            resting[hand, :2] += np.array((side * wrist_x, wrist_y), np.float32) - pose[hand.start, :2]
    return resting


def transition(start: JointArray, end: JointArray, *, steps: int) -> JointArray:
    """Return the `steps` poses strictly between two, (steps, 49, 3), on a path of minimum jerk.

    A hand or a joint that only one of the poses shows is seen in that pose's half; a hand then hangs on its arm.
    """
    share = (np.arange(1, steps + 1, dtype=np.float32) / np.float32(steps + 1))[:, None, None]
    eased = share**3 * (10 - 15 * share + 6 * share**2)
    seen_start, seen_end = start[:, 2:] > 0, end[:, 2:] > 0
    between = start + eased * (end - start)
    nearer = np.where(share < 0.5, start, end)
    moving: JointArray = np.where(seen_start & seen_end, between, nearer)
    for _, _, wrist, hand in SIDES:
        one_sided = bool(seen_start[hand.start, 0]) != bool(seen_end[hand.start, 0])
        if one_sided and seen_start[wrist, 0] and seen_end[wrist, 0]:
            shown = moving[:, hand.start, 2] > 0
            moving[shown, hand, :2] += (moving[shown, wrist] - nearer[shown, wrist])[:, None, :2]
    return moving
