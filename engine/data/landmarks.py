"""Landmark files as they lie in the source folders: whole numbers, clip after clip, in one .npz.

`xyz` (S, ...) int16: the frames of all clips, value / 16384; x and y relative to the picture's width and height, z in
MediaPipe's units, all MISSING where a landmark was not found. `length` (N,): the frames of each clip, in order.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.joints import HAND_JOINTS, JOINTS
from engine.keypoints.layout import HOLISTIC_POSE_JOINTS, FloatArray, assemble_joints
from engine.sources.npz import read_arrays

COORDINATE_SCALE: Final = 16384.0
MISSING: Final = -32768
HOLISTIC_JOINTS: Final = HOLISTIC_POSE_JOINTS + 2 * HAND_JOINTS
HOLISTIC_LEFT_HAND: Final = slice(HOLISTIC_POSE_JOINTS, HOLISTIC_POSE_JOINTS + HAND_JOINTS)
HOLISTIC_RIGHT_HAND: Final = slice(HOLISTIC_POSE_JOINTS + HAND_JOINTS, HOLISTIC_JOINTS)

Array = npt.NDArray[Any]


def read_landmarks(
    path: Path, *columns: str, shape: tuple[int, ...], what: str, frame_columns: Sequence[str] = ()
) -> dict[str, Array]:
    """Read `xyz`, `length` and further arrays, and check that they belong together.

    Args:
        path: the file.
        columns: arrays with a row for each clip.
        shape: of one frame of `xyz`.
        what: what the file should be, with its article, for the message.
        frame_columns: arrays with a row for each frame.

    Raises:
        UserFacingError: the file is missing, damaged or something else, or its arrays contradict one another.
    """
    fields = read_arrays(path, "xyz", "length", *columns, *frame_columns, what=what)
    xyz, length = fields["xyz"], fields["length"]
    if xyz.dtype.kind != "i" or xyz.shape[1:] != shape:
        raise UserFacingError(f"{path} is not {what}: its xyz has other joints.")
    if length.dtype.kind not in "iu" or length.ndim != 1 or (length < 1).any() or length.sum() != len(xyz):
        raise UserFacingError(f"{path} is not {what}, or it is damaged: its lengths do not add up to its frames.")
    for names, rows in ((columns, len(length)), (frame_columns, len(xyz))):
        if wrong := [name for name in names if fields[name].shape[:1] != (rows,)]:
            raise UserFacingError(f"{path} is not {what}, or it is damaged: it has other numbers of {wrong[0]}.")
    return fields


def clip_frames(fields: Mapping[str, Array]) -> Iterator[slice]:
    """The frames of each clip."""
    ends = np.cumsum(fields["length"])
    return (slice(int(end - length), int(end)) for end, length in zip(ends, fields["length"], strict=True))


def decode_holistic(xyz: Array, visibility: Array, *, size: tuple[int, int]) -> FloatArray:
    """Stored Holistic landmarks (T, 75, 3) and visibility (T, 33) of a picture of `size` -> joints (T, 49, 3)."""
    found = ~(xyz == MISSING).all(-1)
    pixels = xyz[..., :2].astype(np.float32) / COORDINATE_SCALE * np.array(size, np.float32)
    confidence = visibility.astype(np.float32) / 255
    left, right = HOLISTIC_LEFT_HAND, HOLISTIC_RIGHT_HAND
    joints = np.zeros((len(xyz), JOINTS, 3), np.float32)
    for frame, seen in enumerate(found):
        joints[frame] = assemble_joints(
            pose=pixels[frame, :HOLISTIC_POSE_JOINTS] if seen[0] else None,
            visibility=confidence[frame] if seen[0] else None,
            left_hand=pixels[frame, left] if seen[left.start] else None,
            right_hand=pixels[frame, right] if seen[right.start] else None,
        )
    return joints
