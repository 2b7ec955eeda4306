"""The area of a plot, as all plots of the window have it."""

from typing import Final

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from app.theme import Theme

STYLES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
"""Curves differ in their dashes as well as in their colours."""


def plot_area() -> pyqtgraph.PlotWidget:
    """Make an empty one that is there to be looked at: neither mouse nor keyboard does anything with it."""
    area = pyqtgraph.PlotWidget(enableMenu=False)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAcceptDrops(False)
    item = area.getPlotItem()
    item.hideButtons()
    item.setMouseEnabled(x=False, y=False)
    item.getAxis("bottom").setStyle(hideOverlappingLabels=False)  # what stands at an edge has room beyond it
    return area


def dress_area(area: pyqtgraph.PlotWidget, theme: Theme, font: QFont) -> None:
    """Give background and axes the colours of a theme, and what is written at these a font."""
    area.setBackground(theme.surface)
    for side in ("left", "bottom"):
        axis = area.getAxis(side)
        axis.setPen(theme.border)
        axis.setTextPen(theme.muted)
        axis.setStyle(tickFont=font)
