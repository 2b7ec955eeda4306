"""What the pickers offer, and what follows from a choice."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from app.file_dialogs import ask_which_to_open, filter_of
from app.live_page import LivePage
from app.picker_items import NO_CAMERA_SPEC, device_items, model_items, source_items
from app.session import Session
from app.words import tr
from engine.sources.camera_spec import names_camera

FILES: Final = "*.mp4 *.avi *.mov *.mkv *.webm *.gif *.npz *.pose"


class Pickers(QObject):
    """Keeps the pickers of Live up to date with the session, and passes on what is chosen there, or as a file."""

    def __init__(self, live: LivePage, session: Session, *, watch: Callable[[str | None], None]) -> None:
        """Offer what a session has to choose from; `watch` plays a source, None for the first camera."""
        super().__init__()
        self._session = session
        self._watch = watch
        self._files: list[str] = []
        session.offers_changed.connect(self._show)
        self.serve(live)

    def serve(self, live: LivePage) -> None:
        """Do all this for the toolbar of another page."""
        session, watch = self._session, self._watch
        self._toolbar = toolbar = live.toolbar
        toolbar.source.picked.connect(lambda spec: watch(None if spec == NO_CAMERA_SPEC else spec))
        toolbar.source.about_to_open.connect(session.survey)
        toolbar.model.picked.connect(session.use_model)
        toolbar.device.picked.connect(session.use_device)
        self._show()

    def choose_file(self) -> None:
        """Let the user open a video or a recording, at first beside the one that was opened last."""
        folder = str(Path(self._files[-1]).parent) if self._files else ""
        filters = (filter_of(tr("Videos and recordings"), FILES), filter_of(tr("All files"), "*"))
        ask_which_to_open(
            self._toolbar.window(),
            "openFileDialog",
            tr("Open a video or a recording"),
            filters=";;".join(filters),
            take=lambda path: self._watch(str(path)),
            folder=folder,
        )

    def follow_file(self, before: str, now: str | None) -> None:
        """A file has another path, or is gone: it is offered and played there, or no more."""
        offered = [now if file == before else file for file in self._files]
        self._files = [file for file in offered if file is not None]
        self._session.follow_file(before, now)
        self._show_sources()

    def _show(self) -> None:
        self._show_sources()
        session, toolbar = self._session, self._toolbar
        toolbar.model.setPlaceholderText(tr("Loading…") if session.facts.model_loading else tr("No model"))
        toolbar.model.show_items(model_items(session.choices.models, session.wish.name), session.wish.name)
        toolbar.device.show_items(device_items(auto_is=session.auto_is), session.wish.device)
        toolbar.device.explain(session.model.notice if session.model else None)

    def _show_sources(self) -> None:
        spec, source = self._session.spec, self._session.source
        self._remember_file(spec)
        cameras = [(camera.index, camera.name) for camera in self._session.choices.cameras]
        chosen = None if spec is None else (source.name if source is not None and source.spec == spec else spec, spec)
        self._toolbar.source.show_items(source_items(cameras, self._files, chosen), spec or NO_CAMERA_SPEC)

    def _remember_file(self, spec: str | None) -> None:
        if spec is not None and spec not in ("demo", *self._files) and not names_camera(spec):
            self._files.append(spec)
