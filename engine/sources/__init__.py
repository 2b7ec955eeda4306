"""Where frames come from: cameras, videos, recordings and the demo."""

import re
from pathlib import Path
from typing import Final

from engine.errors import UserFacingError
from engine.sources.base import FrameSource
from engine.sources.camera import USUAL_RATE, USUAL_SIZE, CameraInfo, CameraSource, list_cameras
from engine.sources.clip import ClipSource
from engine.sources.demo import DemoSource
from engine.sources.looping import LoopedSource
from engine.sources.pose_file import load_pose
from engine.sources.recording import load_recording
from engine.sources.video import VideoSource

__all__ = ["CameraInfo", "list_cameras", "open_source"]

_KEYPOINT_FILES: Final = {".npz": load_recording, ".pose": load_pose}


_CAMERA: Final = re.compile(r"camera:(\d{1,3})(?:@(\d{2,5})x(\d{2,5}))?(?:@(\d{1,3}))?", re.ASCII)


def open_source(spec: str, *, loop: bool = False) -> FrameSource:
    """Return the source that `spec` names, ready to be entered on the thread that reads it.

    Args:
        spec: `camera:N`, `demo`, or the path of a video, a recording (.npz) or a .pose file. A camera can be
            asked for a size and a rate, as in `camera:0@1280x720@30`, `camera:0@1280x720` or `camera:0@15`.
        loop: start a file over when it ends.

    Raises:
        UserFacingError: `spec` names nothing; what is wrong with the source itself is told when it is entered.
    """
    if spec.partition(":")[0] == "camera":
        return _camera(spec)
    if spec == "demo":
        return DemoSource()
    path = Path(spec)
    if not path.exists():
        raise UserFacingError(f"{spec} is not there: name an existing file, camera:N or demo.")
    load = _KEYPOINT_FILES.get(path.suffix.lower())
    source = ClipSource(path, load) if load else VideoSource(path)
    return LoopedSource(source) if loop else source


def _camera(spec: str) -> CameraSource:
    wish = _CAMERA.fullmatch(spec)
    if wish is None:
        raise UserFacingError(
            f"{spec} names no camera: write camera: and its number, such as camera:0 or camera:0@1280x720@30."
        )
    number, width, height, rate = (None if part is None else int(part) for part in wish.groups())
    assert number is not None, "the expression asks for it"
    size = USUAL_SIZE if width is None or height is None else (width, height)
    return CameraSource(number, size=size, rate=float(rate or USUAL_RATE))
