"""Left-handed signers: the model sees them as their mirror image, which signs with the right hand.

Models are trained on signers most of whom lead with the right hand. The picture on the screen has no part in this.
"""

from dataclasses import replace

from engine.joints import MIRRORED
from engine.pipeline.recognition import SignStream
from engine.types import Keypoints, SignEvent, StreamUpdate


def mirrored(keypoints: Keypoints) -> Keypoints:
    """Return the keypoints of the mirrored picture: left is right; joints that were not found stay so."""
    joints = keypoints.joints[list(MIRRORED)]
    found = joints[:, 2] > 0
    joints[found, 0] = keypoints.size[0] - joints[found, 0]
    return replace(keypoints, joints=joints)


class MirroredStream:
    """A `SignStream` that decodes the mirror image of what it is given."""

    def __init__(self, stream: SignStream) -> None:
        self._stream = stream

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        return self._stream.push(mirrored(keypoints), predict=predict)

    def finish(self) -> tuple[SignEvent, ...]:
        return self._stream.finish()
