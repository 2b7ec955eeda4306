"""Keypoints by MediaPipe Holistic, offline, from the models inside its wheel.

Why Holistic and not Pose + Hands: docs/decisions.md, measured by benchmarks/compare_extractors.py.
"""

import os
from typing import Any

import numpy as np

from engine.keypoints.layout import HOLISTIC_POSE_JOINTS, FloatArray, assemble_joints
from engine.types import Frame, Image, Keypoints

# MediaPipe's C++ side reads this once, when it is loaded; its notes on every graph are not for our users.
os.environ.setdefault("GLOG_minloglevel", "2")


class HolisticExtractor:
    """Tracks one signer through successive frames; see `KeypointExtractor`.

    The tracker remembers the previous frame, so a new clip wants a new extractor.
    """

    def __init__(self) -> None:
        # MediaPipe brings OpenCV along; ours first, so that it leaves Qt's surroundings alone.
        import engine.sources.opencv  # noqa: F401

        import mediapipe  # isort: skip

        # The other complexities load models that are not in the wheel, from the network.
        self._holistic: Any = mediapipe.solutions.holistic.Holistic(model_complexity=1)

    def __call__(self, frame: Frame) -> Keypoints:
        if frame.keypoints is not None:
            return frame.keypoints
        height, width = frame.image.shape[:2]
        found = self._holistic.process(_as_rgb(frame.image))
        scale = np.array([width, height], np.float32)
        visibility = None
        if found.pose_landmarks:
            visibility = np.array([landmark.visibility for landmark in found.pose_landmarks.landmark], np.float32)
            assert len(visibility) == HOLISTIC_POSE_JOINTS
        joints = assemble_joints(
            pose=_in_pixels(found.pose_landmarks, scale),
            visibility=visibility,
            left_hand=_in_pixels(found.left_hand_landmarks, scale),
            right_hand=_in_pixels(found.right_hand_landmarks, scale),
        )
        return Keypoints(joints=joints, time_ns=frame.time_ns, size=(width, height))

    def close(self) -> None:
        if self._holistic is not None:
            self._holistic.close()
            self._holistic = None


def _as_rgb(image: Image) -> Image:
    rgb = np.ascontiguousarray(image[..., ::-1])
    rgb.flags.writeable = False
    return rgb


def _in_pixels(landmarks: Any, scale: FloatArray) -> FloatArray | None:
    if not landmarks:
        return None
    return np.array([(landmark.x, landmark.y) for landmark in landmarks.landmark], np.float32) * scale
