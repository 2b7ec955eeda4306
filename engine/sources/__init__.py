"""Where frames come from: cameras, videos, recordings and the demo.

OpenCV is imported for those that need it, and only then: the window is quicker there without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import UserFacingError
from engine.files import reading
from engine.sources.base import FrameSource
from engine.sources.camera_spec import USUAL, CameraSpec, names_camera
from engine.sources.clip import ClipSource
from engine.sources.demo import DemoSource
from engine.sources.looping import LoopedSource
from engine.sources.pose_file import load_pose
from engine.sources.recording import load_recording
from engine.sources.session import is_session
from engine.sources.session_source import SessionSource

if TYPE_CHECKING:
    from engine.sources.camera import CameraInfo, CameraSource

_KEYPOINT_FILES: Final = {".npz": load_recording, ".pose": load_pose}


def open_source(spec: str, *, loop: bool = False) -> FrameSource:
    """Return the source that `spec` names, ready to be entered on the thread that reads it.

    Args:
        spec: `camera:N`, `demo`, or the path of a video, of a recording or session (.npz) or of a .pose file. A camera
            can be asked for a size and a rate, as in `camera:0@1280x720@30`, `camera:0@1280x720` or `camera:0@15`;
            `any` instead of either leaves it to the camera, as in `camera:0@any@any`.
        loop: start a file over when it ends.

    Raises:
        UserFacingError: `spec` names nothing; what is wrong with the source itself is told when it is entered.
    """
    if names_camera(spec):
        return _camera(spec)
    if spec == "demo":
        return DemoSource()
    path = Path(spec)
    with reading(path):
        if not path.exists():
            raise UserFacingError(f"{spec} is not there: name an existing file, camera:N or demo.")
    source = file_source(path)
    return LoopedSource(source) if loop else source


def list_cameras() -> "tuple[CameraInfo, ...]":
    """Return the cameras of this machine; see `engine.sources.camera`."""
    from engine.sources import camera

    return camera.list_cameras()


def file_source(path: Path) -> FrameSource:
    """Return the source for a file, even one whose name would stand for a camera or for the demo."""
    if is_session(path):
        return SessionSource(path)
    load = _KEYPOINT_FILES.get(path.suffix.lower())
    return ClipSource(path, load) if load else _video(path)


def _video(path: Path) -> FrameSource:
    from engine.sources.video import VideoSource

    return VideoSource(path)


def _camera(spec: str) -> "CameraSource":
    from engine.sources.camera import CameraSource

    camera = CameraSpec.parse(spec)
    return CameraSource(camera.index, camera.wish or USUAL)
