"""Text that has to fit."""

import re
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

TITLE: Final = 1.15
"""Size of a panel's title, in em."""
LONG_WORD: Final = re.compile(r"[!-~]{20,}")
"""What may be longer than a narrow line. Of Latin letters: others are joined, or broken anywhere as it is."""
JOINTS: Final = re.compile(r"(?<=[/\\_.-])")
"""Where the names of files and folders are best broken."""
BREAK_HERE: Final = "\u200b"
"""A space without a width."""


def em(widget: QWidget) -> float:
    """Return the size of a widget's own type in pixels, the measure of all larger type."""
    font = widget.font()
    # A font that is sized in points has to be looked up first.
    return float(font.pixelSize() if font.pixelSize() > 0 else QFontInfo(font).pixelSize())


def title_font(widget: QWidget) -> QFont:
    """Return the font of a panel's title."""
    return sized(widget.font(), TITLE * em(widget), bold=True)


def sized(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    """Return `font` in another size."""
    other = QFont(font)
    other.setPixelSize(max(1, round(pixels)))
    other.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return other


def fitted(
    font: QFont, text: str, *, width: float, largest: float, smallest: float, bold: bool = True
) -> tuple[QFont, str]:
    """Return the largest font in which `text` is at most `width` wide; the text is elided where none is."""
    at_largest = sized(font, largest, bold=bold)
    needed = QFontMetricsF(at_largest).horizontalAdvance(text)
    if not text or needed <= width:
        return at_largest, text
    # Widths do not grow evenly with the size, so the estimate may be a pixel or two too large.
    size = max(smallest, largest * width / needed)
    while size > smallest and QFontMetricsF(sized(font, size, bold=bold)).horizontalAdvance(text) > width:
        size -= 1
    smaller = sized(font, max(smallest, size), bold=bold)
    return smaller, QFontMetricsF(smaller).elidedText(text, Qt.TextElideMode.ElideRight, width)


class WrappedLabel(QLabel):
    """Text of several lines, which is broken within words that no line has room for, such as names of files."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        """Return the text as it was set."""
        return super().text().replace(BREAK_HERE, "")

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's name)
        super().setText(LONG_WORD.sub(lambda word: _breakable(word[0]), text))


class ElidedLabel(QLabel):
    """A line of text that never asks for width: what does not fit is said shorter or cut off, and in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str, *shorter: str) -> None:  # noqa: N802 (Qt's name)
        """Show `text`, or the first of its shorter forms that fits."""
        if text != self.text():
            self._shorter = shorter
            super().setText(text)
            self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown(self) -> str:
        """What there is room for."""
        metrics, forms = self.fontMetrics(), (self.text(), *self._shorter)
        fitting = (form for form in forms if metrics.horizontalAdvance(form) <= self.width())
        return next(fitting, metrics.elidedText(forms[-1], Qt.TextElideMode.ElideRight, self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), self.alignment(), self.shown)
        painter.end()


def _breakable(word: str) -> str:
    """Let a word be broken at its joints, and between any letters of what is long without one."""
    parts = (BREAK_HERE.join(part) if LONG_WORD.fullmatch(part) else part for part in JOINTS.split(word))
    return BREAK_HERE.join(parts)
