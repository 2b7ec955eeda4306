"""How large the text is and which colours the icons have: what follows from settings, window and theme."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QAction

from app.actions import ACTIONS, Action
from app.icons import themed_icon
from app.theme import Theme
from app.transcript.panel import BUTTONS

TEXT_SCALES: Final = (1.0, 1.15, 1.3, 1.5)
"""Larger windows have larger text, in steps, so that they can be read from afar."""
FEWEST_EMS: Final = (64, 38)
"""How many letters the window's width and height hold at least, however large the user wants them."""


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


def colour_icons(actions: Mapping[Action, QAction], theme: Theme, *, playing: bool) -> None:
    """Give every action of the table its icon in the colours of a theme."""
    for name, spec in ACTIONS.items():
        icon, colour = spec.icon, theme.text
        if name is Action.START_STOP:
            icon, colour = "stop" if playing else "start", theme.on_accent
        if name in BUTTONS:
            colour = theme.muted
        if icon is not None:
            actions[name].setIcon(themed_icon(icon, colour))
