"""Is somebody signing? Judged frame by frame from the keypoints alone, and the stretch of a clip that is signed.

The rule: a hand takes part while its wrist is above the resting height, about the navel. A hand that the
tracker lost for a moment (blur, crossing hands) is replaced by the wrist of the arm.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from engine.joints import LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, NOSE, RIGHT_HAND, RIGHT_SHOULDER, RIGHT_WRIST
from engine.types import NANOSECONDS, Activity, JointArray, KeypointClip

RESTING_HEIGHT: Final = 1.15
"""Shoulder widths below the shoulders' middle at which a hand counts as resting."""
ARM_RESTING_HEIGHT: Final = 0.75
"""The same for a wrist without a hand: stricter, because the pose network guesses wrists it cannot see."""
CONFIDENT: Final = 0.5
RAISING_MARGIN_NS: Final = NANOSECONDS // 10
"""A sign begins a little before the hand is up and ends a little after: kept at both ends."""


def frame_activity(joints: JointArray) -> Activity:
    """Tell what one frame shows: joints (49, 3)."""
    if hands_raised(joints[None])[0]:
        return Activity.SIGNING
    if joints[LEFT_HAND.start, 2] or joints[RIGHT_HAND.start, 2]:
        return Activity.IDLE
    return Activity.NO_HANDS if joints[NOSE, 2] >= CONFIDENT else Activity.NOBODY


def signing_span(clip: KeypointClip) -> tuple[int, int]:
    """Return the stretch (start_ns, end_ns) of a trimmed clip in which a hand takes part.

    The whole clip where no hand ever does.
    """
    first, last = int(clip.times_ns[0]), int(clip.times_ns[-1])
    raised = np.flatnonzero(hands_raised(clip.joints))
    if not len(raised):
        return first, last
    start, end = int(clip.times_ns[raised[0]]), int(clip.times_ns[raised[-1]])
    return max(first, start - RAISING_MARGIN_NS), min(last, end + RAISING_MARGIN_NS)


def hands_raised(joints: JointArray) -> npt.NDArray[np.bool_]:
    """(T, 49, 3) -> (T,): does a hand or, where it was lost, its arm take part?"""
    hands, arms = [LEFT_HAND.start, RIGHT_HAND.start], [LEFT_WRIST, RIGHT_WRIST]
    body = shoulders_seen(joints)[:, None]
    hands_seen, arms_seen = joints[:, hands, 2] > 0, joints[:, arms, 2] >= CONFIDENT
    hands_up = heights(joints, hands) < RESTING_HEIGHT
    arms_up = heights(joints, arms) < ARM_RESTING_HEIGHT
    # Without a body there is no height to compare with: a hand in view has to do.
    raised: npt.NDArray[np.bool_] = np.where(hands_seen, hands_up | ~body, arms_seen & arms_up & body).any(axis=1)
    return raised


def shoulders_seen(joints: JointArray) -> npt.NDArray[np.bool_]:
    """(T, 49, 3) -> (T,): are both shoulders where they seem to be?"""
    seen: npt.NDArray[np.bool_] = (joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER], 2] >= CONFIDENT).all(axis=1)
    return seen


def heights(joints: JointArray, which: list[int]) -> npt.NDArray[np.float32]:
    """(T, 49, 3) -> (T, which): how far below the shoulders' middle some joints are, in shoulder widths.

    They mean nothing where a shoulder is not seen.
    """
    left, right = joints[:, LEFT_SHOULDER], joints[:, RIGHT_SHOULDER]
    width = np.maximum(np.linalg.norm(left[:, :2] - right[:, :2], axis=1), 1e-3)
    middle = (left[:, 1] + right[:, 1]) / 2
    below: npt.NDArray[np.float32] = (joints[:, which, 1] - middle[:, None]) / width[:, None]
    return below
