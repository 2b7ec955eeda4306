"""A clip for whatever knows a frame rate and no times."""

from typing import Final

import numpy as np

from engine.types import NANOSECONDS, JointArray, KeypointClip

USUAL_RATE: Final = 30.0
"""Frames a second of a clip of one frame."""
MOST_REPEATED: Final = 10
"""How many times more frames a clip may become: one of nothing but a gap must not fill the memory."""


def at_constant_rate(clip: KeypointClip) -> tuple[JointArray, float]:
    """Play a clip of one frame at least at its median rate.

    Returns:
        Joints (T, 49, 3), of which each frame is the one of the clip that is nearest in time, and frames a second.
    """
    if len(clip) == 1:
        return clip.joints, USUAL_RATE
    start, end = int(clip.times_ns[0]), int(clip.times_ns[-1])
    period = max(float(np.median(np.diff(clip.times_ns))), (end - start) / (MOST_REPEATED * len(clip)))
    wanted = start + np.arange(round((end - start) / period) + 1) * period
    halfway = (clip.times_ns[1:] + clip.times_ns[:-1]) / 2
    return clip.joints[np.searchsorted(halfway, wanted)], NANOSECONDS / period
