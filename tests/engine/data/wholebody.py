"""COCO-WholeBody files for tests, as MMPose's demo writes them."""

import json
from pathlib import Path
from typing import Any


def person(*, middle: float = 300.0, width: float = 100.0, hands: float = 0.9) -> dict[str, Any]:
    """Somebody whose point i is at (middle + i, i), but for the shoulders, which are `width` apart."""
    points = [[middle + i, float(i)] for i in range(133)]
    points[5], points[6] = [middle + width / 2, 200.0], [middle - width / 2, 200.0]
    return {"keypoints": points, "keypoint_scores": [0.8] * 91 + [hands] * 42}


def write(path: Path, frames: list[Any]) -> Path:
    instances = [{"frame_id": number, "instances": people} for number, people in enumerate(frames, start=1)]
    path.write_text(json.dumps({"meta_info": {"dataset_name": "coco_wholebody"}, "instance_info": instances}))
    return path
