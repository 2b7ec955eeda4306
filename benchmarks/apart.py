"""What a benchmark of the window needs so that the user's own files neither change it nor are changed by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.services import Services, engine_services


@contextmanager
def services_apart() -> Iterator[Services]:
    """The engine itself, with settings, lessons, signs and transcripts in an empty folder that goes at the end."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield replace(engine_services(), config_folder=lambda: folder / "config", data_folder=lambda: folder / "data")
