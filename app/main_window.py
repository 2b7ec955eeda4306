"""The window: the session on one side, widgets on the other."""

import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QFontInfo, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QVBoxLayout, QWidget

from app.actions import ACTIONS, Action, make_actions
from app.bridge import Bridge, News, SourceInfo
from app.icons import themed_icon
from app.live_page import LivePage
from app.options import Options
from app.services import Services
from app.session import ModelWish, Session
from app.theme import theme_for
from app.transcript.panel import BUTTONS
from app.transcript.transcript import Transcript
from app.view_model import NO_CAMERA_SPEC, device_items, model_items, source_items
from app.widgets.naming import named
from app.widgets.toast import ToastStack
from app.widgets.toolbar import Toolbar
from engine.errors import UserFacingError
from engine.files import replacing

TICK_MS: Final = 100
"""What changes with time is looked at ten times a second, by this one timer."""
SMALLEST: Final = (960, 600)
FILES: Final = "Videos and recordings (*.mp4 *.avi *.mov *.mkv *.webm *.gif *.npz *.pose);;All files (*)"

TEXT_SCALES: Final = (1.0, 1.15, 1.3, 1.5)
"""Larger windows have larger text, in steps, so that they can be read from afar."""

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Passes what the user wants to the session, and what the session knows to the widgets.

    Attributes:
        session: what plays, with which model.
        transcript: the signs so far.
        by_action: what the user can do.
        toolbar, live, toasts: the parts of the window, for actions and tests.
        exit_status: of the programme, once the window is closed.
    """

    session: Session
    transcript: Transcript
    by_action: dict[Action, QAction]
    toolbar: Toolbar
    live: LivePage
    toasts: ToastStack

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._bridge = Bridge(self._hear)
        self._screenshot: Path | None = None
        self._files: list[str] = []
        self._last_source: SourceInfo | None = None
        self.exit_status = 0
        self.session = Session(services, self._bridge)
        self.transcript = Transcript(services, self._bridge)
        self.by_action = make_actions(self)
        self.toolbar = Toolbar(self.by_action)
        self.live = LivePage(self.by_action, services.clock, self.transcript)
        self._arrange()
        self.toasts = ToastStack(self, self.by_action[Action.DISMISS], services.clock)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._connect()
        self._apply_theme()
        self._show_offers()
        self._show_facts()
        self.setFocus()  # the ring appears with the first Tab

    def begin(self, options: Options) -> None:
        """Start what the command line asks for; the window can be used meanwhile."""
        self._screenshot = options.screenshot
        if options.exit_after is not None:
            QTimer.singleShot(round(options.exit_after * 1000), self, self.close)
        self._ticker.start()
        self.transcript.begin()
        self.session.begin(source=options.source, model=ModelWish(options.model, options.device))

    def choose_file(self) -> None:
        """Let the user open a video or a recording."""
        dialog = QFileDialog(self, "Open a video or a recording", self._folder(), FILES)
        dialog.setObjectName("openFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.session.play)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def tick(self) -> None:
        """Bring up to date what changes with time."""
        statistics = self.session.statistics
        dropped = self._bridge.overtaken + (0 if statistics is None else statistics.frames_dropped)
        self.live.tick(dropped=dropped)
        self.toasts.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        if self._text_scale != text_scale(self.width(), self.height()):
            self._apply_theme()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._apply_theme()  # the system has gone dark, or light
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        self._ticker.stop()
        if self._screenshot is not None:
            self._write_screenshot(self._screenshot)
        # Threads may take a moment; nobody should have to look at a window that no longer answers.
        self.hide()
        self.transcript.close()
        if not self.session.close():
            log.warning("Some threads are still at work while the window closes.")
        super().closeEvent(event)

    def _arrange(self) -> None:
        page = named(QWidget(), "window")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.toolbar)
        column.addWidget(self.live, stretch=1)
        self.setCentralWidget(page)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 760)

    def _connect(self) -> None:
        self._ticker.timeout.connect(self.tick)
        self.session.started.connect(self.live.start_over)
        self.session.started.connect(self.transcript.begin_run)
        self.session.changed.connect(self._show_facts)
        self.session.offers_changed.connect(self._show_offers)
        self.session.notice.connect(self.toasts.say)
        self.transcript.notice.connect(self.toasts.say)
        self.transcript.done.connect(lambda message: self.toasts.say(message, calm=True))
        self.transcript.left_behind.connect(
            lambda message: self.toasts.say(message, calm=True, offer=self.by_action[Action.RESTORE_TRANSCRIPT])
        )
        self.toolbar.source.picked.connect(lambda spec: self.session.play(None if spec == NO_CAMERA_SPEC else spec))
        self.toolbar.source.about_to_open.connect(self.session.survey)
        self.toolbar.model.picked.connect(self.session.use_model)
        self.toolbar.device.picked.connect(self.session.use_device)

    def _hear(self, news: News) -> None:
        self.session.hear(news)
        self.transcript.hear(news.events)
        self.live.show_news(news)

    def _show_facts(self) -> None:
        facts = self.session.facts
        self.live.show_facts(facts)
        start = self.by_action[Action.START_STOP]
        text = "Stop" if facts.playing else ACTIONS[Action.START_STOP].text
        if start.text() != text:
            start.setText(text)
            self._colour_icons()

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
        self.transcript.vocabulary = () if session.model is None else session.model.vocabulary
        self.setWindowTitle("MASA Live" if source is None else f"{source.name} – MASA Live")
        if source is not None and (self._last_source is None or source.live != self._last_source.live):
            # One wants to see oneself as in a mirror, and others as they are.
            self.by_action[Action.MIRROR].setChecked(source.live)
            self.live.apply_mirror()
        self._last_source = source or self._last_source
        self.toolbar.device.explain(session.model.notice if session.model else None)

    def _remember_file(self, spec: str | None) -> None:
        if spec not in (None, "demo", *self._files) and not str(spec).startswith("camera:"):
            self._files.append(str(spec))

    def _folder(self) -> str:
        """Where to look for files first: beside the one that was opened last."""
        return str(Path(self._files[-1]).parent) if self._files else ""

    def _apply_theme(self) -> None:
        self._theme = theme_for(QApplication.palette())
        self.setPalette(self._theme.palette())
        self._text_scale = text_scale(self.width(), self.height())
        self.setStyleSheet(self._theme.stylesheet(QFontInfo(QApplication.font()).pixelSize() * self._text_scale))
        self.live.apply_theme(self._theme)
        self._colour_icons()

    def _colour_icons(self) -> None:
        for name, spec in ACTIONS.items():
            icon, colour = spec.icon, self._theme.text
            if name is Action.START_STOP:
                icon, colour = "stop" if self.session.facts.playing else "start", self._theme.on_accent
            if name in BUTTONS:
                colour = self._theme.muted
            if icon is not None:
                self.by_action[name].setIcon(themed_icon(icon, colour))

    def _write_screenshot(self, path: Path) -> None:
        try:
            with replacing(path) as temporary:
                if not self.grab().save(str(temporary), "PNG"):
                    raise UserFacingError(f"Cannot write {path}. Choose another place.")
        except UserFacingError as error:
            log.error("%s", error)
            self.exit_status = 2


def text_scale(width: int, height: int) -> float:
    """Return how much larger than the system's the text of a window of some size in pixels is."""
    room = min(width / 1280, height / 720)
    return max(scale for scale in TEXT_SCALES if scale <= max(room, TEXT_SCALES[0]))
