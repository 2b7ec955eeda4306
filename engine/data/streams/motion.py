"""Clips and poses of different signers in one signer's frame, and the way from one pose to another.

A motion is joints (T, 49, 3) float32 at a fixed frame rate: x to the right of the picture and y down, in shoulder
widths from the middle of the shoulders, then confidence. A pose is one frame of it, (49, 3). A missing joint is
(0, 0, 0).
"""

from enum import Enum
from typing import Final

import numpy as np

from engine.features.activity import CONFIDENT, MARGIN_NS, RESTING_HEIGHT, signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, resample
from engine.joints import (
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.types import NANOSECONDS, JointArray, KeypointClip

SHORTEST_SIGN_NS: Final = NANOSECONDS * 3 // 10
"""Where less than this would be left of a sign, approach and retreat stay."""

Place = tuple[float, float]
SIDES: Final = ((1, LEFT_ELBOW, LEFT_WRIST, LEFT_HAND), (-1, RIGHT_ELBOW, RIGHT_WRIST, RIGHT_HAND))
"""The signer's left is on the right of the picture."""


class Rest(Enum):
    """Where hands rest: elbow and wrist of the left side, in shoulder widths; the right side is its mirror image."""

    HANGING = ((0.64, 1.0), (0.6, 1.95))
    LAP = ((0.72, 0.95), (0.22, 1.45))


def to_motion(clip: KeypointClip, *, rate: float, span: tuple[int, int] | None = None) -> JointArray | None:
    """Read a clip, or the stretch `span` (start_ns, end_ns) of it, at `rate`, in one signer's frame.

    A similarity, the same for all frames, brings the median of the shoulders' middle to the origin and their median
    distance to 1. None where the clip never shows both shoulders: there is nothing to measure by.
    """
    shoulders = clip.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER]]
    seen = (shoulders[..., 2] >= CONFIDENT).all(axis=1)
    if not seen.any():
        return None
    middle = np.median(shoulders[seen, :, :2].mean(axis=1), axis=0)
    width = max(float(np.median(np.linalg.norm(shoulders[seen, 0, :2] - shoulders[seen, 1, :2], axis=-1))), 1e-3)
    start_ns, end_ns = span or (int(clip.times_ns[0]), int(clip.times_ns[-1]))
    frames = int((end_ns - start_ns) / NANOSECONDS * rate) + 2
    joints, present = resample(collate([clip], [(start_ns, end_ns)]), InputSpec(frames=frames, rate=rate))
    motion: JointArray = joints[0][present[0]].numpy()
    motion[..., :2] = (motion[..., :2] - middle) / width
    motion[motion[..., 2] == 0] = 0
    return motion


def signed_part(clip: KeypointClip) -> tuple[int, int]:
    """Return the stretch (start_ns, end_ns) of a trimmed clip in which its sign is made, without the way there.

    The hand that is higher decides: the sign is being made from the first to the last moment at which it is nearer to
    the height at which it is held mostly (the median while raised) than to where hands rest. Where that leaves less
    than `SHORTEST_SIGN_NS`, or no hand is seen, it is the stretch with raised hands.
    """
    start_ns, end_ns = signing_span(clip)
    heights = _height_of_higher_hand(clip)
    raised = np.flatnonzero(heights < RESTING_HEIGHT)
    if len(raised):
        halfway = (np.median(heights[raised]) + RESTING_HEIGHT) / 2
        up = clip.times_ns[np.flatnonzero(heights <= halfway)]
        if up[-1] - up[0] >= SHORTEST_SIGN_NS:
            return int(up[0]), int(up[-1])
    return min(start_ns + MARGIN_NS, end_ns), max(end_ns - MARGIN_NS, start_ns)


def _height_of_higher_hand(clip: KeypointClip) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Shoulder widths below the shoulders, (T,); infinite where no hand, or no shoulder, is seen."""
    left, right = clip.joints[:, LEFT_SHOULDER], clip.joints[:, RIGHT_SHOULDER]
    width = np.maximum(np.linalg.norm(left[:, :2] - right[:, :2], axis=1), 1e-3)
    middle = (left[:, 1] + right[:, 1]) / 2
    body = np.minimum(left[:, 2], right[:, 2]) >= CONFIDENT
    heights = np.full(len(clip), np.inf, np.float32)
    for _, _, _, hand in SIDES:
        height = (clip.joints[:, hand.start, 1] - middle) / width
        heights = np.where(body & (clip.joints[:, hand.start, 2] > 0), np.minimum(heights, height), heights)
    return heights


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
