"""Inside: what the model attended to, what decided, what it confuses, how it was calibrated, and how fast all is."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.actions import Action
from app.last_seconds import LastSeconds
from app.page import Page
from app.review import Review
from app.review_words import FAILED, LOOKING, alike_words
from app.session import Session
from app.theme import LIGHT, Theme
from app.widgets.influence_panel import InfluencePanel
from app.widgets.model_panel import ModelPanel
from app.widgets.naming import label, named
from app.widgets.plot import PlotPanel
from app.widgets.replay import Replay
from app.widgets.trace_plot import TracePlot
from app.words import mark, tr

REFRESH_MS: Final = 200
WAITING: Final = mark("Once a sign has been made, this tells which parts of the signer decided.")


class InsidePage(Page):
    """The last sign on the left; on the right its explanation, the live plots and the model."""

    def __init__(
        self, *, session: Session, review: Review, last_seconds: LastSeconds, actions: Mapping[Action, QAction]
    ) -> None:
        super().__init__()
        self.setObjectName("inside")
        self._session = session
        self._last_seconds = last_seconds
        self.replay = Replay("inside", review, actions[Action.MIRROR])
        self.influence = InfluencePanel()
        self.told = label(tr(WAITING), "influenceWords", role="muted", wrap=True)
        self.alike_title = label(tr("Nearest confusions"), role="title")
        self.alike = label(name="alikeWords", wrap=True)
        self.motion: TracePlot | None = None
        self.probabilities: PlotPanel | None = None
        self.latency: TracePlot | None = None
        self._theme = LIGHT
        self._to_build: list[Callable[[], TracePlot | PlotPanel]] = [
            self._build_latency,
            self._build_probabilities,
            self._build_motion,
        ]
        self.model = ModelPanel()
        self.tabs = named(QTabWidget(), "insideTabs")
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.first_control = self.replay.strip
        self._arrange()
        self.replay.changed.connect(self._show_explanation)
        session.offers_changed.connect(self._show_model)
        session.changed.connect(self._show_threshold)
        self._show_model()
        self._show_threshold()
        self._show_explanation()

    def take_over(self, former: Page) -> None:
        assert isinstance(former, InsidePage)
        self.tabs.setCurrentIndex(former.tabs.currentIndex())

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.replay, self.influence, *self._built):
            part.apply_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._timer.start()
        QTimer.singleShot(1, self, self._build_next)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self._timer.stop()

    def _refresh(self) -> None:
        for plot in self._built:
            plot.refresh()

    @property
    def _built(self) -> "tuple[TracePlot | PlotPanel, ...]":
        return tuple(plot for plot in (self.motion, self.probabilities, self.latency) if plot is not None)

    def _build_next(self) -> None:
        """Build one plot in each turn of the event loop: all of them at once would be felt."""
        if not self._to_build:
            return
        plot = self._to_build.pop()()
        self._plots.addWidget(plot, stretch=1)
        plot.ensurePolished()
        plot.apply_theme(self._theme)
        QTimer.singleShot(1, self, self._build_next)

    def _build_motion(self) -> TracePlot:
        curves = (tr("left"), tr("right"))
        self.motion = TracePlot(
            "motionPlot",
            tr("Hands"),
            self._last_seconds.motion,
            unit=tr("shoulder widths/s"),
            curves=curves,
            least=2.0,
        )
        return self.motion

    def _build_probabilities(self) -> PlotPanel:
        self.probabilities = PlotPanel("insidePlot", mark("Probabilities"), self._last_seconds.probabilities)
        self._show_threshold()
        return self.probabilities

    def _build_latency(self) -> TracePlot:
        curves = (tr("keypoints"), tr("with waiting"), tr("model"))
        self.latency = TracePlot(
            "latencyPlot", tr("Latency"), self._last_seconds.latency, unit="ms", curves=curves, least=20.0
        )
        return self.latency

    def _show_model(self) -> None:
        self.model.show_model(self._session.model)

    def _show_threshold(self) -> None:
        if self.probabilities is not None:
            self.probabilities.set_threshold(self._session.facts.threshold)

    def _show_explanation(self) -> None:
        shown = self.replay.shown
        explanation = shown.explanation
        self.influence.show_explanation(explanation)
        if explanation is not None:
            self.told.setText(tr("What “{gloss}” loses when a part of the signer is hidden.", gloss=explanation.gloss))
            self.alike.setText(alike_words(explanation))
        else:
            looking = FAILED if shown.failed else LOOKING
            self.told.setText(tr(WAITING if shown.sign is None else looking))
            self.alike.setText("")
        self.alike_title.setVisible(bool(self.alike.text()))

    def _arrange(self) -> None:
        sign = (label(tr("What decided"), role="title"), self.told, self.influence, self.alike_title, self.alike)
        self._add_tab(tr("This sign"), *sign).addStretch()
        self._plots = self._add_tab(tr("Live"))
        self._add_tab(tr("Model")).addWidget(self.model, stretch=1)
        self.tabs.tabBar().setAccessibleName(tr("What is told"))
        self.tabs.setToolTip("")
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(20)
        page.addWidget(self.replay, stretch=19)
        page.addWidget(self.tabs, stretch=12)

    def _add_tab(self, title: str, *parts: QWidget) -> QVBoxLayout:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part)
        self.tabs.addTab(tab, title)
        return column
