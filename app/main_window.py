"""The window: the session on one side, widgets on the other."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.actions import Action, make_actions, name_actions, text_of
from app.appearance import Appearance, colour_icons
from app.bridge import Bridge, News, Picture, SourceInfo
from app.engine_words import translated
from app.first_paint import FirstPaint
from app.help_desk import HelpDesk
from app.language import SHIPPED, Languages
from app.lessons import LessonStore
from app.live_page import LivePage
from app.model_in_use import ModelWish
from app.named_signs import NamedSigns
from app.options import Options
from app.personal import PersonalSigns
from app.pickers import Pickers
from app.place_stack import PlaceStack
from app.places import PLACES
from app.practice import Practice
from app.progress import ProgressStore
from app.recording import Recording
from app.review import Review
from app.screenshot import save_screenshot
from app.services import Services
from app.session import Session
from app.settings import Hand, Recorded
from app.settings_store import SettingsStore
from app.transcript.transcript import Transcript
from app.view_model import delivered_words, slow_pace
from app.widgets.toast import ToastStack
from app.widgets.toolbar import Picker, Toolbar
from app.words import tr
from engine.errors import UserFacingError
from engine.sources.prototypes import Prototype

TICK_MS: Final = 100
"""What changes with time is looked at ten times a second, by this one timer."""
MODES: Final = (Action.REPLAY, Action.PRESENT)
"""What Esc leaves, one after the other."""
SMALLEST: Final = (960, 600)

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Passes what the user wants to the session, and what the session knows to the pages.

    Attributes:
        session: what plays, with which model.
        settings: what is remembered.
        languages: that the window can be in.
        lessons: parts of the vocabulary that the user has named.
        personal: signs that the user has taught.
        transcript: the signs so far.
        review: the last of them in hindsight.
        practice: the round that is under way.
        progress: what has been practised so far.
        recording: what is kept of what plays, when the user wants that.
        services: the engine.
        by_action: what the user can do.
        places: the pages beside the rail.
        live: the page that shows what plays; it is always there, so that nothing is missed while others are looked at.
        toolbar: of that page.
        pickers: what is chosen there.
        help: keys, log and report.
        toasts: the messages over whatever page is shown.
        exit_status: of the programme, once the window is closed.
        threads_ended: all of them have, once it is closed; otherwise one could not be interrupted.
    """

    pictured = Signal(Picture)
    """There is another picture, with keypoints or without."""
    ticked = Signal()
    """A tenth of a second has passed."""

    session: Session
    settings: SettingsStore
    languages: Languages
    lessons: LessonStore
    personal: PersonalSigns
    transcript: Transcript
    review: Review
    practice: Practice
    progress: ProgressStore
    recording: Recording
    services: Services
    by_action: dict[Action, QAction]
    help: HelpDesk
    places: PlaceStack
    live: LivePage
    toolbar: Toolbar
    pickers: Pickers
    toasts: ToastStack

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._bridge = Bridge(self._hear)
        self._screenshot: Path | None = None
        self._last_source: SourceInfo | None = None
        self.exit_status = 0
        self.threads_ended = False
        self.session = Session(services, self._bridge)
        self.settings = SettingsStore(services.config_folder())
        self.languages = Languages(
            (SHIPPED, services.config_folder() / "translations"),
            cache=services.cache_folder() / "translations",
            system=services.system_languages(),
        )
        self.lessons = LessonStore(services.config_folder() / "lessons")
        self.personal = PersonalSigns(services.data_folder())
        self.progress = ProgressStore(services.data_folder())
        self.practice = Practice(
            session=self.session,
            settings=self.settings,
            personal=self.personal,
            progress=self.progress,
            prototypes=self.prototypes,
            clock=services.clock,
        )
        self.transcript = Transcript(services, self._bridge)
        self.help = HelpDesk(self, self.settings, self.tell)
        self.by_action = make_actions(self)
        self.review = Review(self.session, self.settings, self._bridge)
        self.recording = Recording(services, self._bridge, self.session, self.transcript)
        self._appearance = Appearance(self, self.settings)
        self.toasts = ToastStack(self, self.by_action[Action.DISMISS], services.clock)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 760)
        self.settings.load()  # for the language; nobody listens yet to what cannot be used
        self._use_language()
        self._build()
        self.pickers = Pickers(self.toolbar, self.session, watch=self.watch)
        self._named_signs = NamedSigns(
            self.session, self.transcript, settings=self.settings, lessons=self.lessons, personal=self.personal
        )
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._connect()
        self.settings.load()
        self.personal.load()
        self.progress.load()
        self._restore()
        self.go_to(Action.GO_TO_LIVE)
        self._apply_settings()
        self._appearance.apply()
        self._show_facts()
        self._enable_replay()
        self._show_recording()
        self.setFocus()  # the ring appears with the first Tab

    def begin(self, options: Options) -> None:
        """Start what the command line asks for; the window can be used meanwhile."""
        self._screenshot = options.screenshot
        if options.exit_after is not None:
            QTimer.singleShot(round(options.exit_after * 1000), self, self.close)
        self._ticker.start()
        self.transcript.begin()
        self.recording.begin()
        remembered = self.settings.settings
        source = options.source or remembered.source
        wish = ModelWish(options.model or remembered.model, options.device or remembered.device)
        asked_for = options.model is not None or options.device is not None
        fallback = None if asked_for else ModelWish(None, "auto")
        # What is loaded holds Python's lock for long stretches; the window shall be there before.
        FirstPaint(self, lambda: self.session.begin(source=source, model=wish, fallback=fallback))

    @property
    def place(self) -> Action:
        """The place that is shown, by the action that goes there."""
        return self.places.place

    def go_to(self, place: Action) -> None:
        """Show a place."""
        self.places.go_to(place)

    def watch(self, spec: str | None) -> None:
        """Play a source that the user has chosen, None for the first camera, and show it."""
        self.settings.change(source=spec)
        self.go_to(Action.GO_TO_LIVE)
        self.session.play(spec)

    def open_picker(self, picker: Picker) -> None:
        """Let the user choose from one of the pickers of the live page."""
        self.go_to(Action.GO_TO_LIVE)
        picker.showPopup()

    def apply_mirror(self) -> None:
        """Mirror the picture as the action says; for cameras that is remembered."""
        self.live.apply_mirror()
        if self.session.source is None or self.session.source.live:
            self.settings.change(mirror=self.by_action[Action.MIRROR].isChecked())

    def apply_zoom(self) -> None:
        """Show the signer alone or the whole picture, as the action says, and remember it."""
        self.live.apply_zoom()
        self.settings.change(zoom=self.by_action[Action.ZOOM].isChecked())

    def apply_plot(self) -> None:
        """Show or fold the plot as the action says, and remember it."""
        self.live.apply_plot()
        self.settings.change(plot=self.by_action[Action.PLOT].isChecked())

    def apply_replay(self) -> None:
        """Show the last sign again in Live, as the action says, or what happens."""
        if self.by_action[Action.REPLAY].isChecked():
            self.go_to(Action.GO_TO_LIVE)
        self.live.apply_replay()

    def apply_recording(self) -> None:
        """Record what plays, or end that, as the action says."""
        if self.by_action[Action.RECORD].isChecked():
            self.recording.start(video=self.settings.settings.recorded is Recorded.VIDEO)
        else:
            self.recording.stop()
        self._show_recording()

    def show_sessions(self) -> None:
        """List what was recorded."""
        from app.sessions_dialog import SessionsDialog

        dialog = SessionsDialog(self, self.recording.folder, self.tell)
        dialog.chosen.connect(self.watch)
        dialog.open()

    def apply_presentation(self) -> None:
        """Fill the screen with picture and sign as the action says, or bring everything back."""
        presenting = self.by_action[Action.PRESENT].isChecked()
        if presenting:
            self.go_to(Action.GO_TO_LIVE)
        self._present()
        if presenting:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)

    @property
    def clock(self) -> Callable[[], int]:
        """Monotonic nanoseconds."""
        return self.services.clock

    def tell(self, message: str) -> None:
        """Say something to the user, and to the log."""
        log.info("%s", message)
        self.toasts.say(translated(message))

    def prototypes(self) -> Mapping[str, Prototype]:
        """Return the motions of signs by gloss; none, and a word on why, where they cannot be read."""
        try:
            return self.services.load_prototypes()
        except UserFacingError as error:
            self.tell(str(error))
            return {}

    @property
    def delivered(self) -> str:
        """What the camera delivers, in words; empty where none plays."""
        asked, statistics, size = self.session.asked, self.session.statistics, self.live.stage.picture.size_in_pixels
        plays = self.session.facts.playing and not self.session.facts.camera_lost
        if asked is None or statistics is None or size is None or not plays:
            return ""
        return delivered_words(asked, size, statistics)

    def tick(self) -> None:
        """Bring up to date what changes with time."""
        statistics = self.session.statistics
        dropped = self._bridge.overtaken + (0 if statistics is None else statistics.frames_dropped)
        pace = None if statistics is None else slow_pace(statistics)
        self.live.tick(dropped=dropped, pace=pace, delivered=self.delivered)
        if self.recording.active:
            self.live.show_recording(self.recording.duration_ns)
        self.toasts.tick()
        self.practice.tick()
        if not self.toolbar.source.view().isVisible():  # what somebody chooses from stays as it is
            self.session.tick()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        # With a message to dismiss, Esc is the shortcut for that and does not come here.
        leave = next((self.by_action[mode] for mode in MODES if self.by_action[mode].isChecked()), None)
        if event.key() == Qt.Key.Key_Escape and leave is not None:
            leave.trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        self._ticker.stop()
        self.settings.change(geometry=self.saveGeometry().toHex().toStdString())
        if self._screenshot is not None:
            self._take_screenshot(self._screenshot)
        # Threads may take a moment; nobody should have to look at a window that no longer answers.
        self.hide()
        written = self.recording.close()
        self.transcript.close()
        self.threads_ended = all([written, self.review.close(), self.session.close()])
        if not self.threads_ended:
            log.warning("Some threads are still at work while the window closes.")
        self.help.close()
        self.languages.close()
        super().closeEvent(event)

    def _build(self) -> None:
        """Make the live page and the places; their other pages are made when they are visited."""
        self.live = LivePage(self.by_action, self.services.clock, self.transcript, self.review)
        self.toolbar = self.live.toolbar
        self.places = PlaceStack(self.by_action, {place: partial(build, self) for place, build in PLACES.items()})
        self.setCentralWidget(self.places)
        self.toasts.raise_()
        self._appearance.changed.connect(self.places.apply_theme)
        self.places.changed.connect(self._show_title)
        self.session.started.connect(self.live.start_over)

    def _rebuild(self) -> None:
        """Make all pages anew, in another language; what plays goes on, and the user stays where they are."""
        former, place, picture = self.places, self.place, self.live.stage.picture.picture
        focused = self.focusWidget() or self
        self._build()
        self.places.take_over(former)
        self.pickers.serve(self.toolbar)
        self.live.apply_mirror()
        self.live.apply_zoom()
        self.live.apply_plot()
        self._present()
        if picture is not None:
            self.live.stage.show_picture(picture)
        self.go_to(Action.GO_TO_LIVE)
        self._show_facts()
        self._show_recording()
        if self.by_action[Action.REPLAY].isChecked():
            self.live.apply_replay()
        self.go_to(place)
        self.places.show()  # left alone, Qt does so later, and nothing could have the focus until then
        again = self.places.findChild(QWidget, focused.objectName()) if focused.objectName() else None
        (again or self).setFocus()

    def _connect(self) -> None:
        self._ticker.timeout.connect(self.tick)
        self._appearance.recoloured.connect(self._colour_icons)
        self.session.started.connect(self.transcript.begin_run)
        self.session.changed.connect(self._show_facts)
        self.session.offers_changed.connect(self._show_title)
        self.session.offers_changed.connect(self._remember_model)
        self.session.offers_changed.connect(self._mirror_new_source)
        self.review.changed.connect(self._enable_replay)
        self.settings.changed.connect(self._apply_settings)
        self.transcript.done.connect(lambda message: self.toasts.say(message, calm=True))
        self.transcript.left_behind.connect(
            lambda message: self.toasts.say(message, calm=True, offer=self.by_action[Action.RESTORE_TRANSCRIPT])
        )
        tellers = (self.session, self.transcript, self.settings, self.personal, self.progress, self._named_signs)
        for teller in (*tellers, self.recording):
            teller.notice.connect(self.tell)
        self.recording.changed.connect(self._show_recording)
        self.recording.remark.connect(lambda message: self.toasts.say(message, calm=True))
        for news, offer in (
            (self.recording.recorded, Action.SESSIONS),
            (self.recording.left_behind, Action.RESTORE_RECORDING),
        ):
            news.connect(lambda words, offer=offer: self.toasts.say(words, calm=True, offer=self.by_action[offer]))

    def _hear(self, news: News) -> None:
        self.session.hear(news)
        self.transcript.hear(news.events)
        self.review.hear(news)
        self.practice.hear(news)
        for page in self.places.pages:
            page.show_news(news)
        if news.picture is not None:
            self.pictured.emit(news.picture)

    def _present(self) -> None:
        """Leave out what is not looked at on a full screen."""
        presenting = self.by_action[Action.PRESENT].isChecked()
        self.places.rail.setVisible(not presenting)
        self.live.present(presenting)

    def _show_facts(self) -> None:
        facts = self.session.facts
        self.live.show_facts(facts)
        start = self.by_action[Action.START_STOP]
        text = tr("Stop") if facts.playing else text_of(Action.START_STOP)
        if start.text() != text:
            start.setText(text)
            self._colour_icons()
        if self.by_action[Action.RECORD].isEnabled() != (self.recording.active or self.recording.possible):
            self._show_recording()

    def _show_recording(self) -> None:
        recording, record = self.recording, self.by_action[Action.RECORD]
        record.setEnabled(recording.active or recording.possible)
        record.setChecked(recording.active)
        self.live.show_recording(recording.duration_ns if recording.active else None)
        self._show_title()

    def _show_title(self) -> None:
        """Name what plays while it is shown, otherwise the place."""
        source, place = self.session.source, self.places.place
        shown = text_of(place) if place is not Action.GO_TO_LIVE else source and translated(source.name)
        title = f"{shown} – MASA Live" if shown else "MASA Live"
        self.setWindowTitle(tr("● Recording – {title}", title=title) if self.recording.active else title)

    def _enable_replay(self) -> None:
        self.by_action[Action.REPLAY].setEnabled(self.review.newest.sign is not None)

    def _remember_model(self) -> None:
        """Start with the model in use the next time."""
        session = self.session
        if session.model is not None and not session.facts.model_loading:
            self.settings.change(model=session.wish.name, device=session.wish.device)

    def _mirror_new_source(self) -> None:
        """One wants to see oneself as in a mirror, and others as they are."""
        source, last = self.session.source, self._last_source
        if source is not None and (last is None or source.live != last.live):
            self.by_action[Action.MIRROR].setChecked(source.live and self.settings.settings.mirror)
            self.live.apply_mirror()
        self._last_source = source or last

    def _restore(self) -> None:
        """Bring back what was remembered of the window itself."""
        settings = self.settings.settings
        self.restoreGeometry(QByteArray.fromHex(settings.geometry.encode()))
        self.by_action[Action.ZOOM].setChecked(settings.zoom)
        self.live.apply_zoom()
        self.by_action[Action.PLOT].setChecked(settings.plot)
        self.live.apply_plot()

    def _apply_settings(self) -> None:
        settings = self.settings.settings
        if self._use_language():
            self._rebuild()
        self.session.follow_left_hand(settings.dominant_hand is Hand.LEFT)
        self.session.ask_cameras_for(settings.camera_wish)
        self.session.give_hints(settings.hints)
        self.live.apply_overlay(settings.overlay)

    def _use_language(self) -> bool:
        """Let the words that come from now on be in the chosen language; returns whether it is another one now."""
        try:
            changed = self.languages.use(self.settings.settings.language)
        except UserFacingError as error:
            self.tell(str(error))
            changed = True
        if changed:
            name_actions(self.by_action)
        return changed

    def _colour_icons(self) -> None:
        colour_icons(self.by_action, self._appearance.theme, playing=self.session.facts.playing)

    def _take_screenshot(self, path: Path) -> None:
        try:
            save_screenshot(self, path)
        except UserFacingError as error:
            log.error("%s", error)
            self.exit_status = 2
