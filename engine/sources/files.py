"""What every source that reads a file asks first."""

from pathlib import Path

from engine.errors import UserFacingError
from engine.files import reading


def require_file(path: Path) -> Path:
    """Return `path` where a file is there.

    Raises:
        UserFacingError: nothing is there, or a folder, or a device or pipe, or it cannot be told.
    """
    with reading(path):
        if path.is_dir():
            raise UserFacingError(f"{path} is a folder. Name a file inside it.")
        if not path.exists():
            raise UserFacingError(f"{path} does not exist. Check the path.")
        if not path.is_file():
            raise UserFacingError(f"{path} is no ordinary file. Name another; a camera is camera:N.")
    return path
