"""The probabilities of the last ten seconds."""

import pyqtgraph
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.probability_trace import PLACES, ProbabilityTrace
from app.recent import SECONDS
from app.theme import Theme
from app.view_model import percent
from app.widgets.curve_legend import CurveLegend, Entry
from app.widgets.live_plot import LivePlot
from app.widgets.naming import label, named
from app.widgets.plot_area import STYLES, dress_area, plot_area
from app.widgets.text import ElidedLabel, em, sized
from app.words import listed, mark, tr

assert len(STYLES) == PLACES


class PlotPanel(LivePlot):
    """Curves of the leading glosses and the abstention threshold."""

    def __init__(self, name: str, title: str, trace: ProbabilityTrace) -> None:
        """Make a plot with a title, in English; it takes up another language by itself."""
        super().__init__(f"{name}Panel", trace)
        self.trace = trace
        self._glosses: tuple[str | None, ...] = (None,) * PLACES
        self._colours: tuple[str, ...] = ("#000000",) * PLACES

        self._accepted = named(ElidedLabel(), f"{name}Threshold", role="muted")
        self._accepted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.legend = CurveLegend(f"{name}Legend", empty=mark("Curves appear here while you sign."))
        self._plot = named(plot_area(), name)
        self._curves = [self._plot.plot(connect="finite") for _ in range(PLACES)]
        self._threshold = pyqtgraph.InfiniteLine(angle=0)
        self._threshold.hide()
        self._plot.addItem(self._threshold)
        self._set_up_axes()
        self._title = title
        self._heading = label(role="title")
        self._name()

        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 12, 8)
        column.setSpacing(2)
        heading = QHBoxLayout()
        heading.addWidget(self._heading)
        heading.addWidget(self._accepted, stretch=1)
        column.addLayout(heading)
        column.addWidget(self.legend)
        column.addWidget(self._plot, stretch=1)

    def set_threshold(self, threshold: float) -> None:
        """Move the line of the abstention threshold."""
        if threshold != self._threshold.value():
            self._threshold.setValue(threshold)
            self._threshold.setVisible(threshold > 0)
            self._name_threshold()

    def draw(self) -> None:
        placed = self.trace.placed()
        for curve, item in zip(placed, self._curves, strict=True):
            if curve is None:
                item.setData([], [])
            else:
                item.setData(curve.seconds, curve.probabilities)
        glosses = tuple(None if curve is None else curve.gloss for curve in placed)
        if glosses != self._glosses:
            self._glosses = glosses
            self._show_legend()

    def apply_theme(self, theme: Theme) -> None:
        self._colours = theme.curves
        self.legend.apply_theme(theme)
        dress_area(self._plot, theme, sized(self.font(), 0.9 * em(self)))
        for item, colour, style in zip(self._curves, theme.curves, STYLES, strict=True):
            item.setPen(pyqtgraph.mkPen(colour, width=2, style=style))
        self._threshold.setPen(pyqtgraph.mkPen(theme.muted, width=1))
        self._show_legend()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(360, 200)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 150)

    def _set_up_axes(self) -> None:
        item = self._plot.getPlotItem()
        item.setRange(xRange=(-SECONDS - 1, 0.9), yRange=(-0.02, 1.1), padding=0)
        item.getAxis("left").setTicks([[(value, percent(value)) for value in (0.0, 0.5, 1.0)]])

    def _name(self) -> None:
        """Say everything in the language in use."""
        self._heading.setText(tr(self._title))
        self._plot.setAccessibleName(tr("Probabilities of the last ten seconds"))
        self._plot.getAxis("bottom").setTicks(
            [[(-SECONDS, f"−{SECONDS} s"), (-SECONDS / 2, f"−{SECONDS // 2} s"), (0, tr("now", "on a time axis"))]]
        )
        self._name_threshold()

    def _name_threshold(self) -> None:
        threshold = self._threshold.value()
        figure = percent(threshold)
        words = tr("— accepted from {threshold}", threshold=figure) if threshold > 0 else ""
        self._accepted.setText(words, f"— {figure}", "")

    def _show_legend(self) -> None:
        pens = zip(self._glosses, self._colours, STYLES, strict=True)
        self.legend.show_entries([Entry(gloss, colour, style) for gloss, colour, style in pens if gloss is not None])
        self.setAccessibleDescription(listed(self.legend.names))
