"""How what plays is looked at: mirrored, zoomed, with the plot, once more; what of it is remembered."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.actions import Action
from app.bridge import SourceInfo
from app.live_page import LivePage
from app.place_stack import PlaceStack
from app.review import Review
from app.session import Session
from app.settings_store import SettingsStore
from app.transcript.panel import TranscriptPanel

MODES: Final = (Action.REPLAY, Action.PRESENT)
"""What takes the place of the transcript in Live; Esc leaves one after the other."""


class Viewing(QObject):
    """Lets Live follow the actions that say how it looks, and these follow what plays and what is remembered."""

    def __init__(
        self,
        live: LivePage,
        places: PlaceStack,
        actions: Mapping[Action, QAction],
        *,
        session: Session,
        settings: SettingsStore,
        review: Review,
    ) -> None:
        """Begin as the settings say."""
        super().__init__()
        self._live = live
        self._places = places
        self._actions = actions
        self._session = session
        self._settings = settings
        self._review = review
        self._last_source: SourceInfo | None = None
        actions[Action.ZOOM].setChecked(settings.settings.zoom)
        actions[Action.PLOT].setChecked(settings.settings.plot)
        session.offers_changed.connect(self._mirror_new_source)
        review.changed.connect(self._enable_replay)
        self._enable_replay()
        self.serve(live)

    def serve(self, live: LivePage) -> None:
        """Do all this for another page, which looks as the one before."""
        self._live = live
        live.apply_mirror()
        live.apply_zoom()
        live.apply_plot()
        live.apply_replay()

    @property
    def mode(self) -> QAction | None:
        """Which of the modes Esc leaves, if one is on; a replay only where it is seen."""
        seen = MODES if self._places.place is Action.GO_TO_LIVE else (Action.PRESENT,)
        return next((self._actions[mode] for mode in seen if self._actions[mode].isChecked()), None)

    def apply_mirror(self) -> None:
        """Mirror the picture as the action says; for cameras that is remembered."""
        self._live.apply_mirror()
        if self._session.source is None or self._session.source.live:
            self._settings.change(mirror=self._actions[Action.MIRROR].isChecked())

    def apply_zoom(self) -> None:
        """Show the signer alone or the whole picture, as the action says, and remember it."""
        self._live.apply_zoom()
        self._settings.change(zoom=self._actions[Action.ZOOM].isChecked())

    def apply_plot(self) -> None:
        """Show or fold the plot as the action says, and remember it."""
        self._live.apply_plot()
        self._settings.change(plot=self._actions[Action.PLOT].isChecked())

    def apply_replay(self) -> None:
        """Show the last sign again in Live, as the action says, or what happens; from elsewhere always the sign."""
        if self._places.place is not Action.GO_TO_LIVE:
            self._actions[Action.REPLAY].setChecked(True)  # whether it was is not seen there
            self._places.go_to(Action.GO_TO_LIVE)
        self._live.apply_replay()

    def show_what_plays(self) -> None:
        """Let what happens in Live be seen, rather than the last sign again."""
        self._places.go_to(Action.GO_TO_LIVE)
        self._actions[Action.REPLAY].setChecked(False)
        self._live.apply_replay()

    def show_transcript(self) -> TranscriptPanel:
        """Let the transcript be seen, which is about to change, and return where it is."""
        self._places.go_to(Action.GO_TO_LIVE)
        for mode in MODES:
            if self._actions[mode].isChecked():
                self._actions[mode].trigger()
        return self._live.transcript

    def _mirror_new_source(self) -> None:
        """One wants to see oneself as in a mirror, and others as they are."""
        source, last = self._session.source, self._last_source
        if source is not None and (last is None or source.live != last.live):
            self._actions[Action.MIRROR].setChecked(source.live and self._settings.settings.mirror)
            self._live.apply_mirror()
        self._last_source = source or last

    def _enable_replay(self) -> None:
        self._actions[Action.REPLAY].setEnabled(self._review.newest.sign is not None)
