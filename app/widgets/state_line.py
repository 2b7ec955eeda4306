"""What the application is doing, in words beside a colour."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.theme import Theme
from app.view_model import Status, Tone
from app.widgets.naming import named
from app.widgets.text import ElidedLabel
from app.words import tr


class StateLine(QWidget):
    """A dot, the state and what to do about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stateLine")
        self.setAccessibleName(tr("State"))
        self.dot = Dot()
        self.headline = named(ElidedLabel(), "stateHeadline", role="headline")
        self.headline.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hint = named(ElidedLabel(), "stateHint", role="hint")
        self._advised = ""

        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self.dot)
        self._row.addWidget(self.headline)
        self._row.addWidget(self.hint, stretch=1)

    def show_status(self, status: Status) -> None:
        if self.headline.text() != status.headline:
            self.headline.setText(status.headline)
            self._row.activate()  # at once: a longer headline would be painted in the room of the one before
        self.hint.setText(status.hint)
        if status.advises != (self.hint.property("role") == "advice"):
            self.hint.setProperty("role", "advice" if status.advises else "hint")
            self.style().polish(self.hint)
        if status.advises and status.hint != self._advised:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, status.hint))
        self._advised = status.hint if status.advises else ""
        self.dot.show_tone(status.tone)
        self.setAccessibleDescription(f"{status.headline}. {status.hint}")

    def apply_theme(self, theme: Theme) -> None:
        self.dot.apply_theme(theme)


class Dot(QWidget):
    """A coloured dot: the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(14, 14))
        self._tone = Tone.QUIET
        self._colours: dict[Tone, str] = {}

    def show_tone(self, tone: Tone) -> None:
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._colours = {Tone.QUIET: theme.muted, Tone.LIVE: theme.accent, Tone.CAUTION: theme.caution}
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(self._colours.get(self._tone, "")))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
