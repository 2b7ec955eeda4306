"""Where frames come from: cameras, videos, recordings and the demo."""

from pathlib import Path
from typing import Final

from engine.errors import UserFacingError
from engine.sources.base import FrameSource
from engine.sources.camera import CameraInfo, CameraSource, list_cameras
from engine.sources.clip import ClipSource
from engine.sources.demo import DemoSource
from engine.sources.looping import LoopedSource
from engine.sources.pose_file import load_pose
from engine.sources.recording import load_recording
from engine.sources.video import VideoSource

__all__ = ["CameraInfo", "list_cameras", "open_source"]

_KEYPOINT_FILES: Final = {".npz": load_recording, ".pose": load_pose}


def open_source(
    spec: str, *, camera_size: tuple[int, int] = (640, 480), camera_rate: float = 30.0, loop: bool = False
) -> FrameSource:
    """Return the source that `spec` names, ready to be entered on the thread that reads it.

    Args:
        spec: `camera:N`, `demo`, or the path of a video, a recording (.npz) or a .pose file.
        camera_size: width and height that a camera is asked for.
        camera_rate: frames a second that a camera is asked for.
        loop: start a file over when it ends.

    Raises:
        UserFacingError: `spec` names nothing; what is wrong with the source itself is told when it is entered.
    """
    kind, _, number = spec.partition(":")
    if kind == "camera":
        if not (number.isascii() and number.isdigit() and len(number) <= 3):
            raise UserFacingError(f"{spec} names no camera: write camera: and its number, such as camera:0.")
        return CameraSource(int(number), size=camera_size, rate=camera_rate)
    if spec == "demo":
        return DemoSource()
    path = Path(spec)
    if not path.exists():
        raise UserFacingError(f"{spec} is not there: name an existing file, camera:N or demo.")
    load = _KEYPOINT_FILES.get(path.suffix.lower())
    source = ClipSource(path, load) if load else VideoSource(path)
    return LoopedSource(source) if loop else source
