"""Where something may lie over a window for a while without being in anybody's way."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QTabWidget, QWidget

GAP: Final = 8
KEPT_CLEAR: Final = "keptClear"
"""The property of widgets that nothing lies over although they are no controls: the signer."""


def taken(window: QWidget, *, but: QWidget) -> tuple[QRect, ...]:
    """Return where the controls of a window are, and what is kept clear; without what belongs to `but`."""
    return tuple(
        seen
        for widget in window.findChildren(QWidget)
        if _is_taken(widget) and widget.isVisible() and widget is not but and not but.isAncestorOf(widget)
        if not (seen := _seen(widget, window)).isEmpty()
    )


def free_place(area: QRect, size: QSize, rooms: Iterable[QRect]) -> QRect | None:
    """Return the lowest place in `area`, the rightmost of such, that meets none of `rooms`; None without one."""
    met = tuple(room.adjusted(-GAP, -GAP, GAP, GAP) for room in rooms)
    places = (place for place in _places(area, size, met) if not any(place.intersects(room) for room in met))
    return max(places, key=lambda place: (place.bottom(), place.right()), default=None)


def _places(area: QRect, size: QSize, rooms: Iterable[QRect]) -> Iterator[QRect]:
    """Every place at an edge of the area or over a room."""
    lowest = area.bottom() + 1 - size.height()
    tops = {lowest, *(room.top() - size.height() for room in rooms)}
    lefts = (area.left(), area.center().x() - size.width() // 2, area.right() + 1 - size.width())
    every = (QRect(QPoint(left, top), size) for left in lefts for top in tops)
    return (place for place in every if area.contains(place))


def _is_taken(widget: QWidget) -> bool:
    if widget.property(KEPT_CLEAR):
        return True
    scrolled = widget if isinstance(widget, QAbstractScrollArea) else widget.parent()
    if isinstance(scrolled, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView):
        return False  # what can be scrolled is read; the controls in it count by themselves
    if isinstance(widget, QTabWidget):
        return False  # its tabs do, and what is behind them
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """The part of the window in which a widget is seen: some of it may be scrolled away."""
    region = widget.visibleRegion().boundingRect()
    return region.translated(widget.mapTo(window, QPoint(0, 0)))
