"""The one door to OpenCV: `from engine.sources.opencv import cv2`.

OpenCV reads its settings once, while it is imported, and its builds with a window toolkit bend the environment
so that Qt looks for its plugins in the wrong place. Both are put right here, so nothing else imports `cv2`.
"""

import os
from pathlib import Path

from engine.errors import UserFacingError

# It prints to stderr for every camera that is not there and every file that is none; we say it ourselves.
os.environ.setdefault("OPENCV_LOG_LEVEL", "OFF")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# Seconds until a camera that delivers nothing is given up; the ten of the default look like a hung window.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")

import cv2

for _variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_variable, None)

__all__ = ["cv2", "native_path"]


def native_path(path: Path) -> str:
    """Return a path as OpenCV takes it, which crashes on names that are not valid UTF-8.

    Raises:
        UserFacingError: it is one of those.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode(errors="replace")
        raise UserFacingError(f"{shown} cannot be used: its name is not valid UTF-8. Rename it.") from None
    return str(path)
