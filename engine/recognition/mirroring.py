"""Left-handed signers: the model sees them as their mirror image, which signs with the right hand.

Models are trained on signers most of whom lead with the right hand. The picture on the screen has no part in this.
"""

from dataclasses import replace

import numpy as np

from engine.joints import MIRRORED
from engine.pipeline.recognition import SignStream
from engine.types import JointArray, KeypointClip, Keypoints, SignEvent, StreamUpdate


def mirrored(keypoints: Keypoints) -> Keypoints:
    """Return the keypoints of the mirrored picture: left is right; joints that were not found stay so."""
    return replace(keypoints, joints=_mirrored(keypoints.joints, width=keypoints.size[0]))


def mirrored_clip(clip: KeypointClip) -> KeypointClip:
    """Return the keypoints of a mirrored clip, as `mirrored` does for one frame."""
    return replace(clip, joints=_mirrored(clip.joints, width=clip.size[0]))


def _mirrored(joints: JointArray, *, width: int) -> JointArray:
    mirror = joints[..., list(MIRRORED), :]
    mirror[..., 0] = np.where(mirror[..., 2] > 0, width - mirror[..., 0], mirror[..., 0])
    return mirror


class MirroredStream:
    """A `SignStream` that decodes the mirror image of what it is given."""

    def __init__(self, stream: SignStream) -> None:
        self._stream = stream

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        return self._stream.push(mirrored(keypoints), predict=predict)

    def finish(self) -> tuple[SignEvent, ...]:
        return self._stream.finish()
