"""The window: the session on one side, widgets on the other."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from app.action_looks import ActionLooks
from app.actions import Action, make_actions, text_of
from app.appearance import Appearance
from app.bridge import Bridge, News, Picture
from app.chronicle import Chronicle
from app.disk import Disk, closed
from app.draft import Draft
from app.engine_words import translated, without_signs
from app.enter_key import EnterKey
from app.examples import Examples
from app.file_drop import FileDrop
from app.first_models import first_models
from app.first_paint import FirstPaint
from app.first_source import first_source, forget_unplayable
from app.full_screen import FullScreen
from app.help_desk import HelpDesk
from app.language import SHIPPED, Languages
from app.language_control import LanguageControl
from app.last_seconds import LastSeconds
from app.lessons import LessonStore
from app.live_page import LivePage
from app.model_in_use import ModelWish
from app.named_signs import NamedSigns
from app.options import Options
from app.personal import PersonalSigns
from app.pickers import Pickers
from app.place_stack import PlaceStack
from app.places import PLACES, import_pages
from app.practice import Practice
from app.progress import ProgressStore
from app.recording import Recording
from app.recording_control import RecordingControl
from app.review import Review
from app.screenshot import save_screenshot
from app.services import Services
from app.session import Session
from app.settings import Hand
from app.settings_store import SettingsStore
from app.throughput import Throughput
from app.transcript.transcript import Transcript
from app.troubles import Troubles
from app.viewing import Viewing
from app.widgets.plot import PlotPanel
from app.widgets.toast import ToastStack
from app.widgets.toolbar import Picker, Toolbar
from app.words import mark, tr
from engine.errors import UserFacingError

TICK_MS: Final = 100
"""What changes with time is looked at ten times a second, by this one timer."""
SMALLEST: Final = (960, 600)

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Passes what the user wants to the session, and what the session knows to the pages.

    Attributes:
        exit_status: of the programme, once the window is closed.
        threads_ended: all of them have, once it is closed; otherwise one could not be interrupted.
    """

    pictured = Signal(Picture)
    """There is another picture, with keypoints or without."""
    ticked = Signal()
    """A tenth of a second has passed."""

    services: Services  # the engine
    session: Session  # what plays, with which model
    settings: SettingsStore  # what is remembered
    languages: Languages  # that the window can be in
    lessons: LessonStore  # parts of the vocabulary that the user has named
    personal: PersonalSigns  # signs that the user has taught
    examples: Examples  # what signs are shown with
    transcript: Transcript  # the signs so far
    review: Review  # the last of them in hindsight
    last_seconds: LastSeconds  # figures to be plotted
    practice: Practice  # the round that is under way
    progress: ProgressStore  # what has been practised so far
    recording: Recording  # what is kept of what plays, when the user wants that
    recording_control: RecordingControl  # how the window offers that
    viewing: Viewing  # how what plays is looked at
    full_screen: FullScreen
    by_action: dict[Action, QAction]  # what the user can do
    help: HelpDesk  # keys, log and report
    places: PlaceStack  # the pages beside the rail
    live: LivePage  # shows what plays; always there, so that nothing is missed while other pages are looked at
    toolbar: Toolbar  # of that page
    pickers: Pickers  # what is chosen there
    toasts: ToastStack  # the messages over whatever page is shown
    _controls: tuple[Pickers | FullScreen | Viewing | RecordingControl, ...] = ()  # what serves the live page

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._bridge = Bridge(self._hear)
        self._screenshot: Path | None = None
        self.exit_status = 0
        self.threads_ended = False
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 760)
        self._make_stores()
        self._make_workers()
        self._make_actions()
        self.settings.load()  # for the language; nobody listens yet to what cannot be used
        self._language.use()
        self._make_places()
        self._make_controls()
        self._connect()
        self.settings.load()
        self.personal.load()
        self.draft.load()
        self.progress.load()
        self.restoreGeometry(QByteArray.fromHex(self.settings.settings.geometry.encode()))
        # Full screen belonged to a talk that is over.
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._apply_settings()
        self.appearance.apply(self.places.lay_aside)
        self._show_facts()
        self._show_title()
        self.setFocus()  # the ring appears with the first Tab

    def begin(self, options: Options) -> None:
        """Start what the command line asks for; the window can be used meanwhile."""
        self._screenshot = options.screenshot
        if options.exit_after is not None:
            QTimer.singleShot(round(options.exit_after * 1000), self, self.close)
        self._ticker.start()
        self.transcript.begin()
        self.recording.begin()
        source = first_source(options, self.settings, self.tell)
        models = first_models(options, self.settings.settings)
        # What is loaded holds Python's lock for long stretches; the window shall be there before.
        FirstPaint(self, lambda: self._load(source, models))

    def _load(self, source: str | None, models: Sequence[ModelWish]) -> None:
        self.session.begin(source=source, models=models)
        self._errands.do(import_pages, failed=self.tell)

    @property
    def place(self) -> Action:
        """The place that is shown, by the action that goes there."""
        return self.places.place

    def go_to(self, place: Action) -> None:
        """Show a place."""
        self.places.go_to(place)

    def make_live(self) -> LivePage:
        """Make the page that shows what plays; whatever had to do with the one before turns to it."""
        throughput = Throughput(self.session, self._bridge)
        self.live = LivePage(self.by_action, self.services.clock, self.transcript, self.review, throughput, self._plot)
        self.toolbar = self.live.toolbar
        self.session.started.connect(self.live.start_over)
        self.pictured.connect(self.live.show_picture)
        for control in self._controls:
            control.serve(self.live)
        self.live.apply_overlay(self.settings.settings.overlay)
        self._show_facts()
        return self.live

    def watch(self, spec: str | None) -> None:
        """Play a source that the user has chosen, None for the first camera, and show it."""
        self.settings.change(source=spec)
        self.viewing.show_what_plays()
        self.session.play(spec)

    def open_picker(self, picker: Picker) -> None:
        """Let the user choose from one of the pickers of the live page."""
        self.go_to(Action.GO_TO_LIVE)
        self.full_screen.leave()
        picker.showPopup()

    def show_sessions(self) -> None:
        """List what was recorded."""
        from app.sessions_dialog import SessionsDialog

        dialog = SessionsDialog(
            self,
            self.recording.folder,
            reader=self._errands,
            copier=self._copying,
            tell=self.tell,
            done=lambda message: self.toasts.say(message, calm=True),
            moved=self._follow_file,
        )
        dialog.chosen.connect(self.watch)
        dialog.open()

    def tell(self, message: str) -> None:
        """Say something to the user, and to the log what may be read by others."""
        log.info("%s", without_signs(message))
        self.toasts.say(translated(message))

    def tick(self) -> None:
        """Bring up to date what changes with time."""
        self.last_seconds.tick()
        self.live.tick()
        self.recording_control.tick()
        self.toasts.tick()
        self.practice.tick()
        self.session.tick()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        # With a message to dismiss, Esc is the shortcut for that and does not come here.
        mode = self.viewing.mode
        if event.key() == Qt.Key.Key_Escape and mode is not None:
            mode.trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        self._ticker.stop()
        self.settings.change(geometry=self.saveGeometry().toHex().toStdString())
        if self._screenshot is not None:
            self._take_screenshot(self._screenshot)
        # Threads may take a moment; nobody should have to look at a window that no longer answers.
        self.hide()
        written = [self.recording.close(), closed(self._keeping, self._errands, self._copying)]
        self.draft.close()
        self.threads_ended = all([*written, self.review.close(), self.session.close()])
        for news in self._bridge.take():  # what plays announces the sign under way as it ends
            self.transcript.hear(news.events, runs_ago=news.runs_ago)
        self.transcript.close()
        if not self.threads_ended:
            log.warning("Some threads are still at work while the window closes.")
        self.help.close()
        self.languages.close()
        super().closeEvent(event)

    def _make_stores(self) -> None:
        """Make what is kept on disk."""
        services = self.services
        # What takes longer is not waited for by what is quick: settings and takes, files read and made, copied videos.
        self._keeping = Disk("keeper", self._bridge)
        self._errands = Disk("errands", self._bridge)
        self._copying = Disk("copier", self._bridge)
        self.settings = SettingsStore(services.config_folder(), self._keeping)
        self.languages = Languages(
            (SHIPPED, services.config_folder() / "translations"),
            cache=services.cache_folder() / "translations",
            system=services.system_languages(),
        )
        self.lessons = LessonStore(services.config_folder() / "lessons")
        self.personal = PersonalSigns(services.data_folder(), self._errands)
        self.draft = Draft(services.data_folder(), self._keeping)
        self.progress = ProgressStore(services.data_folder(), self._keeping)
        self.personal.renamed.connect(self.progress.rename)
        self.examples = Examples(self.personal, services.load_prototypes, self._errands)

    def _make_workers(self) -> None:
        """Make what plays, and what follows from that; all of it outlives the pages."""
        services = self.services
        self.session = Session(services, self._bridge)
        self._chronicle = Chronicle(self.session)
        self.transcript = Transcript(services, self._bridge, self._errands)
        self.last_seconds = LastSeconds(self.session, services.clock)
        self.review = Review(self.session, self._bridge)
        self.recording = Recording(services, self._bridge, self._errands, self.session, self.transcript)
        self.practice = Practice(
            session=self.session,
            settings=self.settings,
            examples=self.examples,
            progress=self.progress,
            clock=services.clock,
        )

    def _make_actions(self) -> None:
        """Make what the user can do, and what it looks like."""
        self.by_action = make_actions(self)
        self.help = HelpDesk(
            self,
            self.settings,
            self._errands,
            tell=self.tell,
            report_done=lambda message: self.toasts.say(message, calm=True),
        )
        self.toasts = ToastStack(self, self.by_action[Action.DISMISS], self.services.clock)
        self._troubles = Troubles(self.session, self.toasts.withdraw)
        self.appearance = Appearance(self, self.settings)
        self._looks = ActionLooks(self.by_action, self.appearance, self.session)
        self._language = LanguageControl(self.languages, self.settings, self._errands)
        self._language.notice.connect(self.tell)
        self._language.changed.connect(self._looks.rename)

    def _make_controls(self) -> None:
        """Make what mediates between settings, session and live page, and so listens to the settings from now on."""
        self._named_signs = NamedSigns(
            self.session, self.transcript, settings=self.settings, lessons=self.lessons, personal=self.personal
        )
        self.pickers = Pickers(self.live, self.session, watch=self.watch)
        self._file_drop = FileDrop(self, self.watch)
        self._enter_key = EnterKey(self)
        self.full_screen = FullScreen(self, self.places, self.live, action=self.by_action[Action.PRESENT])
        self.viewing = Viewing(
            self.live,
            self.places,
            self.by_action,
            session=self.session,
            settings=self.settings,
            review=self.review,
        )
        self.recording_control = RecordingControl(
            self.live,
            self.places,
            self.recording,
            session=self.session,
            settings=self.settings,
            actions=self.by_action,
            toasts=self.toasts,
        )
        self._controls = (self.pickers, self.full_screen, self.viewing, self.recording_control)

    def _make_places(self) -> None:
        """Make the places and the live page; the other pages are made when they are visited."""
        self._plot = PlotPanel("plot", mark("Last ten seconds"), self.last_seconds.probabilities)
        self.places = PlaceStack(self.by_action, {place: partial(build, self) for place, build in PLACES.items()})
        self.setCentralWidget(self.places)
        self.toasts.raise_()
        self.appearance.changed.connect(self.places.apply_theme)
        self.places.changed.connect(self._show_title)
        self.places.changed.connect(self.toasts.make_room)
        self.go_to(Action.GO_TO_LIVE)

    def _connect(self) -> None:
        self._ticker.timeout.connect(self.tick)
        self.session.started.connect(self.transcript.begin_run)
        self.session.changed.connect(self._show_facts)
        self.session.changed.connect(partial(forget_unplayable, self.session, self.settings))
        self.session.offers_changed.connect(self._show_title)
        self.recording.changed.connect(self._show_title)
        self.session.offers_changed.connect(self._remember_model)
        self._language.changed.connect(self._show_title)
        self._language.changed.connect(self.places.renew)
        self.settings.changed.connect(self._language.follow)
        self.settings.changed.connect(self._apply_settings)
        for calm in (self.transcript.done, self.personal.done, self.draft.left_behind):
            calm.connect(lambda message: self.toasts.say(message, calm=True))
        self.transcript.left_behind.connect(
            lambda message: self.toasts.say(message, calm=True, offer=self.by_action[Action.RESTORE_TRANSCRIPT])
        )
        self.transcript.overcome.connect(self.toasts.withdraw)
        keepers = (self.settings, self.personal, self.draft, self.progress, self.examples)
        for teller in (*keepers, self.session, self.transcript, self.recording, self._named_signs):
            teller.notice.connect(self.tell)

    def _hear(self, news: News) -> None:
        if news.runs_ago:
            self.transcript.hear(news.events, runs_ago=news.runs_ago)
            return
        self.session.hear(news)
        if news.source is not None:
            self.transcript.begin_video(news.source.begins_ns)
        self.transcript.hear(news.events)
        self.last_seconds.hear(news)
        self.review.hear(news)
        self.practice.hear(news)
        if news.picture is not None:
            self.pictured.emit(news.picture)

    def _show_facts(self) -> None:
        self.live.show_facts(self.session.facts)

    def _show_title(self) -> None:
        """Name what plays while it is shown, otherwise the place."""
        source, place = self.session.source, self.places.place
        shown = text_of(place) if place is not Action.GO_TO_LIVE else source and translated(source.name)
        title = f"{shown} – MASA Live" if shown else "MASA Live"
        self.setWindowTitle(tr("● Recording – {title}", title=title) if self.recording.active else title)

    def _remember_model(self) -> None:
        """Start with the model in use the next time."""
        session = self.session
        if session.model is not None and not session.facts.model_loading:
            self.settings.change(model=session.wish.name, device=session.wish.device)

    def _follow_file(self, before: Path, now: Path | None) -> None:
        """Go on offering, playing and remembering a file that has another path now, or none."""
        path = None if now is None else str(now)
        self.pickers.follow_file(str(before), path)
        if self.settings.settings.source == str(before):
            self.settings.change(source=path)

    def _apply_settings(self) -> None:
        settings = self.settings.settings
        self.session.follow_left_hand(settings.dominant_hand is Hand.LEFT)
        self.session.ask_cameras_for(settings.camera_wish)
        self.session.give_hints(settings.hints)
        self.live.apply_overlay(settings.overlay)

    def _take_screenshot(self, path: Path) -> None:
        try:
            save_screenshot(self, path)
        except UserFacingError as error:
            log.error("%s", error)
            self.exit_status = 2
