"""Every widget has a name: tests and stylesheets find it by that; every control says what it does."""

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QWidget

from app.widgets.text import WrappedLabel

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, *, role: str | None = None) -> W:
    """Give a widget its object name and, for the stylesheet, a role; returns the widget."""
    widget.setObjectName(name)
    if role is not None:
        widget.setProperty("role", role)
    return widget


def explained(widget: W, explanation: str, *, name: str | None = None) -> W:
    """Let tooltip and screen reader tell what a control does, and the latter call it `name`; returns the widget."""
    if name is not None:
        widget.setAccessibleName(name)
    widget.setAccessibleDescription(explanation)
    widget.setToolTip(explanation)
    return widget


def label(text: str = "", name: str = "", *, role: str | None = None, wrap: bool = False) -> QLabel:
    """Return a label; `role` is one of those that the stylesheet knows."""
    return named(WrappedLabel(text) if wrap else QLabel(text), name, role=role)
