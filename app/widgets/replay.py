"""The last sign in slow motion, with its candidates and what the model attended to."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.review import Hindsight, Review
from app.review_words import FAILED, LOOKING, attention_words, sign_details, sign_headline
from app.theme import Theme
from app.widgets.attention_strip import AttentionStrip
from app.widgets.influence_legend import InfluenceLegend
from app.widgets.naming import named
from app.widgets.sign_player import SignPlayer, poses_of
from app.widgets.text import ElidedLabel
from app.words import mark, tr

SLOW: Final = "0.5"
LEAST: Final = 0.02
"""Where no joint has more influence than this, all are shown as of little."""
NOTHING: Final = mark("No sign yet")


class Replay(QWidget):
    """Plays the newest sign. One that was paused stays until it is let go on or left, whatever is signed meanwhile.

    Attributes:
        shown: the sign that is shown.
    """

    changed = Signal()
    """Another sign is shown, or its explanation has come."""

    def __init__(self, name: str, review: Review, mirror: QAction) -> None:
        """Replay the signs of `review`, as in a mirror while `mirror` is checked; names begin with `name`."""
        super().__init__()
        self.setObjectName(name)
        self._review = review
        self.shown = Hindsight()
        self.headline = named(ElidedLabel(), f"{name}Headline", role="headline")
        self.headline.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.headline.setMinimumWidth(1)  # a long gloss is elided before it pushes anything aside
        self.details = named(ElidedLabel(), f"{name}Details", role="muted")
        self.player = SignPlayer(name, speed=SLOW)
        self.strip = AttentionStrip(f"{name}Strip")
        self.legend = InfluenceLegend()
        self.header = QHBoxLayout()
        self._arrange()
        for shows in (self.player.view.set_mirrored, self.strip.set_mirrored):
            mirror.toggled.connect(shows)
            shows(mirror.isChecked())
        self.strip.scrubbed.connect(self.player.go_to)
        self.player.moved.connect(self.strip.show_index)
        self.player.resumed.connect(self._show_newest)
        review.changed.connect(self._follow)
        self._show_sign()

    def apply_theme(self, theme: Theme) -> None:
        self.strip.apply_theme(theme)
        self.legend.update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        if not event.spontaneous():  # a minimised window is not left
            self.player.play()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def _follow(self) -> None:
        """Take over what is new, as long as somebody looks and has not paused."""
        if not self.isVisible():
            return
        if self.player.playing or self.shown.sign is None or self.shown.sign is self._review.newest.sign:
            self._show_newest()

    def _show_newest(self) -> None:
        self._review.explain()
        before, self.shown = self.shown, self._review.newest
        if self.shown is before:
            return
        if self.shown.sign is before.sign:
            self._show_explanation()
        else:
            self._show_sign()
        self.changed.emit()

    def _show_sign(self) -> None:
        sign = self.shown.sign
        poses = () if sign is None else poses_of(sign.clip)
        self.headline.setText(tr(NOTHING) if sign is None else sign_headline(sign))
        self.details.setText(tr("Make one, and see it here again.") if sign is None else sign_details(sign))
        self.strip.show_poses(poses)
        self.player.show_poses(poses)
        self._show_explanation()

    def _show_explanation(self) -> None:
        explanation = self.shown.explanation
        self.strip.show_attention(explanation, waiting=tr(FAILED if self.shown.failed else LOOKING))
        self.strip.setAccessibleDescription("" if explanation is None else attention_words(explanation))
        self.player.view.show_influence(None if explanation is None else _relative(explanation.joints))
        self.legend.setVisible(explanation is not None)
        self._fit()

    def _fit(self) -> None:
        """Leave out words of the legend rather than of the sign."""
        self.legend.show_words(True)
        self.legend.show_words(self.header.sizeHint().width() <= self.width())

    def _arrange(self) -> None:
        self.header.setSpacing(16)
        self.header.addWidget(self.headline)
        self.header.addWidget(self.details, stretch=1)
        self.header.addWidget(self.legend)
        self.player.column.insertWidget(1, self.strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.header)
        column.addWidget(self.player, stretch=1)


def _relative(influence: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """0..1, where 1 is the joint with the most."""
    return np.clip(influence / max(float(influence.max()), LEAST), 0, 1)
