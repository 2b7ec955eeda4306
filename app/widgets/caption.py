"""The line under the picture: what the colours of the skeleton mean, and how fast and how fresh the picture is."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.paint_statistics import PaintSummary
from app.settings import Overlay
from app.widgets.naming import label, named
from app.widgets.skeleton import PARTS, Part, parts_shown
from app.widgets.text import ElidedLabel
from app.words import mark, tr

EXPLAINED: Final = mark(
    "Pictures painted a second · time from camera to screen, skeleton included, for half of the pictures "
    "and for 95 % of them · pictures left out because newer ones were there"
)


class Caption(QWidget):
    """Legend on the left, what the camera delivers in the middle, figures on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("caption")
        self.figures = named(ElidedLabel(), "figures", role="muted")
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figures.setAccessibleName(tr("Frame rate, delay from camera to screen, frames left out"))
        self.figures.setToolTip(tr(EXPLAINED))
        self.delivered = named(ElidedLabel(), "delivered", role="muted")
        self.delivered.setAccessibleName(tr("What the camera delivers"))
        self.delivered.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.legend = named(QWidget(), "legend")
        names = QHBoxLayout(self.legend)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(10)
        self._entries = [(part, LegendEntry(part)) for part in PARTS]
        for _, entry in self._entries:
            names.addWidget(entry)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.legend)
        row.addWidget(self.delivered, stretch=1)
        row.addWidget(self.figures, stretch=2)

    def show_overlay(self, overlay: Overlay) -> None:
        """Name the parts of the skeleton that are drawn."""
        for part, entry in self._entries:
            entry.setVisible(part in parts_shown(overlay))

    def show_delivered(self, words: str) -> None:
        """Say what the camera delivers; nothing where none plays."""
        self.delivered.setText(words)
        self.delivered.setVisible(bool(words))

    def show_figures(self, painted: PaintSummary | None, dropped: int, pace: str | None = None) -> None:
        """Show the figures of the last seconds, nothing where no pictures come; what is said of the pace comes first.

        There is no room for both beside the legend.

        Args:
            painted: rate and delays.
            dropped: pictures left out since the source was opened.
            pace: what to say of a computer that cannot keep up.
        """
        known, in_short = ("", "") if painted is None else (figures(painted, dropped), rate(painted))
        text = pace or known
        if text != self.figures.text():
            self.figures.setText(text, tr("Slow computer") if pace else in_short)
            self.figures.setToolTip(f"{known}\n{tr(EXPLAINED)}")


def figures(painted: PaintSummary, dropped: int) -> str:
    """Return rate, delay and drops in a few words."""
    return tr(
        "{rate:.0f} fps · {median:.0f} ms, 95 % within {p95:.0f} ms · {dropped} dropped",
        rate=painted.frames_per_second,
        median=painted.median_ms,
        p95=painted.p95_ms,
        dropped=dropped,
    )


def rate(painted: PaintSummary) -> str:
    """Return the rate alone, where there is no room for more."""
    return tr("{rate:.0f} fps", rate=painted.frames_per_second)


class LegendEntry(QWidget):
    """A part of the skeleton: its colour and its name."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Swatch(part.colour))
        row.addWidget(label(tr(part.name), role="muted"))


class Swatch(QWidget):
    """A short line in one colour of the skeleton, with a dark edge as in the picture."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.setFixedSize(18, 10)
        self._colour = QColor(colour)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 150))
        painter.setBrush(self._colour)
        painter.drawRoundedRect(self.rect().adjusted(1, 2, -1, -2), 3, 3)
        painter.end()
