"""WLASL100 with body and hands, from landmarks that MediaPipe Holistic found in it.

The source folder holds wlasl_index.csv (a row a clip: gloss, label, official split, signer) and
wlasl100_holistic.npz: `xyz` (frames, 75, 3) int16, 33 pose + 21 left hand + 21 right hand, value / 16384
relative to the picture's width and height, all -32768 where a landmark is missing; `visibility` (frames, 33)
uint8 / 255; `length`, `video_id`, `size`, `fps` a clip.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.dataset import LabelledClip, hold_out, save_dataset, uniform_clip
from engine.errors import UserFacingError
from engine.joints import HAND_JOINTS, JOINTS
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS, FloatArray, assemble_joints
from engine.sources.npz import read_arrays

COORDINATE_SCALE: Final = 16384.0
MISSING: Final = -32768
DOUBLED: Final = frozenset({"17722", "24955", "24961", "57949"})
"""Training copies of recordings that WLASL holds twice; of the last two the other copy is held out."""

IntArray = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of wlasl_index.csv.

    Attributes:
        gloss, split: as in `LabelledClip`.
        label: the gloss's number; a subset of WLASL keeps the first ones.
        signer: "" where unknown.
        aspect: width / height of the picture; None where unknown.
    """

    gloss: str
    label: int
    split: str
    signer: str
    aspect: float | None


def prepare_wlasl100(source: Path, out: Path, *, signers: Sequence[str] = ()) -> int:
    """Write WLASL100 to `out`, training on nobody of `signers`; returns the number of clips."""
    index = read_index(source)
    fields = read_arrays(
        source / "wlasl100_holistic.npz",
        *("xyz", "visibility", "length", "video_id", "size", "fps"),
        what="a file of WLASL100's landmarks",
    )
    found = list(_clips(fields, index))
    labels = {index[item.name].label: item.gloss for item, _ in found}
    kept = hold_out(found, signers)
    save_dataset(out, [labels[label] for label in sorted(labels)], kept)
    return len(kept)


def read_index(source: Path) -> dict[str, IndexRow]:
    """Read wlasl_index.csv: a row for each video_id; `UserFacingError` where it is not there or not WLASL's."""
    path = source / "wlasl_index.csv"
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return {
                row["video_id"]: IndexRow(
                    gloss=row["gloss"].lower(),
                    label=int(row["label"]),
                    split=row["split"],
                    signer=row["signer_id"].removesuffix(".0"),
                    aspect=float(row["aspect"]) if row["aspect"] else None,
                )
                for row in csv.DictReader(file)
            }
    except FileNotFoundError as error:
        raise UserFacingError(f"{error.filename} is missing: --source wants the folder that holds it.") from None
    except (OSError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UserFacingError(f"{path} is not WLASL's index ({error}).") from error


def frames_of_clips(fields: Mapping[str, IntArray], index: Mapping[str, IndexRow]) -> Iterator[tuple[str, slice]]:
    """Each clip's video_id and its frames in a file of landmarks."""
    ends = np.cumsum(fields["length"])
    for video_id, end, length in zip(map(str, fields["video_id"]), ends, fields["length"], strict=True):
        if video_id not in index:
            raise UserFacingError(f"wlasl_index.csv has no row for {video_id}: it belongs to other landmarks.")
        yield video_id, slice(int(end - length), int(end))


def _clips(fields: dict[str, IntArray], index: Mapping[str, IndexRow]) -> Iterator[tuple[LabelledClip, float]]:
    for (video_id, frames), size, rate in zip(
        frames_of_clips(fields, index), fields["size"], fields["fps"], strict=True
    ):
        if video_id in DOUBLED:
            continue
        row = index[video_id]
        width, height = int(size[0]), int(size[1])
        joints = decode_holistic(fields["xyz"][frames], fields["visibility"][frames], size=(width, height))
        clip = uniform_clip(joints, rate=float(rate), size=(width, height))
        yield LabelledClip(clip, row.gloss, row.split, row.signer, video_id), float(rate)


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
