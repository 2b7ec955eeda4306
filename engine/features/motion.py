"""Keypoints as motion: measured in one signer's own size, and cut to where the sign is made.

A motion is joints (T, 49, 3) float32 at a fixed frame rate: x to the right of the picture and y down, in shoulder
widths from the middle of the shoulders, then confidence. A missing joint is (0, 0, 0).
"""

from typing import Final

import numpy as np

from engine.features.activity import CONFIDENT, RAISING_MARGIN_NS, RESTING_HEIGHT, signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, resample
from engine.joints import LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import NANOSECONDS, JointArray, KeypointClip

SHORTEST_SIGN_NS: Final = NANOSECONDS * 3 // 10
"""No sign is made in less: a shorter stretch of a stream is a twitch, and where less would be left of a clip, approach
and retreat stay."""


def to_motion(clip: KeypointClip, *, rate: float, span: tuple[int, int] | None = None) -> JointArray | None:
    """Read a clip, or the stretch `span` (start_ns, end_ns) of it, at `rate`, in one signer's frame.

    A similarity, the same for all frames, brings the median of the shoulders' middle to the origin and their median
    distance to 1. None where the clip never shows both shoulders: there is nothing to measure by.
    """
    shoulders = clip.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER]]
    seen = _both_seen(clip)
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


def shows_shoulders(clip: KeypointClip) -> bool:
    """Whether there is something to measure a clip by: `to_motion` can read it."""
    return bool(_both_seen(clip).any())


def _both_seen(clip: KeypointClip) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    seen: np.ndarray[tuple[int], np.dtype[np.bool_]]
    seen = (clip.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER], 2] >= CONFIDENT).all(axis=1)
    return seen


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
    if end_ns - start_ns <= 2 * RAISING_MARGIN_NS:
        return start_ns, end_ns
    return start_ns + RAISING_MARGIN_NS, end_ns - RAISING_MARGIN_NS


def _height_of_higher_hand(clip: KeypointClip) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Shoulder widths below the shoulders, (T,); infinite where no hand, or no shoulder, is seen."""
    left, right = clip.joints[:, LEFT_SHOULDER], clip.joints[:, RIGHT_SHOULDER]
    width = np.maximum(np.linalg.norm(left[:, :2] - right[:, :2], axis=1), 1e-3)
    middle = (left[:, 1] + right[:, 1]) / 2
    body = np.minimum(left[:, 2], right[:, 2]) >= CONFIDENT
    heights = np.full(len(clip), np.inf, np.float32)
    for hand in (LEFT_HAND, RIGHT_HAND):
        height = (clip.joints[:, hand.start, 1] - middle) / width
        heights = np.where(body & (clip.joints[:, hand.start, 2] > 0), np.minimum(heights, height), heights)
    return heights
