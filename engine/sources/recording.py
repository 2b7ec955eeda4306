"""Keypoint recordings: .npz files of ours that hold one clip or one stretch of a stream.

Fields: `format` and `version` say what the file is; `joints` (T, 49, 3) float32, `times_ns` (T,) int64 and
`size` (2,) int64 are those of `KeypointClip`. Other fields are left alone: a session (engine.sources.session) has more.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.joints import JOINTS
from engine.sources.npz import read_arrays, write_arrays
from engine.types import KeypointClip

FORMAT: Final = "masa-live keypoints"
VERSION: Final = 1
LONGEST_SIDE: Final = 8192
"""Pixels; no camera's picture is larger, and a damaged size must not fill the memory."""
LOWEST_RATE: Final = 1.0
HIGHEST_RATE: Final = 1000.0
"""Frames a second; what is beyond was not seen by a camera that sees signs."""


def save_recording(path: Path, clip: KeypointClip, **more: npt.ArrayLike) -> None:
    """Write a recording, and whatever else the file shall hold, whole or not at all.

    Raises:
        UserFacingError: the clip holds no frame or nothing that could be read again, or the file cannot be written.
    """
    if not len(clip):
        raise UserFacingError(f"There is nothing to save in {path.name}: the recording holds no frame.")
    size = np.array(clip.size, np.int64)
    if problem := clip_problem(clip.joints, clip.times_ns, size):
        raise UserFacingError(f"Cannot write {path}: {problem}.")
    times_ns = clip.times_ns.astype(np.int64)
    write_arrays(path, format=FORMAT, version=VERSION, joints=clip.joints, times_ns=times_ns, size=size, **more)


def load_recording(path: Path) -> KeypointClip:
    """Read a recording and check every field of it.

    Raises:
        UserFacingError: the file is missing, damaged, foreign, or newer than this program.
    """
    what = "a keypoint recording"
    fields = read_arrays(path, "format", "version", "joints", "times_ns", "size", what=what)
    if fields["format"].shape != () or str(fields["format"]) != FORMAT:
        raise UserFacingError(f"{path} is not {what}: its format is not {FORMAT!r}.")
    version = fields["version"]
    if version.shape != () or version.dtype.kind != "i" or version < 1:
        raise UserFacingError(f"{path} is not {what}, or it is damaged: its version makes no sense.")
    if version > VERSION:
        raise UserFacingError(f"{path} was written by a newer MASA Live (format version {version}). Update this one.")
    joints, times_ns, size = fields["joints"], fields["times_ns"], fields["size"]
    if problem := clip_problem(joints, times_ns, size):
        raise UserFacingError(f"{path} is not {what}, or it is damaged: {problem}.")
    return KeypointClip(joints=joints, times_ns=times_ns, size=(int(size[0]), int(size[1])))


def clip_problem(joints: npt.NDArray[Any], times_ns: npt.NDArray[Any], size: npt.NDArray[Any]) -> str | None:
    """Say what is wrong with a clip's arrays, in the words of a message."""
    if joints.dtype != np.float32 or joints.ndim != 3 or joints.shape[1:] != (JOINTS, 3):
        return f"its joints are not {JOINTS} triples of float32 a frame"
    if times_ns.dtype != np.int64 or times_ns.shape != (len(joints),):
        return "its times are not one int64 a frame"
    if not len(joints):
        return "it holds no frame"
    if not np.isfinite(joints).all():
        return "a joint is not a finite number"
    if joints[..., 2].min() < 0 or joints[..., 2].max() > 1:
        return "a confidence is not between 0 and 1"
    if (times_ns[1:] <= times_ns[:-1]).any():
        return "its times do not increase"
    if size.dtype != np.int64 or size.shape != (2,) or size.min() < 1:
        return "its picture size makes no sense"
    if size.max() > LONGEST_SIDE:
        return f"its picture is more than {LONGEST_SIDE} pixels wide or high"
    return None


def rates_make_sense(rates: npt.NDArray[Any]) -> bool:
    """Whether an array (N,) holds frames a second."""
    return rates.dtype.kind in "iuf" and rates.ndim == 1 and _within(rates, LOWEST_RATE, HIGHEST_RATE)


def sizes_make_sense(sizes: npt.NDArray[Any]) -> bool:
    """Whether an array (N, 2) holds widths and heights of pictures in pixels."""
    return sizes.dtype.kind in "iuf" and sizes.shape[1:] == (2,) and _within(sizes, 1, LONGEST_SIDE)


def _within(values: npt.NDArray[Any], lowest: float, highest: float) -> bool:
    return bool(((values >= lowest) & (values <= highest)).all())
