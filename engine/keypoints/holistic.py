"""Keypoints by MediaPipe Holistic without its face mesh, offline, from the models inside its wheel.

Why Holistic and not Pose + Hands: docs/decisions.md, measured by benchmarks/compare_extractors.py. The graph below
is Holistic's own, less the face, whose 468 points nobody here reads and which no setting switches off; the
joints are the same to the last digit. Live it may look for the hands while it still looks for the body, which
takes a fifth off the time of a frame.
"""

import os
from typing import Any, Final

import numpy as np

from engine.keypoints.layout import HOLISTIC_POSE_JOINTS, FloatArray, assemble_joints
from engine.keypoints.lean_mediapipe import load_mediapipe
from engine.sources.opencv import cv2
from engine.types import Frame, Keypoints

# MediaPipe's C++ side reads this once, when it is loaded; its notes on every graph are not for our users.
os.environ.setdefault("GLOG_minloglevel", "2")

GRAPH: Final = """
input_stream: "image"
input_side_packet: "model_complexity"
input_side_packet: "smooth_landmarks"
input_side_packet: "use_prev_landmarks"
output_stream: "pose"
output_stream: "left_hand"
output_stream: "right_hand"
node {
  calculator: "PoseLandmarkCpu"
  input_stream: "IMAGE:image"
  input_side_packet: "MODEL_COMPLEXITY:model_complexity"
  input_side_packet: "SMOOTH_LANDMARKS:smooth_landmarks"
  input_side_packet: "USE_PREV_LANDMARKS:use_prev_landmarks"
  output_stream: "LANDMARKS:pose"
}
node {
  calculator: "PreviousLoopbackCalculator"
  input_stream: "MAIN:image"
  input_stream: "LOOP:pose"
  input_stream_info: { tag_index: "LOOP" back_edge: true }
  output_stream: "PREV_LOOP:pose_before"
}
node {
  calculator: "HandLandmarksLeftAndRightCpu"
  input_stream: "IMAGE:image"
  input_stream: "POSE_LANDMARKS:%(wrists)s"
  output_stream: "LEFT_HAND_LANDMARKS:left_hand"
  output_stream: "RIGHT_HAND_LANDMARKS:right_hand"
}
"""


class HolisticExtractor:
    """Tracks one signer through successive frames; see `KeypointExtractor`.

    The tracker remembers the previous frame, so a new clip wants a new extractor.
    """

    def __init__(self, *, at_once: bool = False) -> None:
        """Load the networks.

        Args:
            at_once: look for body and hands at the same time, on two cores, for which a hand that was lost is looked
                for at the wrist of the frame before. Otherwise the joints are Holistic's own.
        """
        load_mediapipe()
        from google.protobuf import text_format
        from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
        from mediapipe.python.solution_base import SolutionBase

        self._graph: Any = SolutionBase(
            graph_config=text_format.Parse(
                GRAPH % {"wrists": "pose_before" if at_once else "pose"}, CalculatorGraphConfig()
            ),
            # The other complexities need models that are not in the wheel.
            side_inputs={"model_complexity": 1, "smooth_landmarks": True, "use_prev_landmarks": True},
            outputs=["pose", "left_hand", "right_hand"],
        )

    def __call__(self, frame: Frame) -> Keypoints:
        if frame.keypoints is not None:
            return frame.keypoints
        height, width = frame.image.shape[:2]
        found = self._graph.process({"image": cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB)})
        scale = np.array([width, height], np.float32)
        visibility = None
        if found.pose:
            visibility = np.array([landmark.visibility for landmark in found.pose.landmark], np.float32)
            assert len(visibility) == HOLISTIC_POSE_JOINTS
        joints = assemble_joints(
            pose=_in_pixels(found.pose, scale),
            visibility=visibility,
            left_hand=_in_pixels(found.left_hand, scale),
            right_hand=_in_pixels(found.right_hand, scale),
        )
        return Keypoints(joints=joints, time_ns=frame.time_ns, size=(width, height))

    def close(self) -> None:
        if self._graph is not None:
            self._graph.close()
            self._graph = None


def live_extractor() -> HolisticExtractor:
    """What a live pipeline finds keypoints with; see docs/decisions.md, 16."""
    return HolisticExtractor(at_once=True)


def _in_pixels(landmarks: Any, scale: FloatArray) -> FloatArray | None:
    if not landmarks:
        return None
    return np.array([(landmark.x, landmark.y) for landmark in landmarks.landmark], np.float32) * scale
