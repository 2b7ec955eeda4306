"""The window: the session on one side, widgets on the other."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QActionGroup,
    QCloseEvent,
    QFontInfo,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from app.actions import ACTIONS, Action, make_actions
from app.appearance import colour_icons, text_pixels
from app.bridge import Bridge, News, Picture, SourceInfo
from app.help_desk import HelpDesk
from app.lessons import LessonStore
from app.live_page import LivePage
from app.options import Options
from app.page import Page
from app.personal import PersonalSigns
from app.places import PLACES
from app.review import Review
from app.services import Services
from app.session import Lesson, ModelWish, Session
from app.settings import Hand
from app.settings_store import SettingsStore
from app.theme import LIGHT, chosen_theme
from app.transcript.transcript import Transcript
from app.view_model import NO_CAMERA_SPEC, device_items, model_items, slow_pace, source_items
from app.widgets.naming import named
from app.widgets.rail import Rail
from app.widgets.toast import ToastStack
from app.widgets.toolbar import Picker, Toolbar
from engine.errors import UserFacingError
from engine.files import replacing
from engine.sources.prototypes import Prototype

TICK_MS: Final = 100
"""What changes with time is looked at ten times a second, by this one timer."""
MODES: Final = (Action.REPLAY, Action.PRESENT)
"""What Esc leaves, one after the other."""
SMALLEST: Final = (960, 600)
FILES: Final = "Videos and recordings (*.mp4 *.avi *.mov *.mkv *.webm *.gif *.npz *.pose);;All files (*)"

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Passes what the user wants to the session, and what the session knows to the pages.

    Attributes:
        session: what plays, with which model.
        settings: what is remembered.
        lessons: parts of the vocabulary that the user has named.
        personal: signs that the user has taught.
        transcript: the signs so far.
        review: the last of them in hindsight.
        services: the engine.
        by_action: what the user can do.
        live: the page that shows what plays; it is always there, so that nothing is missed while others are looked at.
        toolbar: of that page.
        help: keys, log and report.
        toasts: the messages over whatever page is shown.
        exit_status: of the programme, once the window is closed.
    """

    pictured = Signal(Picture)
    """There is another picture, with keypoints or without."""
    ticked = Signal()
    """A tenth of a second has passed."""

    session: Session
    settings: SettingsStore
    lessons: LessonStore
    personal: PersonalSigns
    transcript: Transcript
    review: Review
    services: Services
    by_action: dict[Action, QAction]
    help: HelpDesk
    toolbar: Toolbar
    live: LivePage
    toasts: ToastStack

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._bridge = Bridge(self._hear)
        self._screenshot: Path | None = None
        self._files: list[str] = []
        self._last_source: SourceInfo | None = None
        self.exit_status = 0
        self._pages: dict[Action, Page] = {}
        self._theme = LIGHT
        self._text_pixels = 0.0
        self.session = Session(services, self._bridge)
        self.settings = SettingsStore(services.config_folder())
        self.lessons = LessonStore(services.config_folder() / "lessons")
        self.personal = PersonalSigns(services.data_folder())
        self.transcript = Transcript(services, self._bridge)
        self.help = HelpDesk(self, self.settings, self.tell)
        self.by_action = make_actions(self)
        self.review = Review(self.session, self.settings, self._bridge)
        self.live = LivePage(self.by_action, services.clock, self.transcript, self.review)
        self.toolbar = self.live.toolbar
        self._arrange()
        self.toasts = ToastStack(self, self.by_action[Action.DISMISS], services.clock)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._connect()
        self.settings.load()
        self.personal.load()
        self._restore()
        self.go_to(Action.GO_TO_LIVE)
        self._apply_settings()
        self._show_offers()
        self._show_facts()
        self._enable_replay()
        self.setFocus()  # the ring appears with the first Tab

    def begin(self, options: Options) -> None:
        """Start what the command line asks for; the window can be used meanwhile."""
        self._screenshot = options.screenshot
        if options.exit_after is not None:
            QTimer.singleShot(round(options.exit_after * 1000), self, self.close)
        self._ticker.start()
        self.transcript.begin()
        remembered = self.settings.settings
        source = options.source or remembered.source
        wish = ModelWish(options.model or remembered.model, options.device or remembered.device)
        asked_for = options.model is not None or options.device is not None
        self.session.begin(source=source, model=wish, fallback=None if asked_for else ModelWish(None, "auto"))

    @property
    def place(self) -> Action:
        """The place that is shown, by the action that goes there."""
        return next(place for place, page in self._pages.items() if page is self._stack.currentWidget())

    def go_to(self, place: Action) -> None:
        """Show a place; its page is built when it is first visited."""
        if place not in self._pages:
            page = self._pages[place] = PLACES[place](self)
            self._stack.addWidget(page)
            page.ensurePolished()
            page.apply_theme(self._theme)
        self.by_action[place].setChecked(True)
        if self._stack.currentWidget() is self._pages[place]:
            return
        from_the_rail = self._rail.isAncestorOf(self.focusWidget() or self)
        self._stack.setCurrentWidget(self._pages[place])
        self._show_title()
        if not from_the_rail:
            (self._pages[place].focusProxy() or self).setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, ACTIONS[place].text))

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

    def apply_plot(self) -> None:
        """Show or fold the plot as the action says, and remember it."""
        self.live.apply_plot()
        self.settings.change(plot=self.by_action[Action.PLOT].isChecked())

    def apply_replay(self) -> None:
        """Show the last sign again in Live, as the action says, or what happens."""
        if self.by_action[Action.REPLAY].isChecked():
            self.go_to(Action.GO_TO_LIVE)
        self.live.apply_replay()

    def apply_presentation(self) -> None:
        """Fill the screen with picture and sign as the action says, or bring everything back."""
        presenting = self.by_action[Action.PRESENT].isChecked()
        if presenting:
            self.go_to(Action.GO_TO_LIVE)
        self._rail.setVisible(not presenting)
        self.live.present(presenting)
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
        self.toasts.say(message)

    def prototypes(self) -> Mapping[str, Prototype]:
        """Return the motions of signs by gloss; none, and a word on why, where they cannot be read."""
        try:
            return self.services.load_prototypes()
        except UserFacingError as error:
            self.tell(str(error))
            return {}

    def choose_file(self) -> None:
        """Let the user open a video or a recording."""
        dialog = QFileDialog(self, "Open a video or a recording", self._folder(), FILES)
        dialog.setObjectName("openFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.watch)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def tick(self) -> None:
        """Bring up to date what changes with time."""
        statistics = self.session.statistics
        dropped = self._bridge.overtaken + (0 if statistics is None else statistics.frames_dropped)
        self.live.tick(dropped=dropped, pace=None if statistics is None else slow_pace(statistics))
        self.toasts.tick()
        self.ticked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._apply_appearance()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._apply_appearance()  # the system has gone dark, or light
        return super().event(event)

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
            self._write_screenshot(self._screenshot)
        # Threads may take a moment; nobody should have to look at a window that no longer answers.
        self.hide()
        self.transcript.close()
        if not all([self.review.close(), self.session.close()]):
            log.warning("Some threads are still at work while the window closes.")
        self.help.close()
        super().closeEvent(event)

    def _arrange(self) -> None:
        self._stack = named(QStackedWidget(), "places")
        self._rail = Rail([self.by_action[place] for place in PLACES])
        whole = named(QWidget(), "window")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, stretch=1)
        one_place = QActionGroup(self)
        for place in PLACES:
            one_place.addAction(self.by_action[place])
        self.setCentralWidget(whole)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 760)

    def _connect(self) -> None:
        self._ticker.timeout.connect(self.tick)
        self.session.started.connect(self.live.start_over)
        self.session.started.connect(self.transcript.begin_run)
        self.session.changed.connect(self._show_facts)
        self.session.offers_changed.connect(self._show_offers)
        self.review.changed.connect(self._enable_replay)
        self.session.notice.connect(self.tell)
        self.transcript.notice.connect(self.tell)
        self.transcript.done.connect(lambda message: self.toasts.say(message, calm=True))
        self.transcript.left_behind.connect(
            lambda message: self.toasts.say(message, calm=True, offer=self.by_action[Action.RESTORE_TRANSCRIPT])
        )
        self.settings.changed.connect(self._apply_settings)
        self.lessons.changed.connect(self._apply_lesson)
        self.personal.changed.connect(self._apply_personal_signs)
        self.personal.notice.connect(self.tell)
        self.settings.notice.connect(self.tell)
        self.toolbar.source.picked.connect(lambda spec: self.watch(None if spec == NO_CAMERA_SPEC else spec))
        self.toolbar.source.about_to_open.connect(self.session.survey)
        self.toolbar.model.picked.connect(self.session.use_model)
        self.toolbar.device.picked.connect(self.session.use_device)

    def _hear(self, news: News) -> None:
        self.session.hear(news)
        self.transcript.hear(news.events)
        self.review.hear(news)
        for page in self._pages.values():
            page.show_news(news)
        if news.picture is not None:
            self.pictured.emit(news.picture)

    def _show_facts(self) -> None:
        facts = self.session.facts
        self.live.show_facts(facts)
        start = self.by_action[Action.START_STOP]
        text = "Stop" if facts.playing else ACTIONS[Action.START_STOP].text
        if start.text() != text:
            start.setText(text)
            self._colour_icons()

    def _enable_replay(self) -> None:
        self.by_action[Action.REPLAY].setEnabled(self.review.sign is not None)

    def _show_offers(self) -> None:
        session, source = self.session, self.session.source
        self._remember_file(session.spec)
        cameras = [(camera.index, camera.name) for camera in session.choices.cameras]
        spec = session.spec
        chosen = None if spec is None else (source.name if source is not None and source.spec == spec else spec, spec)
        self.toolbar.source.show_items(source_items(cameras, self._files, chosen), spec or NO_CAMERA_SPEC)
        self.toolbar.model.setPlaceholderText("Loading…" if session.facts.model_loading else "No model")
        self.toolbar.model.show_items(model_items(session.choices.models, session.wish.name), session.wish.name)
        self.toolbar.device.show_items(device_items(auto_is=session.auto_is), session.wish.device)
        self._offer_glosses()
        self._show_title()
        if session.model is not None and not session.facts.model_loading:
            self.settings.change(model=session.wish.name, device=session.wish.device)
        if source is not None and (self._last_source is None or source.live != self._last_source.live):
            # One wants to see oneself as in a mirror, and others as they are.
            self.by_action[Action.MIRROR].setChecked(source.live and self.settings.settings.mirror)
            self.live.apply_mirror()
        self._last_source = source or self._last_source
        self.toolbar.device.explain(session.model.notice if session.model else None)

    def _remember_file(self, spec: str | None) -> None:
        if spec not in (None, "demo", *self._files) and not str(spec).startswith("camera:"):
            self._files.append(str(spec))

    def _folder(self) -> str:
        """Where to look for files first: beside the one that was opened last."""
        return str(Path(self._files[-1]).parent) if self._files else ""

    def _show_title(self) -> None:
        """Name what plays while it is shown, otherwise the place."""
        source = self.session.source
        shown = ACTIONS[self.place].text if self.place is not Action.GO_TO_LIVE else source and source.name
        self.setWindowTitle(f"{shown} – MASA Live" if shown else "MASA Live")

    def _restore(self) -> None:
        """Bring back what was remembered of the window itself."""
        settings = self.settings.settings
        self.restoreGeometry(QByteArray.fromHex(settings.geometry.encode()))
        self.by_action[Action.PLOT].setChecked(settings.plot)
        self.live.apply_plot()

    def _apply_settings(self) -> None:
        settings = self.settings.settings
        self.session.follow_left_hand(settings.dominant_hand is Hand.LEFT)
        self.live.apply_overlay(settings.overlay)
        self._apply_lesson()
        self._apply_appearance()

    def _apply_lesson(self) -> None:
        name = self.settings.settings.lesson
        try:
            self.session.use_lesson(None if name is None else Lesson(name, self.lessons.glosses(name)))
        except UserFacingError as error:
            self.tell(str(error))
            self.settings.change(lesson=None)

    def _apply_personal_signs(self) -> None:
        self.session.use_personal_signs(self.personal.signs)
        self._offer_glosses()

    def _offer_glosses(self) -> None:
        """Let the transcript be corrected with all glosses that can be recognised."""
        glosses = () if self.session.model is None else self.session.model.glosses
        self.transcript.vocabulary = tuple(dict.fromkeys((*glosses, *self.personal.names)))

    def _apply_appearance(self) -> None:
        """Colour and size everything as the system, the settings and the size of the window want it."""
        settings = self.settings.settings
        theme = chosen_theme(settings.theme, QApplication.palette())
        system = QFontInfo(QApplication.font()).pixelSize()
        pixels = text_pixels(system, width=self.width(), height=self.height(), percent=settings.text_percent)
        if (theme, pixels) == (self._theme, self._text_pixels):
            return
        self._theme, self._text_pixels = theme, pixels
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.stylesheet(pixels))
        for page in self._pages.values():
            page.apply_theme(theme)
        self._colour_icons()

    def _colour_icons(self) -> None:
        colour_icons(self.by_action, self._theme, playing=self.session.facts.playing)

    def _write_screenshot(self, path: Path) -> None:
        try:
            with replacing(path) as temporary:
                if not self.grab().save(str(temporary), "PNG"):
                    raise UserFacingError(f"Cannot write {path}. Choose another place.")
        except UserFacingError as error:
            log.error("%s", error)
            self.exit_status = 2
