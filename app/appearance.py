"""How large the text is and which colours everything has: what follows from settings, system and window."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from app.settings_store import SettingsStore
from app.theme import LIGHT, Theme, chosen_theme

TEXT_SCALES: Final = (1.0, 1.15, 1.3, 1.5)
"""Larger windows have larger text, in steps, so that they can be read from afar."""
ICONS_LATER_MS: Final = 20
"""Icons follow the colours a frame later: both in one turn of the event loop would hold the window up."""
FEWEST_EMS: Final = (70, 38)
"""How many letters the window's width and height hold at least, however large the user wants them."""


class Appearance(QObject):
    """Colours and sizes a window as the system, the settings and the window's own size want it, from `apply` on.

    All of a change in one turn of the event loop would hold the window up. So it makes itself ready in the first turns,
    takes on colours and sizes in the next one, and is painted with them in the one after.
    """

    changed = Signal(Theme)
    """The window has another stylesheet; what is painted by hand has to follow."""
    recoloured = Signal()
    """Its colours are others, too."""

    def __init__(self, window: QWidget, settings: SettingsStore) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._applied: tuple[Theme, float] | None = None
        self._worn: Theme | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._change)
        self._lay_aside: Callable[[], bool] = bool

    @property
    def theme(self) -> Theme:
        """That holds now; the light one before `apply`."""
        return LIGHT if self._applied is None else self._applied[0]

    @property
    def at_rest(self) -> bool:
        """Whether the window has the colours and sizes that are wanted of it, and paints them."""
        return not self._soon.isActive() and self._window.updatesEnabled()

    def apply(self, lay_aside: Callable[[], bool]) -> None:
        """Bring the window up to date now, and whenever something of it changes.

        Args:
            lay_aside: takes something out of the window that is not seen, and returns whether there was anything.
        """
        self._lay_aside = lay_aside
        self._settings.changed.connect(self._follow)
        self._window.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        # With the palette, the system has gone dark, or light.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ApplicationPaletteChange):
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        window, settings = self._window, self._settings.settings
        theme = chosen_theme(settings.theme, QApplication.palette())
        system = QFontInfo(QApplication.font()).pixelSize()
        pixels = text_pixels(system, width=window.width(), height=window.height(), percent=settings.text_percent)
        if (theme, pixels) == self._applied:
            return
        first = self._applied is None
        self._applied = theme, pixels
        if first:
            self._dress()
            self.recoloured.emit()
        else:
            self._soon.start(0)

    def _change(self) -> None:
        """Do what comes next: lay something aside, or change what is seen, which is painted when all of it is done."""
        if self._lay_aside():
            self._soon.start(0)
            return
        self._window.setUpdatesEnabled(False)
        self._dress()
        QTimer.singleShot(0, self, self._paint)

    def _paint(self) -> None:
        self._window.setUpdatesEnabled(True)
        # Qt may still wait for what was about to be painted when updates were disabled, and ask for nothing more.
        self._window.repaint()

    def _dress(self) -> None:
        assert self._applied is not None
        theme, pixels = self._applied
        if theme is not self._worn:
            self._window.setPalette(theme.palette())
            QTimer.singleShot(ICONS_LATER_MS, self, self.recoloured.emit)
        self._worn = theme
        self._window.setStyleSheet(theme.stylesheet(pixels))
        self.changed.emit(theme)


def text_scale(width: int, height: int) -> float:
    """Return how much larger than the system's the text of a window of some size in pixels is."""
    room = min(width / 1280, height / 720)
    return max(scale for scale in TEXT_SCALES if scale <= max(room, TEXT_SCALES[0]))


def text_pixels(system: float, *, width: int, height: int, percent: int) -> float:
    """Return the size of ordinary text.

    Args:
        system: its size where the system decides, in pixels.
        width: of the window, in pixels.
        height: of the window.
        percent: what the user wants of the size that goes with the window.
    """
    fitting = system * text_scale(width, height)
    largest = max(fitting, min(width / FEWEST_EMS[0], height / FEWEST_EMS[1]))
    return min(fitting * percent / 100, largest)
