"""A session that is not complete yet: a folder of its parts, each a session of some seconds, and of its video.

Parts are written whole or not at all, so whatever happens to the process or the disk, at most the last part is lost.
The pictures of a lost part are in the video still, and nobody knows how many: no picture after them can be told by its
number, so that the session knows none.
The folder lies where the session will be, under the same name with another suffix; `complete` turns one into the other
and may be broken off and begun again at any point: a folder loses its name before it loses anything else. What the end
of a recording brings beside its parts lies in the folder, too.
"""

import json
import logging
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import UserFacingError
from engine.export.entry import TranscriptEntry
from engine.files import atomic_write
from engine.settings import parse_settings
from engine.sources.session import SUFFIX, Session, joined, load_session, save_session, video_of

PARTS_SUFFIX: Final = ".recording"
JOINED_SUFFIX: Final = ".joined"
"""Of a folder whose parts are in the session, and which is being removed."""
VIDEO: Final = "video.avi"
_PART: Final = "part-{:06}.npz"
_ENDING: Final = "ending.json"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What no part has, because it came after the last keypoints.

    Attributes:
        entries: signs that were announced then.
        edited: what the reader has made of signs, of these and of those in the parts.
        pictures_ns: stream times of the last pictures of the video.
    """

    entries: tuple[TranscriptEntry, ...] = ()
    edited: tuple[TranscriptEntry, ...] = ()
    pictures_ns: tuple[int, ...] = ()


def parts_folder(path: Path) -> Path:
    """Return where the parts of the session at `path` are while it is recorded."""
    return path.with_suffix(PARTS_SUFFIX)


def save_part(folder: Path, number: int, part: Session) -> None:
    """Write a part.

    Raises:
        UserFacingError: it cannot be written.
    """
    save_session(folder / _PART.format(number), part)


def save_ending(folder: Path, ending: Ending) -> None:
    """Write what no part has, so that `complete` finds it whenever it comes to its end.

    Raises:
        UserFacingError: it cannot be written.
    """
    atomic_write(folder / _ENDING, json.dumps(asdict(ending), ensure_ascii=False))


def incomplete(folder: Path) -> tuple[Path, ...]:
    """Return the folders of parts in a folder of sessions, oldest first."""
    return tuple(sorted(path for path in folder.glob(f"*{PARTS_SUFFIX}") if path.is_dir()))


def remove_joined(folder: Path) -> None:
    """Remove what is left in a folder of sessions where `complete` was broken off while it removed parts."""
    for path in folder.glob(f"*{JOINED_SUFFIX}"):
        shutil.rmtree(path, ignore_errors=True)


def complete(folder: Path) -> Path | None:
    """Make a session of its parts, as many as can be read, and of its ending, and remove them.

    A video beside which no keypoints were ever written is kept as it is, under the name of the session.

    Returns:
        The session's file; None, where nothing was recorded that makes one.

    Raises:
        UserFacingError: it cannot be written, or no part can be read; the parts are as they were.
    """
    path = folder.with_suffix(SUFFIX)
    parts = _readable(folder)
    for unfinished in path.parent.glob(f".{path.stem}-????????{SUFFIX}"):  # the process ended while it wrote this
        unfinished.unlink(missing_ok=True)
    try:
        if (folder / VIDEO).exists():
            (folder / VIDEO).replace(video_of(path))
    except OSError as error:
        raise UserFacingError(f"Cannot write {video_of(path)}: {error.strerror or error}.") from error
    if parts:
        whole, ending = joined(parts), _ending(folder)
        edited = {entry.event: entry for entry in ending.edited}
        entries = tuple(edited.get(entry.event, entry) for entry in (*whole.notes.entries, *ending.entries))
        times = whole.pictures_ns
        if _files(folder)[-1].name == _PART.format(len(parts) - 1):
            times = np.concatenate([times, np.array(ending.pictures_ns, np.int64)])
        save_session(path, Session(whole.clip, replace(whole.notes, entries=entries), times))
    elif video_of(path).exists():
        log.warning("%s was recorded without keypoints.", video_of(path))
    discard(folder)
    return path if parts else None


def discard(folder: Path) -> None:
    """Remove a folder of parts with all that is in it.

    Raises:
        UserFacingError: it cannot be removed.
    """
    joined = folder.with_suffix(JOINED_SUFFIX)
    shutil.rmtree(joined, ignore_errors=True)
    try:
        folder.rename(joined)
    except OSError as error:
        raise UserFacingError(f"Cannot write {folder}: {error.strerror or error}.") from error
    shutil.rmtree(joined, ignore_errors=True)


def _ending(folder: Path) -> Ending:
    """What was saved of the ending: nothing, where the recording was cut short."""
    path = folder / _ENDING
    try:
        return parse_settings(Ending, json.loads(path.read_bytes()), where=str(path)) if path.exists() else Ending()
    except (OSError, ValueError, RecursionError, UserFacingError) as error:
        log.warning("The ending of a recording is lost. %s", error)
        return Ending()


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
