"""A report for whoever helps: versions, settings and the last log lines in one file, on this machine. No pictures."""

import json
import platform
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from engine.files import replacing

PACKAGES: Final = ("masa-live", "PySide6-Essentials", "torch", "mediapipe", "opencv-contrib-python", "numpy")


def save_report(path: Path, *, settings: str, log: str) -> None:
    """Write a .zip of readable texts, whole or not at all; the user's home folder is written as ~ in all of them.

    Raises:
        UserFacingError: the file cannot be written.
    """
    texts = {"versions.txt": versions(), "settings.json": settings, "log.txt": log}
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, _without_home(text))


def versions() -> str:
    """Return what runs here, a line each."""
    lines = [f"Python {platform.python_version()}", platform.platform()]
    return "".join(f"{line}\n" for line in [*lines, *(f"{name} {_version(name)}" for name in PACKAGES)])


def _without_home(text: str) -> str:
    home = Path.home()
    # As people write it, as Qt does, and as JSON, in which every backslash is two.
    for written in (str(home), home.as_posix(), json.dumps(str(home), ensure_ascii=False)[1:-1]):
        text = text.replace(written, "~")
    return text


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
