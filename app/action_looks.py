"""What the window's actions look like: words in the language in use, icons in its colours."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.actions import ACTIONS, Action, name_actions, text_of
from app.appearance import Appearance
from app.icons import themed_icon
from app.session import Session
from app.transcript.panel import BUTTONS
from app.words import tr


class ActionLooks(QObject):
    """Follows the window's colours by itself, and what plays: Start turns into Stop, and back."""

    def __init__(self, actions: Mapping[Action, QAction], appearance: Appearance, session: Session) -> None:
        super().__init__()
        self._actions = actions
        self._appearance = appearance
        self._session = session
        self._playing = False
        appearance.recoloured.connect(self._colour)
        session.changed.connect(self._follow)

    def rename(self) -> None:
        """Take over the words of the language in use."""
        name_actions(self._actions)
        self._name_start()

    def _follow(self) -> None:
        if self._session.facts.playing != self._playing:
            self._playing = not self._playing
            self._name_start()
            self._colour_start()

    def _name_start(self) -> None:
        self._actions[Action.START_STOP].setText(tr("Stop") if self._playing else text_of(Action.START_STOP))

    def _colour(self) -> None:
        theme = self._appearance.theme
        for name, spec in ACTIONS.items():
            colour = theme.text
            if name is Action.RECORD:
                colour = theme.recording
            if name in (*BUTTONS, Action.REPLAY):
                colour = theme.muted
            if spec.icon is not None and name is not Action.START_STOP:
                self._actions[name].setIcon(themed_icon(spec.icon, colour))
        self._colour_start()

    def _colour_start(self) -> None:
        icon = themed_icon("stop" if self._playing else "start", self._appearance.theme.on_accent)
        self._actions[Action.START_STOP].setIcon(icon)
