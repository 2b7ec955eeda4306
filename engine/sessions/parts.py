"""A session that is not complete yet: a folder of its parts, each a session of some seconds, and of its video.

Parts are written whole or not at all, so whatever happens to the process or the disk, at most the last part is lost.
The pictures of a lost part are in the video still, and nobody knows how many: no picture after them can be told by its
number, so that the session knows none.
The folder lies where the session will be, under the same name with another suffix; `complete` turns one into the other
and may be broken off and begun again at any point: a folder loses its name before it loses anything else.
"""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import UserFacingError
from engine.export.entry import TranscriptEntry
from engine.sources.session import SUFFIX, Session, Times, joined, load_session, save_session, video_of
from engine.types import SignEvent

PARTS_SUFFIX: Final = ".recording"
JOINED_SUFFIX: Final = ".joined"
"""Of a folder whose parts are in the session, and which is being removed."""
VIDEO: Final = "video.avi"
_PART: Final = "part-{:06}.npz"

log = logging.getLogger(__name__)


def parts_folder(path: Path) -> Path:
    """Return where the parts of the session at `path` are while it is recorded."""
    return path.with_suffix(PARTS_SUFFIX)


def save_part(folder: Path, number: int, part: Session) -> None:
    """Write a part.

    Raises:
        UserFacingError: it cannot be written.
    """
    save_session(folder / _PART.format(number), part)


def incomplete(folder: Path) -> tuple[Path, ...]:
    """Return the folders of parts in a folder of sessions, oldest first."""
    return tuple(sorted(path for path in folder.glob(f"*{PARTS_SUFFIX}") if path.is_dir()))


def remove_joined(folder: Path) -> None:
    """Remove what is left in a folder of sessions where `complete` was broken off while it removed parts."""
    for path in folder.glob(f"*{JOINED_SUFFIX}"):
        shutil.rmtree(path, ignore_errors=True)


def complete(
    folder: Path,
    *,
    rest: tuple[TranscriptEntry, ...] = (),
    pictures_ns: Times | None = None,
    edited: Mapping[SignEvent, TranscriptEntry] | None = None,
) -> Path | None:
    """Make a session of its parts, as many as can be read, and remove them.

    Args:
        folder: of the parts.
        rest: signs that no part has, because they were announced after the last keypoints.
        pictures_ns: times of pictures that no part has for the same reason.
        edited: entries that stand for those of the same events in the parts.

    Returns:
        The session's file; None, where nothing was recorded.

    Raises:
        UserFacingError: it cannot be written, or no part can be read, or there is a video alone; the parts are as they
            were.
    """
    path = folder.with_suffix(SUFFIX)
    parts = _readable(folder)
    if not parts and (folder / VIDEO).exists():
        raise UserFacingError(f"{folder} holds a video and no keypoints; delete it if you do not want it.")
    if parts:
        whole = joined(parts)
        entries = tuple((edited or {}).get(entry.event, entry) for entry in (*whole.notes.entries, *rest))
        times = whole.pictures_ns
        if pictures_ns is not None and _files(folder)[-1].name == _PART.format(len(parts) - 1):
            times = np.concatenate([times, pictures_ns])
        try:
            if (folder / VIDEO).exists():
                (folder / VIDEO).replace(video_of(path))
        except OSError as error:
            raise UserFacingError(f"Cannot write {video_of(path)}: {error.strerror or error}.") from error
        save_session(path, Session(whole.clip, replace(whole.notes, entries=entries), times))
    _remove(folder)
    return path if parts else None


def _remove(folder: Path) -> None:
    joined = folder.with_suffix(JOINED_SUFFIX)
    shutil.rmtree(joined, ignore_errors=True)
    try:
        folder.rename(joined)
    except OSError as error:
        raise UserFacingError(f"Cannot write {folder}: {error.strerror or error}.") from error
    shutil.rmtree(joined, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(_PART.replace("{:06}", "*")))


def _readable(folder: Path) -> list[Session]:
    parts: list[Session] = []
    problem: UserFacingError | None = None
    for path in _files(folder):
        try:
            part = load_session(path)
        except UserFacingError as error:
            log.warning("A part of a recording is lost. %s", error)
            problem = error
            continue
        if not parts or (part.clip.size == parts[0].clip.size and part.clip.times_ns[0] > parts[-1].clip.times_ns[-1]):
            none_lost = path.name == _PART.format(len(parts))
            parts.append(part if none_lost else replace(part, pictures_ns=part.pictures_ns[:0]))
    if problem is not None and not parts:  # it may be this version that cannot, or the disk just now
        raise UserFacingError(f"No part of {folder} can be read; delete it if you do not want it. {problem}")
    return parts
