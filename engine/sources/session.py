"""A session on disk: a keypoint recording that also knows what was made of it, and with what.

A session is a recording (see engine.sources.recording) with two more fields: `session`, the JSON of `SessionNotes`, and
`pictures_ns` (P,) int64, the stream time of each picture of its video. The video lies beside it, under the same name
with the suffix .avi; without one P is 0. Whatever reads recordings reads sessions, too.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.export.entry import TranscriptEntry
from engine.settings import parse_settings
from engine.sources.npz import read_arrays
from engine.sources.recording import load_recording, save_recording
from engine.types import NANOSECONDS, KeypointClip

VERSION: Final = 1
SUFFIX: Final = ".npz"
VIDEO_SUFFIX: Final = ".avi"
WHAT: Final = "a session"
PICTURE_LASTS_NS: Final = NANOSECONDS
"""So long a picture is shown where none comes after it: longer than a slow disk leaves pictures out."""

Times = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What decodes the keypoints of a stream; wherever a session changes it, decoding began anew.

    Attributes:
        from_ns: stream time of the first keypoints that were decoded so.
        model: its name; None where there was none.
        threshold: the probability below which it abstained.
        left_handed: it saw the signer's mirror image.
        lesson: the glosses that alone were named; None where all were.
        personal: names of the personal signs that were named, too.
    """

    from_ns: int
    model: str | None = None
    threshold: float = 0.0
    left_handed: bool = False
    lesson: tuple[str, ...] | None = None
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNotes:
    """All that a session knows beside its keypoints.

    Attributes:
        version: of these notes.
        started: when the recording began, ISO 8601 with its offset from UTC.
        source: what was watched, in the words of the window.
        circumstances: in order of time.
        entries: the signs that were announced, in that order, with what their reader had made of them by the end.
        keypoints_lost: frames that were decoded and not recorded, because the disk was too slow.
        pictures_lost: pictures that the video lacks for that reason.
    """

    version: int = VERSION
    started: str
    source: str
    circumstances: tuple[Circumstances, ...] = ()
    entries: tuple[TranscriptEntry, ...] = ()
    keypoints_lost: int = 0
    pictures_lost: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A session as a whole, or a part of one.

    Attributes:
        clip: all keypoints that were decoded, in the stream time of their source.
        notes: what was made of them.
        pictures_ns: (P,) stream time of each picture of the video.
    """

    clip: KeypointClip
    notes: SessionNotes
    pictures_ns: Times


def video_of(path: Path) -> Path:
    """Return where the video of a session is, if it has one."""
    return path.with_suffix(VIDEO_SUFFIX)


def is_session(path: Path) -> bool:
    """Tell a session from a mere recording, and from everything else."""
    try:
        if not path.is_file():  # opening a pipe would wait for good
            return False
        with zipfile.ZipFile(path) as archive:
            return "session.npy" in archive.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return False


def save_session(path: Path, session: Session) -> None:
    """Write a session, whole or not at all.

    Raises:
        UserFacingError: it holds no frame, or the file cannot be written.
    """
    notes = json.dumps(asdict(session.notes), ensure_ascii=False)
    save_recording(path, session.clip, session=notes, pictures_ns=session.pictures_ns)


def load_session(path: Path) -> Session:
    """Read a session and check every field of it.

    Raises:
        UserFacingError: the file is missing, damaged, foreign, or newer than this program.
    """
    clip = load_recording(path)
    pictures_ns = read_arrays(path, "pictures_ns", what=WHAT)["pictures_ns"]
    if not _are_times(pictures_ns):
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: the times of its pictures make no sense.")
    return Session(clip, load_notes(path), pictures_ns)


def load_beginning(path: Path) -> int:
    """Read at which stream time the video of a session begins, its first frame where it has none; that is quick.

    Raises:
        UserFacingError: as `load_session` does.
    """
    fields = read_arrays(path, "pictures_ns", "times_ns", what=WHAT)
    times_ns = fields["pictures_ns"] if fields["pictures_ns"].size else fields["times_ns"]
    if not _are_times(times_ns) or not len(times_ns):
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: its times make no sense.")
    return int(times_ns[0])


def load_notes(path: Path) -> SessionNotes:
    """Read what a session knows beside its keypoints, which is quick.

    Raises:
        UserFacingError: as `load_session` does.
    """
    text = str(read_arrays(path, "session", what=WHAT)["session"])
    try:
        table: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: its notes cannot be read.") from error
    if isinstance(table, dict) and type(table.get("version")) is int and table["version"] > VERSION:
        raise UserFacingError(f"{path} was written by a newer MASA Live. Update this one.")
    try:
        notes = parse_settings(SessionNotes, table, where="its notes")
    except UserFacingError as error:
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: {error}") from error
    if not all(0 <= each <= 1 for each in _probabilities(notes)):
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: a probability is not between 0 and 1.")
    return notes


def joined(parts: Sequence[Session]) -> Session:
    """Make one session of its parts, at least one, in order of time."""
    first = parts[0]
    clip = KeypointClip(
        joints=np.concatenate([part.clip.joints for part in parts]),
        times_ns=np.concatenate([part.clip.times_ns for part in parts]),
        size=first.clip.size,
    )
    notes = replace(
        first.notes,
        circumstances=tuple(chain.from_iterable(part.notes.circumstances for part in parts)),
        entries=tuple(chain.from_iterable(part.notes.entries for part in parts)),
        keypoints_lost=max(part.notes.keypoints_lost for part in parts),
        pictures_lost=max(part.notes.pictures_lost for part in parts),
    )
    return Session(clip, notes, np.concatenate([part.pictures_ns for part in parts]))


def _are_times(array: npt.NDArray[Any]) -> bool:
    return array.dtype == np.int64 and array.ndim == 1 and not (array[1:] <= array[:-1]).any()


def _probabilities(notes: SessionNotes) -> list[float]:
    events = [entry.event for entry in notes.entries]
    return [
        *(each.threshold for each in notes.circumstances),
        *(event.probability for event in events),
        *(candidate.probability for event in events for candidate in event.candidates),
    ]
