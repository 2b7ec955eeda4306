"""WLASL100 with body and hands, from landmarks that MediaPipe Holistic found in it.

The source folder holds wlasl_index.csv (a row a clip: gloss, label, official split, signer) and
wlasl100_holistic.npz (see `engine.data.landmarks`): `xyz` (frames, 75, 3), 33 pose + 21 left hand + 21 right hand;
`visibility` (frames, 33) uint8 / 255; `video_id`, `size` (width, height) and `fps` a clip.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from engine.data.dataset import LabelledClip, Prepared, save_prepared, uniform_clip
from engine.data.held_out import NOBODY, HeldOut
from engine.data.landmarks import HOLISTIC_JOINTS, Array, decode_holistic, read_landmarks
from engine.data.wlasl_copies import copies_of_held_out
from engine.data.wlasl_index import IndexRow, frames_of_clips, in_order_of_labels, read_index
from engine.errors import UserFacingError
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS
from engine.sources.recording import rates_make_sense, sizes_make_sense

HOLISTIC_100: Final = "wlasl100_holistic.npz"


def prepare_wlasl100(source: Path, out: Path, *, held_out: HeldOut = NOBODY) -> Prepared:
    """Write WLASL100 to `out`, training on nobody who is held out."""
    index = read_index(source)
    fields = read_holistic_100(source)
    copies = copies_of_held_out(source, index, held_out)
    found = [clip for clip in _clips(fields, index) if clip[0].name not in copies]
    glosses = in_order_of_labels(index[item.name] for item, _ in found)
    note = f"{len(copies & set(map(str, fields['video_id'])))} training clips were left out: see docs/data.md."
    return save_prepared(out, glosses, found, held_out, [note])


def read_holistic_100(source: Path) -> dict[str, Array]:
    """Read wlasl100_holistic.npz; `UserFacingError` where it is not there or makes no sense."""
    path, what = source / HOLISTIC_100, "a file of WLASL100's landmarks"
    fields = read_landmarks(
        path, "video_id", "size", "fps", frame_columns=("visibility",), shape=(HOLISTIC_JOINTS, 3), what=what
    )
    usable = (
        fields["visibility"].dtype == np.uint8
        and fields["visibility"].shape[1:] == (HOLISTIC_POSE_JOINTS,)
        and sizes_make_sense(fields["size"])
        and rates_make_sense(fields["fps"])
    )
    if not usable:
        raise UserFacingError(
            f"{path} is not {what}, or it is damaged: its visibility, a picture size or a frame rate makes no sense."
        )
    return fields


def _clips(fields: Mapping[str, Array], index: Mapping[str, IndexRow]) -> Iterator[tuple[LabelledClip, float]]:
    for (video_id, frames), size, rate in zip(
        frames_of_clips(fields, index), fields["size"], fields["fps"], strict=True
    ):
        row = index[video_id]
        width, height = int(size[0]), int(size[1])
        joints = decode_holistic(fields["xyz"][frames], fields["visibility"][frames], size=(width, height))
        clip = uniform_clip(joints, rate=float(rate), size=(width, height))
        yield LabelledClip(clip, row.gloss, row.split, row.signer, video_id), float(rate)
