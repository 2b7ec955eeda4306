"""A folder of keypoints, one file a video: finding the file, reading it, cutting a stretch out of it."""

import unicodedata
from pathlib import Path, PurePath
from typing import Final

import numpy as np

from engine.data.coco_wholebody import load_wholebody
from engine.data.dataset import uniform_clip
from engine.errors import UserFacingError
from engine.files import reading
from engine.sources.pose_file import load_pose
from engine.sources.recording import HIGHEST_RATE, LOWEST_RATE, load_recording
from engine.types import NANOSECONDS, KeypointClip

SUFFIXES: Final = (".npz", ".pose", ".json")
"""Our recordings, .pose, COCO-WholeBody; the first that is there is taken."""
MMPOSE_PREFIX: Final = "results_"
COLOUR_SUFFIX: Final = "_color"
LONGEST: Final = 100_000
"""Frames; time stamps that ask for more are damaged."""


class KeypointFiles:
    """The files of a folder and its subfolders by the name of their video.

    A video that is named with its folder is found in a folder of that name, one that is named without in any. What
    MMPose puts before a name and what datasets put behind it ("results_", "_color") does not count.
    """

    def __init__(self, folder: Path) -> None:
        with reading(folder):
            if not folder.is_dir():
                raise UserFacingError(
                    f"{folder} is not a folder: --keypoints wants one with a file of keypoints for each video."
                )
        whole: dict[tuple[str, ...], Path] = {}
        for suffix in SUFFIXES:
            for path in sorted(folder.rglob(f"*{suffix}")):
                whole.setdefault(_parts(path.relative_to(folder).with_suffix("")), path)
        self._paths: dict[tuple[str, ...], Path | None] = {}
        for parts, path in whole.items():
            for start in range(len(parts)):
                self._paths[parts[start:]] = None if parts[start:] in self._paths else path

    def find(self, video: str) -> Path | None:
        """The file of a video, named without suffix; None where there is none, or no telling which of several."""
        return self._paths.get(_parts(PurePath(video)))


def _parts(path: PurePath) -> tuple[str, ...]:
    """The folders of a file, named without suffix, and the name of its video; macOS writes accents as letters apart."""
    path = PurePath(unicodedata.normalize("NFC", str(path)))
    name = path.name.removeprefix(MMPOSE_PREFIX).removesuffix(COLOUR_SUFFIX).rstrip(".")
    return (*path.parts[:-1], name)


def read_keypoints(path: Path, *, rate: float) -> KeypointClip:
    """Read a file of keypoints; `rate`, frames a second, is for those that do not tell theirs.

    Raises:
        UserFacingError: the file is damaged or something else.
    """
    match path.suffix:
        case ".npz":
            return load_recording(path)
        case ".pose":
            return load_pose(path)
        case _:
            return load_wholebody(path, rate=rate)


def cut(clip: KeypointClip, start_s: float, end_s: float) -> KeypointClip:
    """The frames from `start_s` to `end_s`, in seconds after the first; possibly none."""
    seconds = (clip.times_ns - clip.times_ns[0]) / NANOSECONDS
    inside = (seconds >= start_s) & (seconds <= end_s)
    return KeypointClip(joints=clip.joints[inside], times_ns=clip.times_ns[inside], size=clip.size)


def at_uniform_rate(clip: KeypointClip, *, rate: float) -> tuple[KeypointClip, float]:
    """The clip at its median frame rate, from time 0, and that rate; `rate` where it has a single frame.

    Each frame is the one of `clip` that is nearest in time.

    Raises:
        UserFacingError: the time stamps make no sense.
    """
    if len(clip) == 1:
        return uniform_clip(clip.joints, rate=rate, size=clip.size), rate
    times = clip.times_ns - clip.times_ns[0]
    period = float(np.median(np.diff(times)))
    frames = round(float(times[-1]) / period) + 1
    if frames > LONGEST:
        raise UserFacingError(f"Its time stamps ask for {frames:,} frames, which makes no sense.")
    rate = NANOSECONDS / period
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise UserFacingError(f"Its time stamps tell of {rate:,.3g} frames a second, which makes no sense.")
    nearest = np.searchsorted((times[1:] + times[:-1]) / 2, np.arange(frames) * period)
    return uniform_clip(clip.joints[nearest], rate=rate, size=clip.size), rate
