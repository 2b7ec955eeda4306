"""MediaPipe's graphs without what comes along with them."""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Final

OPTIONS: Final = (
    "calculators.core.constant_side_packet",
    "calculators.core.gate",
    "calculators.core.split_vector",
    "calculators.image.warp_affine",
    "calculators.tensor.image_to_tensor",
    "calculators.tensor.inference",
    "calculators.tensor.tensors_to_classification",
    "calculators.tensor.tensors_to_detections",
    "calculators.tensor.tensors_to_floats",
    "calculators.tensor.tensors_to_landmarks",
    "calculators.tensor.tensors_to_segmentation",
    "calculators.tflite.ssd_anchors",
    "calculators.util.association",
    "calculators.util.detections_to_rects",
    "calculators.util.landmark_projection",
    "calculators.util.landmarks_smoothing",
    "calculators.util.local_file_contents",
    "calculators.util.logic",
    "calculators.util.non_max_suppression",
    "calculators.util.rect_transformation",
    "calculators.util.thresholding",
    "calculators.util.visibility_smoothing",
    "modules.holistic_landmark.calculators.roi_tracking",
)
"""The options of the calculators in Holistic, Pose and Hands. Those whose module is not loaded, protobuf drops."""


def load_mediapipe() -> None:
    """Load what graphs need of MediaPipe, whose modules can then be imported one by one.

    `import mediapipe` loads every task that it knows, and drawing helpers that bring matplotlib: several times the
    work, with the interpreter lock held, so that a window stutters meanwhile. Instead, the package is put in place
    and nothing of it is run. Where it has been imported already, it stays as it is.
    """
    if "mediapipe" not in sys.modules:
        spec = find_spec("mediapipe")
        if spec is not None:  # otherwise the import below says what is missing
            sys.modules["mediapipe"] = module_from_spec(spec)
    for calculator in OPTIONS:
        import_module(f"mediapipe.{calculator}_calculator_pb2")
    import_module("mediapipe.framework.tool.switch_container_pb2")
