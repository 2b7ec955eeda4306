"""Inside: what the model attended to, what decided, what it confuses, how it was calibrated, and how fast all is."""

import math
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.actions import Action
from app.bridge import News
from app.hand_speed import HandSpeed
from app.page import Page
from app.review import Review
from app.review_words import FAILED, LOOKING, alike_words
from app.services import Services
from app.session import Session
from app.theme import Theme
from app.widgets.influence_panel import InfluencePanel
from app.widgets.model_panel import ModelPanel
from app.widgets.naming import label, named
from app.widgets.plot import PlotPanel
from app.widgets.replay import Replay
from app.widgets.trace_plot import TracePlot
from engine.pipeline.statistics import Spread
from engine.types import Activity

REFRESH_MS: Final = 200
WAITING: Final = "Once a sign has been made, this tells which parts of the signer decided."


class InsidePage(Page):
    """The last sign on the left; on the right its explanation, the live plots and the model."""

    def __init__(
        self, *, session: Session, review: Review, services: Services, actions: Mapping[Action, QAction]
    ) -> None:
        super().__init__()
        self.setObjectName("inside")
        self._session = session
        self._clock = services.clock
        self._hands = HandSpeed()
        self._heard_ns: int | None = None
        self.replay = Replay("inside", review, actions[Action.MIRROR])
        self.influence = InfluencePanel()
        self.told = label(WAITING, "influenceWords", role="muted", wrap=True)
        self.alike_title = label("Nearest confusions", role="title")
        self.alike = label(name="alikeWords", wrap=True)
        self.motion = TracePlot("motionPlot", "Hands", unit="shoulder widths/s", curves=("left", "right"), least=2.0)
        self.probabilities = PlotPanel("insidePlot", "Probabilities")
        self.latency = TracePlot(
            "latencyPlot", "Latency", unit="ms", curves=("keypoints", "model", "in all"), least=20.0
        )
        self.model = ModelPanel()
        self.tabs = named(QTabWidget(), "insideTabs")
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.setFocusProxy(self.replay.strip)
        self._arrange()
        self.replay.changed.connect(self._show_explanation)
        session.offers_changed.connect(self._show_model)
        session.changed.connect(self._show_threshold)
        session.started.connect(self._start_over)
        self._show_model()
        self._show_threshold()
        self._show_explanation()

    def show_news(self, news: News) -> None:
        """Take the figures of a new moment, whoever looks: the curves shall be there when somebody does."""
        if news.picture is not None and news.picture.keypoints is not None:
            keypoints = news.picture.keypoints
            if keypoints.time_ns != self._heard_ns:
                self._heard_ns = keypoints.time_ns
                self.motion.add(keypoints.time_ns, self._hands.push(keypoints))
        if news.update is not None:
            signing = news.update.activity is Activity.SIGNING
            if not signing or news.prediction is not None:
                candidates = news.prediction.candidates if signing and news.prediction is not None else ()
                self.probabilities.add(news.update.time_ns, candidates)

    def apply_theme(self, theme: Theme) -> None:
        for part in (self.replay, self.influence, self.motion, self.probabilities, self.latency, self.model):
            part.apply_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self._timer.stop()

    def _refresh(self) -> None:
        statistics = self._session.statistics
        if statistics is not None and self._session.facts.playing:
            figures = (statistics.keypoint_ms, statistics.model_ms, statistics.delay_ms)
            self.latency.add(self._clock(), [_median(spread) for spread in figures])
        for plot in (self.motion, self.probabilities, self.latency):
            plot.refresh()

    def _start_over(self) -> None:
        self._heard_ns = None
        for plot in (self.motion, self.probabilities, self.latency):
            plot.clear()

    def _show_model(self) -> None:
        self.model.show_model(self._session.model)

    def _show_threshold(self) -> None:
        self.probabilities.set_threshold(self._session.facts.threshold)

    def _show_explanation(self) -> None:
        explanation = self.replay.explanation
        self.influence.show_explanation(explanation)
        if explanation is not None:
            self.told.setText(f"What “{explanation.gloss}” loses when a part of the signer is hidden.")
            self.alike.setText(alike_words(explanation))
        else:
            looking = FAILED if self.replay.failed else LOOKING
            self.told.setText(WAITING if self.replay.sign is None else looking)
            self.alike.setText("")
        self.alike_title.setVisible(bool(self.alike.text()))

    def _arrange(self) -> None:
        sign = (label("What decided", role="title"), self.told, self.influence, self.alike_title, self.alike)
        live = (self.motion, self.probabilities, self.latency)
        for title, parts, stretched in (
            ("This sign", sign, ()),
            ("Live", live, live),
            ("Model", (self.model,), (self.model,)),
        ):
            tab = QWidget()
            column = QVBoxLayout(tab)
            column.setContentsMargins(14, 12, 14, 12)
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part, stretch=1 if part in stretched else 0)
            if not stretched:
                column.addStretch()
            self.tabs.addTab(tab, title)
        self.tabs.tabBar().setAccessibleName("What is told")
        self.tabs.setToolTip("")
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(20)
        page.addWidget(self.replay, stretch=19)
        page.addWidget(self.tabs, stretch=12)


def _median(spread: Spread | None) -> float:
    return math.nan if spread is None else spread.median
