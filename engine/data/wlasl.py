"""WLASL100 with body and hands, from landmarks that MediaPipe Holistic found in it.

The source folder holds wlasl_index.csv (a row a clip: gloss, label, official split, signer) and
wlasl100_holistic.npz: `xyz` (frames, 75, 3) int16, 33 pose + 21 left hand + 21 right hand, value / 16384
relative to the picture's width and height, all -32768 where a landmark is missing; `visibility` (frames, 33)
uint8 / 255; `length`, `video_id`, `size`, `fps` a clip.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import LabelledClip, save_dataset, uniform_clip
from engine.errors import UserFacingError
from engine.joints import HAND_JOINTS, JOINTS
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS, FloatArray, assemble_joints
from engine.sources.npz import read_arrays

COORDINATE_SCALE: Final = 16384.0
MISSING: Final = -32768
DOUBLED: Final = frozenset({"17722", "24955", "24961", "57949"})
"""Training copies of recordings that WLASL holds twice; of the last two the other copy is held out."""

IntArray = np.ndarray[Any, np.dtype[Any]]


def prepare_wlasl100(source: Path, out: Path) -> int:
    """Write WLASL100 to `out` in the training format and return the number of clips."""
    try:
        with (source / "wlasl_index.csv").open(newline="", encoding="utf-8") as file:
            index = {row["video_id"]: row for row in csv.DictReader(file)}
    except FileNotFoundError as error:
        raise UserFacingError(f"{error.filename} is missing: --source wants the folder that holds it.") from None
    except (OSError, KeyError, ValueError) as error:
        raise UserFacingError(f"{source / 'wlasl_index.csv'} is not WLASL's index ({error}).") from error
    fields = read_arrays(
        source / "wlasl100_holistic.npz",
        *("xyz", "visibility", "length", "video_id", "size", "fps"),
        what="a file of WLASL100's landmarks",
    )
    if strangers := sorted(set(map(str, fields["video_id"])) - set(index)):
        raise UserFacingError(f"wlasl_index.csv has no row for {strangers[0]}: it belongs to other landmarks.")
    present = {video_id: index[video_id] for video_id in map(str, fields["video_id"])}
    labels = {int(row["label"]): row["gloss"].lower() for row in present.values()}
    clips = list(_clips(fields, present))
    save_dataset(out, [labels[label] for label in sorted(labels)], clips)
    return len(clips)


def _clips(fields: dict[str, IntArray], index: dict[str, dict[str, str]]) -> Iterator[tuple[LabelledClip, float]]:
    ends = np.cumsum(fields["length"])
    for end, length, video_id, size, rate in zip(
        ends, *(fields[key] for key in ("length", "video_id", "size", "fps")), strict=True
    ):
        if str(video_id) in DOUBLED:
            continue
        row = index[str(video_id)]
        frames = slice(int(end - length), int(end))
        width, height = int(size[0]), int(size[1])
        joints = decode_holistic(fields["xyz"][frames], fields["visibility"][frames], size=(width, height))
        clip = uniform_clip(joints, rate=float(rate), size=(width, height))
        signer = row["signer_id"].removesuffix(".0")
        yield LabelledClip(clip, row["gloss"].lower(), row["split"], signer, str(video_id)), float(rate)


def decode_holistic(xyz: IntArray, visibility: IntArray, *, size: tuple[int, int]) -> FloatArray:
    """Stored Holistic landmarks (T, 75, 3) and visibility (T, 33) of a picture of `size` -> joints (T, 49, 3)."""
    found = ~(xyz == MISSING).all(-1)
    pixels = xyz[..., :2].astype(np.float32) / COORDINATE_SCALE * np.array(size, np.float32)
    confidence = visibility.astype(np.float32) / 255
    left, right = HOLISTIC_POSE_JOINTS, HOLISTIC_POSE_JOINTS + HAND_JOINTS
    joints = np.zeros((len(xyz), JOINTS, 3), np.float32)
    for frame, seen in enumerate(found):
        joints[frame] = assemble_joints(
            pose=pixels[frame, :left] if seen[0] else None,
            visibility=confidence[frame] if seen[0] else None,
            left_hand=pixels[frame, left:right] if seen[left] else None,
            right_hand=pixels[frame, right:] if seen[right] else None,
        )
    return joints
