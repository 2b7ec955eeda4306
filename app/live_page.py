"""The live view: controls, state, picture, candidates, transcript and plot on one page."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Action
from app.bridge import Picture
from app.page import Page
from app.paint_statistics import PaintStatistics
from app.review import Review
from app.settings import Overlay
from app.theme import Theme
from app.throughput import Throughput
from app.transcript.panel import TranscriptPanel
from app.transcript.transcript import Transcript
from app.view_model import Facts, shortlist, status
from app.widgets.big_sign import BigSign
from app.widgets.candidates import CandidatesPanel
from app.widgets.caption import Caption
from app.widgets.plot import PlotPanel
from app.widgets.recording_mark import RecordingMark
from app.widgets.stage import Stage
from app.widgets.state_line import StateLine
from app.widgets.toolbar import Toolbar


class LivePage(Page):
    """Shows what it is given; the picture is the largest part at every size."""

    transcript: TranscriptPanel

    def __init__(
        self,
        actions: Mapping[Action, QAction],
        clock: Callable[[], int],
        transcript: Transcript,
        review: Review,
        throughput: Throughput,
        plot: PlotPanel,
    ) -> None:
        """Show what it is given; the plot outlives the page, for it takes as long to make as everything else here."""
        super().__init__()
        self.setObjectName("live")
        self._actions = actions
        self._signs = transcript
        self._clock = clock
        self._throughput = throughput
        self.painted = PaintStatistics()
        self.toolbar = Toolbar(actions)
        self.state_line = StateLine()
        self.recording_mark = RecordingMark("recordingMark")
        self.stage = Stage(actions, self._on_painted, review)
        self.caption = Caption()
        self.transcript = TranscriptPanel(actions, transcript)
        self.candidates = CandidatesPanel()
        self.plot = plot
        self.big_sign = BigSign()
        self._side = QWidget()
        self._presenting = False
        self.caption.legend.hide()
        self.stage.currentChanged.connect(lambda _: self.caption.legend.setVisible(self.stage.shows_picture))
        self._arrange()
        self.present(False)
        transcript.changed.connect(self._show_last_sign)
        self._show_last_sign()

    def show_facts(self, facts: Facts) -> None:
        """Bring everything that is told in words up to date."""
        now = status(facts)
        self.state_line.show_status(now)
        self.stage.show_status(now)
        self.big_sign.show_status(now)
        self.candidates.show_shortlist(shortlist(facts))
        self.plot.set_threshold(facts.threshold)

    def take_over(self, former: Page) -> None:
        assert isinstance(former, LivePage)
        self.painted = former.painted
        if former.stage.picture.picture is not None:
            self.stage.show_picture(former.stage.picture.picture)
        self.transcript.take_over(former.transcript)

    def show_picture(self, picture: Picture) -> None:
        """Show a new picture."""
        self.stage.show_picture(picture)

    def start_over(self) -> None:
        """Forget picture and figures for another run; the transcript stays."""
        self.stage.clear()
        self.painted.clear()

    @property
    def delivered(self) -> str:
        """What the camera delivers, in words; empty where none plays."""
        return self._throughput.delivered(self.stage.picture.size_in_pixels)

    def tick(self) -> None:
        """Bring up to date what changes with time: several times a second, not with every picture."""
        self.plot.refresh()
        self.caption.show_delivered(self.delivered)
        painted = self.painted.summary(self._clock()) if self._throughput.plays else None
        self.caption.show_figures(painted, self._throughput.dropped, self._throughput.pace)

    def apply_mirror(self) -> None:
        self.stage.picture.set_mirrored(self._actions[Action.MIRROR].isChecked())

    def apply_zoom(self) -> None:
        self.stage.picture.set_zoomed(self._actions[Action.ZOOM].isChecked())

    def apply_replay(self) -> None:
        """Show the last sign again, as the action says, or the picture."""
        replaying = self._actions[Action.REPLAY].isChecked()
        self.stage.show_replay(replaying)
        self._arrange_parts()
        if replaying:
            self.stage.replay.strip.setFocus()

    def apply_plot(self) -> None:
        self.plot.setVisible(self._actions[Action.PLOT].isChecked())

    def apply_overlay(self, overlay: Overlay) -> None:
        self.stage.picture.set_overlay(overlay)
        self.caption.show_overlay(overlay)

    def present(self, presenting: bool) -> None:
        """Show the picture and the last sign alone, or everything."""
        self._presenting = presenting
        self._arrange_parts()

    def apply_theme(self, theme: Theme) -> None:
        for part in (self.state_line, self.stage, self.transcript, self.candidates, self.plot, self.big_sign):
            part.apply_theme(theme)

    def _show_last_sign(self) -> None:
        self.big_sign.show_entry(self._signs.last_entry)

    def _arrange_parts(self) -> None:
        """Leave out what would take room from what is looked at."""
        replaying = self._actions[Action.REPLAY].isChecked()
        self.big_sign.setVisible(self._presenting and not replaying)
        for part in (self.toolbar, self.state_line, self._side):
            part.setVisible(not self._presenting)
        for part in (self.caption, self.transcript):
            part.setVisible(not self._presenting and not replaying)

    def _on_painted(self, picture: Picture) -> None:
        self.painted.add(
            arrived_ns=picture.frame.arrived_ns, painted_ns=self._clock(), skeleton_lag_ns=picture.skeleton_lag_ns
        )

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.stage, stretch=12)
        left.addWidget(self.big_sign, stretch=4)
        left.addWidget(self.caption)
        left.addSpacing(4)
        left.addWidget(self.transcript, stretch=4)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        right.addWidget(self.candidates, stretch=5)
        right.addWidget(self.plot, stretch=3)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, stretch=19)
        columns.addWidget(self._side, stretch=10)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 16)
        page.setSpacing(10)
        page.addWidget(self.toolbar)
        state = QHBoxLayout()
        state.setSpacing(16)
        state.addWidget(self.state_line, stretch=1)
        state.addWidget(self.recording_mark, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        page.addLayout(state)
        page.addLayout(columns, stretch=1)
