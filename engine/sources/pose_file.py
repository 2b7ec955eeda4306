"""The .pose format of the sign language processing community, in MediaPipe Holistic's layout.

Files name their points, so ours hold just the 49 that we know, under MediaPipe's names, and every file that
has these 49 can be read, whatever else it holds.
"""

import io
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.errors import UserFacingError
from engine.files import atomic_write, reading
from engine.joints import BODY_BONES, BODY_NAMES, HAND_BONES, JOINTS, LEFT_HAND, RIGHT_HAND
from engine.sources.constant_rate import at_constant_rate
from engine.sources.files import require_file
from engine.sources.recording import HIGHEST_RATE, LONGEST_SIDE, LOWEST_RATE
from engine.types import NANOSECONDS, JointArray, KeypointClip

_FINGERS: Final = ("INDEX_FINGER", "MIDDLE_FINGER", "RING_FINGER", "PINKY")
_HAND_POINTS: Final = (
    "WRIST",
    *(f"THUMB_{joint}" for joint in ("CMC", "MCP", "IP", "TIP")),
    *(f"{finger}_{joint}" for finger in _FINGERS for joint in ("MCP", "PIP", "DIP", "TIP")),
)
_POINTS: Final = (
    *(("POSE_LANDMARKS", name.upper()) for name in BODY_NAMES),
    *(("LEFT_HAND_LANDMARKS", name) for name in _HAND_POINTS),
    *(("RIGHT_HAND_LANDMARKS", name) for name in _HAND_POINTS),
)
"""Component and point of each of our 49 joints, in our order."""
assert len(_POINTS) == JOINTS

_BONES: Final = {
    "POSE_LANDMARKS": BODY_BONES,
    "LEFT_HAND_LANDMARKS": HAND_BONES,
    "RIGHT_HAND_LANDMARKS": HAND_BONES,
}


def load_pose(path: Path) -> KeypointClip:
    """Read the first person of a .pose file.

    Raises:
        UserFacingError: the file is missing, closed, damaged, empty, or has another layout than MediaPipe Holistic's.
    """
    with reading(path):
        content = require_file(path).read_bytes()
    try:
        pose = _pose_format().Pose.read(content)
        rate, size = float(pose.body.fps), (int(pose.header.dimensions.width), int(pose.header.dimensions.height))
        positions, confidence = pose.body.data.filled(0), pose.body.confidence
    except UserFacingError:
        raise
    except Exception as error:  # the library reads without checking; whatever it trips over is damage
        raise UserFacingError(f"{path} is not a .pose file, or it is damaged.") from error
    try:
        points = [pose.header.get_point_index(*point) for point in _POINTS]
    except ValueError as error:
        raise UserFacingError(f"{path} cannot be used: its points are not those of MediaPipe Holistic.") from error
    frames, people = positions.shape[:2]
    if not frames or not people:
        raise UserFacingError(f"{path} cannot be used: it holds no frame, or nobody.")
    if not LOWEST_RATE <= rate <= HIGHEST_RATE or not all(1 <= side <= LONGEST_SIDE for side in size):
        raise UserFacingError(f"{path} cannot be used: its frame rate or picture size makes no sense.")
    joints = np.dstack([positions[:, 0, points, :2], confidence[:, 0, points]]).astype(np.float32)
    times_ns = np.round(np.arange(frames) * (NANOSECONDS / rate)).astype(np.int64)
    return KeypointClip(joints=_without_missing(joints), times_ns=times_ns, size=size)


def save_pose(path: Path, clip: KeypointClip) -> None:
    """Write a clip as .pose, whole or not at all.

    The format knows a frame rate and no times; see `at_constant_rate`.

    Raises:
        UserFacingError: the clip holds no frame, or the file cannot be written.
    """
    if not len(clip):
        raise UserFacingError(f"There is nothing to save in {path.name}: the recording holds no frame.")
    library = _pose_format()
    from pose_format.numpy import NumPyPoseBody
    from pose_format.pose_header import PoseHeader, PoseHeaderComponent, PoseHeaderDimensions

    components = [
        PoseHeaderComponent(
            name, [point for _, point in points], list(_BONES[name]), [(255, 255, 255)] * len(_BONES[name]), "XYZC"
        )
        for name, points in groupby(_POINTS, key=lambda point: point[0])
    ]
    joints, rate = at_constant_rate(clip)
    positions = np.zeros((len(joints), 1, JOINTS, 3), np.float32)
    positions[:, 0, :, :2] = joints[..., :2]
    body = NumPyPoseBody(rate, positions, joints[:, None, :, 2])
    header = PoseHeader(0.2, PoseHeaderDimensions(*clip.size), components)
    buffer = io.BytesIO()
    library.Pose(header, body).write(buffer)
    atomic_write(path, buffer.getvalue())


def _pose_format() -> Any:
    try:
        import pose_format
    except ImportError as error:
        raise UserFacingError(".pose files need the package pose-format: pip install pose-format") from error
    return pose_format


def _without_missing(joints: JointArray) -> JointArray:
    """Hold the rules of `Keypoints`: a missing joint is (0, 0, 0), a hand is there whole or not at all."""
    joints[~np.isfinite(joints).all(-1)] = 0
    joints[..., 2] = joints[..., 2].clip(0, 1)
    joints[joints[..., 2] == 0] = 0
    for hand in (LEFT_HAND, RIGHT_HAND):
        incomplete = (joints[:, hand, 2] == 0).any(-1)
        joints[incomplete, hand] = 0
    return joints
