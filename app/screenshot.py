"""A picture of the window, for tests and documentation."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from engine.errors import UserFacingError
from engine.files import replacing


def save_screenshot(widget: QWidget, path: Path) -> None:
    """Write what a widget looks like as a PNG file, whole or not at all.

    Raises:
        UserFacingError: it cannot be written.
    """
    with replacing(path) as temporary:
        if not widget.grab().save(str(temporary), "PNG"):
            raise UserFacingError(f"Cannot write {path}. Choose another place.")
