"""From keypoint clips to a padded batch."""

from collections.abc import Sequence

import numpy as np
import torch

from engine.features.model_input import KeypointBatch
from engine.joints import JOINTS
from engine.types import NANOSECONDS, KeypointClip


def collate(clips: Sequence[KeypointClip], spans: Sequence[tuple[int, int]]) -> KeypointBatch:
    """Pad clips to one length; `spans` are the wanted stretches (start_ns, end_ns) in stream time."""
    longest = max(len(clip) for clip in clips)
    joints = np.empty((len(clips), longest, JOINTS, 3), np.float32)
    times = np.empty((len(clips), longest), np.float32)
    for row, clip in enumerate(clips):
        seconds = (clip.times_ns - clip.times_ns[0]) / NANOSECONDS
        # Repeating the last frame, not zeros: rounding may read a hair past the end.
        joints[row, : len(clip)] = clip.joints
        joints[row, len(clip) :] = clip.joints[-1]
        times[row] = np.pad(seconds, (0, longest - len(clip)), mode="edge")
    zeros = [int(clip.times_ns[0]) for clip in clips]
    start, end = (
        torch.tensor([(span[side] - zero) / NANOSECONDS for span, zero in zip(spans, zeros, strict=True)])
        for side in (0, 1)
    )
    return KeypointBatch(joints=torch.from_numpy(joints), times=torch.from_numpy(times), start=start, end=end)
