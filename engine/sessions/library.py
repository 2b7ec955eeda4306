"""The sessions of a folder: what there is, and renaming, deleting and passing them on, videos included."""

import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.errors import UserFacingError
from engine.files import replacing
from engine.names import is_made_as
from engine.sources.npz import read_arrays
from engine.sources.session import SUFFIX, WHAT, load_notes, video_of

LONGEST_NAME: Final = 80
_NAME: Final = re.compile(r"\w(?:[\w .,()'+-]*[\w)])?")


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session in a folder, as a list shows it.

    Attributes:
        path: of its file; the name is that without its suffix.
        started: when the recording began.
        duration_ns: how long it is.
        signs: how many were announced.
        video: there are pictures, too.
        keypoints_lost, pictures_lost: what the disk was too slow for.
    """

    path: Path
    started: datetime
    duration_ns: int
    signs: int
    video: bool
    keypoints_lost: int
    pictures_lost: int

    @property
    def name(self) -> str:
        return self.path.stem


def kept_sessions(folder: Path) -> tuple[tuple[KeptSession, ...], tuple[str, ...]]:
    """Return the sessions of a folder, newest first, and a line for each file that cannot be read."""
    sessions, problems = [], []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path.name.startswith("."):  # still being written, or left by a crash while it was
            continue
        try:
            sessions.append(kept_session(path))
        except UserFacingError as error:
            problems.append(str(error))
    return tuple(sorted(sessions, key=lambda each: each.started, reverse=True)), tuple(problems)


def kept_session(path: Path) -> KeptSession:
    """Look at one session, without reading all of it.

    Raises:
        UserFacingError: it cannot be read.
    """
    notes = load_notes(path)
    times_ns = read_arrays(path, "times_ns", what=WHAT)["times_ns"]
    try:
        started = datetime.fromisoformat(notes.started).astimezone()
        duration_ns = int(times_ns[-1]) - int(times_ns[0])
    except (ValueError, OverflowError, IndexError, TypeError) as error:
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: its times make no sense.") from error
    return KeptSession(
        path=path,
        started=started,
        duration_ns=duration_ns,
        signs=len(notes.entries),
        video=video_of(path).exists(),
        keypoints_lost=notes.keypoints_lost,
        pictures_lost=notes.pictures_lost,
    )


def valid_session_name(typed: str, *, taken: Collection[str] = ()) -> str:
    """Return a session's name as it is kept: without spaces around it.

    Args:
        typed: by the user.
        taken: names of the other sessions.

    Raises:
        UserFacingError: it cannot be a name, or a session has it already.
    """
    name = " ".join(typed.split())
    if not is_made_as(_NAME, name) or len(name) > LONGEST_NAME:
        raise UserFacingError(
            f"A session's name is made of letters, digits, spaces and . , ( ) ' + - _, at most {LONGEST_NAME} of them."
        )
    if name in taken:
        raise _taken(name)
    return name


def rename_session(path: Path, typed: str) -> Path:
    """Give a session another name; returns its new path.

    Raises:
        UserFacingError: the name cannot be one, or is taken, or the files cannot be renamed.
    """
    name = valid_session_name(typed)
    target = path.with_name(f"{name}{SUFFIX}")
    if target == path:
        return path
    video, moved = video_of(path), False
    try:
        if target.exists() or video_of(target).exists():
            raise _taken(name)
        if video.exists():
            video.rename(video_of(target))
            moved = True
        path.rename(target)
    except OSError as error:
        if moved:
            video_of(target).rename(video)  # the two belong together
        raise UserFacingError(f"{path.stem!r} cannot be renamed: {error.strerror or error}.") from error
    return target


def delete_session(path: Path) -> None:
    """Remove a session and its video.

    Raises:
        UserFacingError: it cannot be removed.
    """
    try:
        video_of(path).unlink(missing_ok=True)  # first: without its session nobody would find it any more
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UserFacingError(f"{path.stem!r} cannot be deleted: {error.strerror or error}.") from error


def export_session(path: Path, target: Path) -> None:
    """Copy a session, and its video beside it.

    Raises:
        UserFacingError: the copy cannot be written, or would lie on the session itself or beside a video of something
            else.
    """
    if target.suffix.lower() != SUFFIX:
        raise UserFacingError(f"Cannot export to {target.name}: its name must end in {SUFFIX}.")
    if target.resolve() == path.resolve():
        raise UserFacingError(f"{target.name} is the session itself. Choose another place.")
    pairs = [(video_of(path), video_of(target))] if video_of(path).exists() else []
    if video_of(target).exists() and not (pairs and target.exists()):
        raise UserFacingError(f"There is a video {video_of(target).name!r} already: choose another name.")
    for source, copy in (*pairs, (path, target)):
        with replacing(copy) as temporary:
            shutil.copyfile(source, temporary)


def _taken(name: str) -> UserFacingError:
    return UserFacingError(f"There is a session {name!r} already: choose another name.")
