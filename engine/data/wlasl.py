"""WLASL100 with body and hands, from landmarks that MediaPipe Holistic found in it.

The source folder holds wlasl_index.csv (a row a clip: gloss, label, official split, signer) and
wlasl100_holistic.npz (see `engine.data.landmarks`): `xyz` (frames, 75, 3), 33 pose + 21 left hand + 21 right hand;
`visibility` (frames, 33) uint8 / 255; `video_id`, `size` (width, height) and `fps` a clip.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.data.dataset import LabelledClip, Prepared, save_prepared, uniform_clip
from engine.data.landmarks import HOLISTIC_JOINTS, Array, clip_frames, decode_holistic, read_landmarks
from engine.errors import UserFacingError
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS

HOLISTIC_100: Final = "wlasl100_holistic.npz"
DOUBLED: Final = frozenset({"17722", "24955", "24961", "57949"})
"""Training copies of recordings that WLASL holds twice; of the last two the other copy is held out."""


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


def prepare_wlasl100(source: Path, out: Path, *, signers: Sequence[str] = ()) -> Prepared:
    """Write WLASL100 to `out`, training on nobody of `signers`."""
    index = read_index(source)
    fields = read_holistic_100(source)
    found = list(_clips(fields, index))
    labels = {index[item.name].label: item.gloss for item, _ in found}
    return save_prepared(out, [labels[label] for label in sorted(labels)], found, signers)


def read_holistic_100(source: Path) -> dict[str, Array]:
    """Read wlasl100_holistic.npz; `UserFacingError` where it is not there or makes no sense."""
    path, what = source / HOLISTIC_100, "a file of WLASL100's landmarks"
    fields = read_landmarks(
        path, "video_id", "size", "fps", frame_columns=("visibility",), shape=(HOLISTIC_JOINTS, 3), what=what
    )
    usable = (
        fields["visibility"].shape[1:] == (HOLISTIC_POSE_JOINTS,)
        and fields["size"].shape[1:] == (2,)
        and (fields["size"] >= 1).all()
        and np.isfinite(fields["fps"]).all()
        and (fields["fps"] > 0).all()
    )
    if not usable:
        raise UserFacingError(f"{path} is not {what}, or it is damaged: a picture size or frame rate makes no sense.")
    return fields


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
                    aspect=_aspect(row.get("aspect")),
                )
                for row in csv.DictReader(file)
            }
    except FileNotFoundError as error:
        raise UserFacingError(f"{error.filename} is missing: --source wants the folder that holds it.") from None
    except (OSError, csv.Error, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UserFacingError(f"{path} is not WLASL's index ({error}).") from error


def _aspect(text: str | None) -> float | None:
    if not text:
        return None
    aspect = float(text)
    if not 0.1 < aspect < 10:
        raise ValueError(f"no picture is {text} times as wide as high")
    return aspect


def frames_of_clips(fields: Mapping[str, Array], index: Mapping[str, IndexRow]) -> Iterator[tuple[str, slice]]:
    """Each clip's video_id and its frames in a file of landmarks."""
    for video_id, frames in zip(map(str, fields["video_id"]), clip_frames(fields), strict=True):
        if video_id not in index:
            raise UserFacingError(f"wlasl_index.csv has no row for {video_id}: it belongs to other landmarks.")
        yield video_id, frames


def _clips(fields: Mapping[str, Array], index: Mapping[str, IndexRow]) -> Iterator[tuple[LabelledClip, float]]:
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
