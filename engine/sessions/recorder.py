"""Writing a session while it happens, without ever making those wait who see it happen."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

import numpy as np

from engine.errors import UserFacingError
from engine.export.entry import TranscriptEntry
from engine.pipeline.mailbox import Mailbox
from engine.sessions.parts import VIDEO, Ending, complete, discard, parts_folder, save_ending, save_part
from engine.sessions.video import VideoWriter
from engine.sources.session import Circumstances, Session, SessionNotes
from engine.types import NANOSECONDS, Frame, KeypointClip, Keypoints, SignEvent

PART_NS: Final = 2 * NANOSECONDS
"""How much of a recording a crash costs at most."""
KEYPOINTS_WAITING: Final = 1800
"""A minute at 30 frames a second: so long may the disk hang before keypoints are lost."""
PICTURES_WAITING: Final = 8
"""Pictures are large, and one that is missing is no harm."""
PATIENCE_S: Final = 2.0
"""How long finishing waits until the stream that is recorded has come to its end."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What comes beside the keypoints and is in no part yet: too little ever to be left out."""

    circumstances: list[Circumstances] = field(default_factory=list)
    entries: list[TranscriptEntry] = field(default_factory=list)
    pictures_ns: list[int] = field(default_factory=list)

    def copy(self) -> "_Beside":
        return _Beside([*self.circumstances], [*self.entries], [*self.pictures_ns])

    def forget(self, written: "_Beside") -> None:
        del self.circumstances[: len(written.circumstances)]
        del self.entries[: len(written.entries)]
        del self.pictures_ns[: len(written.pictures_ns)]


class SessionRecorder:
    """Records one session, from its making to `finish`.

    Whoever decodes tells it of `begin`, `record`, `announce` and `end`, one call at a time; pictures come on any
    thread. All these return at once: files are written on threads of its own, through queues that are never long.
    """

    def __init__(self, path: Path, *, source: str, started: datetime, video: bool, tell: Callable[[str], None]) -> None:
        """Begin a recording.

        Args:
            path: of the session that will be made.
            source: what is watched, in the words of the window.
            started: now, with its time zone.
            video: record the pictures, too.
            tell: called on any thread with a line on what cannot be recorded; `over` tells whether that is all.

        Raises:
            UserFacingError: the folder of the session cannot be made.
        """
        self._folder = parts_folder(path)
        self._notes = SessionNotes(started=started.isoformat(), source=source)
        self._tell = tell
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserFacingError(f"Cannot record to {path.parent}: {error.strerror or error}.") from error
        self._incoming: Mailbox[Keypoints] = Mailbox(KEYPOINTS_WAITING)
        self._pictures: Mailbox[Frame] = Mailbox(PICTURES_WAITING)
        self._video = video
        self._over = False
        self._ended = Event()
        self._ended.set()
        self._last: Keypoints | None = None
        self._beside = _Beside()
        self._lock = Lock()
        """For what is beside, which several threads bring."""
        self._part: list[Keypoints] = []
        self._parts = 0
        tasks = {"keypoints": self._write_parts} | ({"video": self._write_video} if video else {})
        self._threads = [Thread(target=task, name=f"recorder of {name}", daemon=True) for name, task in tasks.items()]
        for thread in self._threads:
            thread.start()

    @property
    def over(self) -> bool:
        """Nothing more is recorded; what there is wants to be finished."""
        return self._over

    def begin(self, circumstances: Circumstances) -> None:
        """A stream begins to be decoded in these circumstances."""
        self._ended.clear()
        if not self._over:
            with self._lock:
                self._beside.circumstances.append(circumstances)

    def record(self, keypoints: Keypoints) -> None:
        """These keypoints are decoded; what does not come later than the ones before counts for no decoder."""
        last, self._last = self._last, keypoints
        if last is not None and last.size != keypoints.size:
            self._break_off("The recording has ended because the size of the picture has changed.")
        elif last is None or keypoints.time_ns > last.time_ns:
            self._incoming.put(keypoints)
        else:
            self._last = last

    def announce(self, events: tuple[SignEvent, ...]) -> None:
        """Signs were announced."""
        if not self._over:
            with self._lock:
                self._beside.entries.extend(map(TranscriptEntry, events))

    def end(self) -> None:
        """The stream has come to its end, and all its signs are announced."""
        self._ended.set()

    def show(self, frame: Frame) -> None:
        """A picture was shown; it is recorded if video is wanted."""
        if self._video:
            self._pictures.put(frame)

    def finish(self, edited: Mapping[SignEvent, TranscriptEntry]) -> Path | None:
        """Record nothing more and make the session; takes a moment.

        Args:
            edited: what the reader has made of signs so far.

        Returns:
            The session's file; None where nothing was recorded.

        Raises:
            UserFacingError: it cannot be written; its parts are kept.
        """
        self._ended.wait(PATIENCE_S)
        self._close()
        for thread in self._threads:
            thread.join()
        if not self._parts and not self._over:  # a video that ended before the first keypoints were decoded
            discard(self._folder)
            return None
        rest = self._beside
        save_ending(
            self._folder,
            Ending(entries=tuple(rest.entries), edited=tuple(edited.values()), pictures_ns=tuple(rest.pictures_ns)),
        )
        return complete(self._folder)

    def _close(self) -> None:
        self._incoming.close()
        self._pictures.close()

    def _break_off(self, message: str) -> None:
        self._close()
        if not self._over:
            self._over = True
            self._tell(message)

    def _write_parts(self) -> None:
        try:
            while batch := self._incoming.take():
                for keypoints in batch:
                    if self._part and keypoints.time_ns - self._part[0].time_ns >= PART_NS:
                        self._write_part()
                    self._part.append(keypoints)
            if self._part:
                self._write_part()
        except UserFacingError as error:
            self._break_off(f"The recording has ended, and what there is of it is kept. {error}")
        except Exception:
            log.exception("The recording's keypoints cannot be written.")
            self._break_off(
                "The recording was ended by an unexpected error, and what there is of it is kept; the log tells more."
            )

    def _write_part(self) -> None:
        with self._lock:
            beside = self._beside.copy()
        notes = replace(
            self._notes,
            circumstances=tuple(beside.circumstances),
            entries=tuple(beside.entries),
            keypoints_lost=self._incoming.dropped,
            pictures_lost=self._pictures.dropped,
        )
        clip = KeypointClip(
            joints=np.stack([keypoints.joints for keypoints in self._part]),
            times_ns=np.array([keypoints.time_ns for keypoints in self._part], np.int64),
            size=self._part[0].size,
        )
        save_part(self._folder, self._parts, Session(clip, notes, np.array(beside.pictures_ns, np.int64)))
        self._parts += 1
        self._part = []
        with self._lock:
            self._beside.forget(beside)

    def _write_video(self) -> None:
        try:
            with VideoWriter(self._folder / VIDEO, self._pictured) as video:
                while frames := self._pictures.take():
                    for frame in frames:
                        video.write(frame)
        except UserFacingError as error:
            self._end_video(f"The video is not recorded, but the keypoints are. {error}")
        except Exception:
            log.exception("The recording's video cannot be written.")
            self._end_video("The video is not recorded, but the keypoints are; the log tells more.")

    def _end_video(self, message: str) -> None:
        self._pictures.close()
        self._tell(message)

    def _pictured(self, time_ns: int) -> None:
        with self._lock:
            self._beside.pictures_ns.append(time_ns)
