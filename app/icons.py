"""The icons of assets/icons, drawn in the theme's colours."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICONS: Final = Path(__file__).parents[1] / "assets" / "icons"
_DRAWN_IN: Final = "#000000"
"""The colour that stands for the theme's in the files."""
_PIXELS: Final = 64


def themed_icon(name: str, colour: str) -> QIcon:
    """Return an icon whose lines are in `colour`."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace(_DRAWN_IN, colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmap = QPixmap(QSize(_PIXELS, _PIXELS))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return QIcon(pixmap)


def application_icon() -> QIcon:
    """Return the icon of the window."""
    return themed_icon("application", _DRAWN_IN)
