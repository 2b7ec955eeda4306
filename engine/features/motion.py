"""Keypoints as motion: measured in one signer's own size, and cut to where the sign is made.

A motion is joints (T, 49, 3) float32 at a fixed frame rate: x to the right of the picture and y down, in shoulder
widths from the middle of the shoulders, then confidence. A missing joint is (0, 0, 0).
"""

from typing import Final

import numpy as np

from engine.features.activity import RAISING_MARGIN_NS, RESTING_HEIGHT, heights, shoulders_seen, signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, resample
from engine.joints import LEFT_HAND, LEFT_SHOULDER, MIRRORED, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import NANOSECONDS, JointArray, KeypointClip

SHORTEST_SIGN_NS: Final = NANOSECONDS * 3 // 10
"""No sign is made in less: a shorter stretch of a stream is a twitch, and where less would be left of a clip, approach
and retreat stay."""
CLEAR_LEAD: Final = 3
"""Frames by which one hand must outlast the other to be the dominant one."""


def to_motion(clip: KeypointClip, *, rate: float, span: tuple[int, int] | None = None) -> JointArray | None:
    """Read a clip, or the stretch `span` (start_ns, end_ns) of it, at `rate`, in one signer's frame.

    A similarity, the same for all frames, brings the median of the shoulders' middle to the origin and their median
    distance to 1. None where the clip never shows both shoulders: there is nothing to measure by.
    """
    seen = shoulders_seen(clip.joints)
    if not seen.any():
        return None
    start_ns, end_ns = span or (int(clip.times_ns[0]), int(clip.times_ns[-1]))
    frames = int((end_ns - start_ns) / NANOSECONDS * rate) + 2
    joints, present = resample(collate([clip], [(start_ns, end_ns)]), InputSpec(frames=frames, rate=rate))
    return _in_shoulder_widths(joints[0][present[0]].numpy(), of=clip.joints[seen])


def _in_shoulder_widths(joints: JointArray, *, of: JointArray) -> JointArray:
    """Change joints (..., 49, 3) to what the signer's own size is, and return them.

    The median of the shoulders' middle in the frames `of` (T, 49, 3), which show both of them, becomes the origin, and
    the median of their distance becomes 1; a missing joint becomes (0, 0, 0).
    """
    left, right = of[:, LEFT_SHOULDER, :2], of[:, RIGHT_SHOULDER, :2]
    middle = np.median((left + right) / 2, axis=0)
    width = max(float(np.median(np.linalg.norm(left - right, axis=-1))), 1e-3)
    joints[..., :2] = (joints[..., :2] - middle) / width
    joints[joints[..., 2] == 0] = 0
    return joints


def mirrored_motion(motion: JointArray) -> JointArray:
    """What the same sign is in a mirror: the other hand makes it, on the other side."""
    mirrored: JointArray = motion[:, list(MIRRORED)]
    mirrored[..., 0] *= -1
    return mirrored


def lead_of_right_hand(motion: JointArray) -> int:
    """By how many frames more the right hand is seen than the left one; negative where it is seen less."""
    right, left = ((motion[:, hand.start, 2] > 0).sum() for hand in (RIGHT_HAND, LEFT_HAND))
    return int(right) - int(left)


def shows_shoulders(clip: KeypointClip) -> bool:
    """Whether there is something to measure a clip by: `to_motion` can read it."""
    return bool(shoulders_seen(clip.joints).any())


def signed_part(clip: KeypointClip) -> tuple[int, int]:
    """Return the stretch (start_ns, end_ns) of a trimmed clip in which its sign is made, without the way there.

    The hand that is higher decides: the sign is being made from the first to the last moment at which it is nearer to
    the height at which it is held mostly (the median while raised) than to where hands rest. Where that leaves less
    than `SHORTEST_SIGN_NS`, or no hand is seen, it is the stretch with raised hands.
    """
    start_ns, end_ns = signing_span(clip)
    higher = _height_of_higher_hand(clip)
    raised = np.flatnonzero(higher < RESTING_HEIGHT)
    if len(raised):
        halfway = (np.median(higher[raised]) + RESTING_HEIGHT) / 2
        up = clip.times_ns[np.flatnonzero(higher <= halfway)]
        if up[-1] - up[0] >= SHORTEST_SIGN_NS:
            return int(up[0]), int(up[-1])
    if end_ns - start_ns <= 2 * RAISING_MARGIN_NS:
        return start_ns, end_ns
    return start_ns + RAISING_MARGIN_NS, end_ns - RAISING_MARGIN_NS


def _height_of_higher_hand(clip: KeypointClip) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Shoulder widths below the shoulders, (T,); infinite where no hand, or no shoulder, is seen."""
    hands = [LEFT_HAND.start, RIGHT_HAND.start]
    seen = (clip.joints[:, hands, 2] > 0) & shoulders_seen(clip.joints)[:, None]
    below = np.where(seen, heights(clip.joints, hands), np.inf)
    higher: np.ndarray[tuple[int], np.dtype[np.float32]] = below.min(axis=1)
    return higher
