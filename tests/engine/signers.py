"""Synthetic signers for tests: simple bodies with moving hands, in pixels."""

import numpy as np

from engine.joints import BODY, JOINTS, LEFT_HAND, RIGHT_HAND
from engine.types import NANOSECONDS, JointArray, KeypointClip

SIZE = (640, 480)
SHOULDERS = np.array([320.0, 200.0])
WIDTH = 120.0
REST, RAISED = 1.9, 0.3
"""Heights of a wrist below the shoulders, in shoulder widths."""


def pose(*, right: float | None = None, left: float | None = None, shape: int = 0) -> JointArray:
    """One frame: a body and hands at the given heights; None for a hand that is not seen.

    `shape` opens the fingers differently, so that signs can be told apart.
    """
    joints = np.zeros((JOINTS, 3), np.float32)
    body = np.array([(0, -0.7), (0.5, 0), (-0.5, 0), (0.7, 1), (-0.7, 1), (0.5, 1.9), (-0.5, 1.9)])
    for wrist, height in ((5, left), (6, right)):
        if height is not None:
            body[wrist, 1] = height
    joints[BODY, :2] = SHOULDERS + WIDTH * body
    joints[BODY, 2] = 0.9
    random = np.random.default_rng(shape)
    fingers = random.uniform(-0.2, 0.2, (21, 2))
    fingers[0] = 0
    for part, height, side in ((LEFT_HAND, left, 0.5), (RIGHT_HAND, right, -0.5)):
        if height is not None:
            mirror = (-1, 1) if part == LEFT_HAND else (1, 1)
            joints[part, :2] = SHOULDERS + WIDTH * (np.array([side, height]) + fingers * mirror)
            joints[part, 2] = 1
    return joints


def clip_of(frames: list[JointArray], *, rate: float = 25.0, start_s: float = 0.0) -> KeypointClip:
    """Frames one after the other at `rate`."""
    times = np.round((start_s + np.arange(len(frames)) / rate) * NANOSECONDS).astype(np.int64)
    return KeypointClip(joints=np.stack(frames).astype(np.float32), times_ns=times, size=SIZE)


def sign(*, shape: int = 0, rest: int = 10, raised: int = 30, rate: float = 25.0, start_s: float = 0.0) -> KeypointClip:
    """The right hand comes up from below the picture, sways, and goes again."""
    sway = 0.2 * np.sin(np.arange(raised) / 4 + shape)
    frames = [pose()] * rest + [pose(right=RAISED + float(y), shape=shape) for y in sway] + [pose()] * rest
    return clip_of(frames, rate=rate, start_s=start_s)
