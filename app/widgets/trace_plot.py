"""Some figures of the last ten seconds as curves."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.recent import SECONDS
from app.theme import Theme
from app.trace import Trace
from app.widgets.curve_legend import CurveLegend, Entry
from app.widgets.live_plot import LivePlot
from app.widgets.naming import label
from app.widgets.plot_area import STYLES, dress_area, plot_area
from app.widgets.text import ElidedLabel, em, sized
from app.words import listed, tr

STEPS: Final = (1, 2, 5)
"""The scale ends at one of these times a power of ten."""


class TracePlot(LivePlot):
    """Some curves with their newest figures."""

    def __init__(self, name: str, title: str, trace: Trace, *, unit: str, curves: Sequence[str], least: float) -> None:
        """Make a plot.

        Args:
            name: its object name.
            title: above it.
            trace: the figures.
            unit: of all curves.
            curves: what each of them is.
            least: the scale never ends below this, so that noise looks like noise.
        """
        super().__init__(name, trace)
        self.setAccessibleName(tr("{quantity} in {unit}", quantity=title, unit=unit))
        self.trace = trace
        self._names = tuple(curves)
        self._unit = unit
        self._least = least
        self.legend = CurveLegend(f"{name}Legend")
        self._now = ElidedLabel()
        self._now.setProperty("role", "muted")
        self._now.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._plot = plot_area()
        self._plot.setAccessibleName(title)
        self._curves = [self._plot.plot(connect="finite") for _ in curves]
        self._set_up_axes()
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(label(title, role="title"))
        heading.addWidget(self._now, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 6)
        column.setSpacing(2)
        column.addLayout(heading)
        column.addWidget(self.legend)
        column.addWidget(self._plot, stretch=1)

    @property
    def words(self) -> str:
        """The newest figures."""
        return self._now.text()

    def draw(self) -> None:
        seconds, values = self.trace.curves()
        for curve, row in zip(self._curves, values, strict=True):
            curve.setData(seconds, row)
        top = scale_end(float(np.nanmax(values)) if np.isfinite(values).any() else 0.0, least=self._least)
        self._scale(top)
        newest = values[:, -1] if values.size else np.full(len(self._names), np.nan)
        told = [f"{value:.{0 if top >= 10 else 1}f}" if np.isfinite(value) else "–" for value in newest]
        figures = " / ".join(told)
        self._now.setText(f"{figures} {self._unit}", figures)
        self.setAccessibleDescription(listed(f"{name} {value}" for name, value in zip(self._names, told, strict=True)))

    def apply_theme(self, theme: Theme) -> None:
        dress_area(self._plot, theme, sized(self.font(), 0.85 * em(self)))
        entries = [Entry(*entry) for entry in zip(self._names, theme.curves, STYLES, strict=False)]
        for curve, entry in zip(self._curves, entries, strict=True):
            curve.setPen(pyqtgraph.mkPen(entry.colour, width=2, style=entry.style))
        self.legend.show_entries(entries)
        self.legend.apply_theme(theme)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(220, 96)

    def _set_up_axes(self) -> None:
        self._plot.setXRange(-SECONDS - 0.5, 0.5, padding=0)
        self._plot.getAxis("bottom").setTicks([[(-SECONDS, f"−{SECONDS} s"), (0, tr("now", "on a time axis"))]])
        self._scale(scale_end(0.0, least=self._least))

    def _scale(self, top: float) -> None:
        self._plot.setYRange(-0.03 * top, 1.15 * top, padding=0)
        self._plot.getAxis("left").setTicks([[(value, f"{value:g}") for value in (0.0, top / 2, top)]])


def scale_end(highest: float, *, least: float) -> float:
    """Return a round number that is at least as high as both."""
    wanted = max(highest, least, 1e-9)
    power = 10.0 ** np.floor(np.log10(wanted))
    return next(float(step * power) for step in (*STEPS, 10) if step * power >= wanted * (1 - 1e-9))
