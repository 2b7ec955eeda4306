"""Recording as the window offers it: the action and a mark in every place say that it happens, messages what came."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.actions import Action
from app.live_page import LivePage
from app.place_stack import PlaceStack
from app.recording import Recording
from app.session import Session
from app.settings import Recorded
from app.settings_store import SettingsStore
from app.widgets.toast import ToastStack


class RecordingControl(QObject):
    """Keeps the action and the marks in step with a recording, and passes on what the user wants of it."""

    def __init__(
        self,
        live: LivePage,
        places: PlaceStack,
        recording: Recording,
        *,
        session: Session,
        settings: SettingsStore,
        actions: Mapping[Action, QAction],
        toasts: ToastStack,
    ) -> None:
        super().__init__()
        self._places = places
        self._recording = recording
        self._settings = settings
        self._actions = actions
        self._toasts = toasts
        session.changed.connect(self._enable)
        recording.changed.connect(self._show)
        recording.remark.connect(self._say)
        recording.recorded.connect(lambda words: self._say(words, Action.SESSIONS))
        recording.left_behind.connect(lambda words: self._say(words, Action.RESTORE_RECORDING))
        places.changed.connect(self.tick)
        self.serve(live)

    def serve(self, live: LivePage) -> None:
        """Show the recording on another page."""
        self._live = live
        self._show()

    def apply(self) -> None:
        """Record what plays, or end that, as the action says."""
        if self._actions[Action.RECORD].isChecked():
            self._recording.start(video=self._settings.settings.recorded is Recorded.VIDEO)
        else:
            self._recording.stop()
        self._show()

    def tick(self) -> None:
        """Bring up to date how long it has been under way.

        Live says so beside its state, on the whole screen as well, where there is no rail; the rail in other places.
        """
        active = self._recording.active
        duration = self._recording.duration_ns if active else None
        elsewhere = active and self._places.place is not Action.GO_TO_LIVE
        self._live.recording_mark.show_duration(duration)
        self._places.rail.recording_mark.show_duration(duration if elsewhere else None)

    def _show(self) -> None:
        self._enable()
        self._actions[Action.RECORD].setChecked(self._recording.active)
        self.tick()

    def _enable(self) -> None:
        self._actions[Action.RECORD].setEnabled(self._recording.active or self._recording.possible)

    def _say(self, words: str, offer: Action | None = None) -> None:
        self._toasts.say(words, calm=True, offer=None if offer is None else self._actions[offer])
