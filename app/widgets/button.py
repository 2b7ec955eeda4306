"""Buttons, for actions of the window and for other things."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from app.widgets.naming import explained, named
from app.widgets.text import em


class ActionButton(QPushButton):
    """Triggers an action and always looks like it: text, icon, tooltip, enabled, checked."""

    def __init__(
        self, action: QAction, *, role: str | None = None, text: str | None = None, bare: bool = False
    ) -> None:
        """Make a button.

        Args:
            action: from the table of actions.
            role: "primary" for the one thing that is done most, "quiet" for what stands inside a panel.
            text: where the action's own would be too short; such a button shows no icon either.
            bare: show the icon alone; the tooltip has the words.
        """
        super().__init__()
        self._action = action
        self._text = text
        self._with_words = not bare
        self.setObjectName(f"{action.objectName()}Button")
        self.setProperty("role", role)
        self.setProperty("bare", bare)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def show_words(self, shown: bool) -> None:
        """Show the text beside the icon, or the icon alone."""
        if shown != self._with_words:
            self._with_words = shown
            self.setProperty("bare", not shown)  # an icon needs less room beside it than words
            self.style().polish(self)
            self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            side = round(1.35 * em(self))
            if self.iconSize() != QSize(side, side):
                self.setIconSize(QSize(side, side))

    def _follow(self) -> None:
        action = self._action
        words = self._text or action.text()
        self.setText(words if self._with_words else "")
        self.setAccessibleName(words)
        self.setAccessibleDescription(action.toolTip())
        self.setToolTip(action.toolTip())
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())
        if self._text is None:
            self.setIcon(action.icon())


def push_button(
    name: str, text: str, explanation: str, do: Callable[[], object], *, role: str | None = None
) -> QPushButton:
    """Return a button for something that is no action of the window.

    Args:
        name: of the widget.
        text: on the button.
        explanation: what it does, for tooltip and screen reader.
        do: what happens.
        role: one of those that the stylesheet knows.
    """
    button = explained(named(QPushButton(text), name, role=role), explanation, name=text)
    button.clicked.connect(lambda _checked=False: do())
    return button
