"""The source that the window starts with."""

import os
from collections.abc import Callable
from pathlib import Path

from app.cameras import camera_of
from app.options import Options
from app.session import Session
from app.settings_store import SettingsStore
from app.words import tr
from engine.pipeline.listener import PipelineState


def first_source(options: Options, settings: SettingsStore, tell: Callable[[str], None]) -> str | None:
    """Return what to play, None for the first camera, and let the settings remember it.

    What somebody asks for now is not replaced; a file that is only remembered and is gone is, and `tell` hears of that.
    """
    source = settings.settings.source
    if options.source is not None:
        source = options.source
        if _is_file(source):
            source = str(Path(source).absolute())  # the next start may be in another folder
    elif source is not None and _is_file(source) and not _is_there(source):
        tell(tr("{file} is not there any more, so the first camera is shown. Open it where it is now.", file=source))
        source = None
    settings.change(source=source)
    return source


def forget_unplayable(session: Session, settings: SettingsStore) -> None:
    """Let the next start show a camera where the file that is remembered shows nothing; connect it to changes."""
    facts, source = session.facts, settings.settings.source
    shows_nothing = facts.pipeline is PipelineState.FAILED and not facts.time_ns
    if shows_nothing and source is not None and source == session.spec and _is_file(source):
        settings.change(source=None)


def _is_file(spec: str) -> bool:
    return spec != "demo" and camera_of(spec) is None


def _is_there(path: str) -> bool:
    return os.path.exists(path)  # noqa: PTH110 (unlike Path.exists it answers whatever the disk says)
