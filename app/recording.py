"""Recording what is watched as a session: begun and ended by the user, written on other threads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal

from app.attempt import told
from app.bridge import Bridge, SourceInfo
from app.disk import Disk
from app.engine_words import translated
from app.recording_words import recorded_words
from app.services import Services
from app.session import Session
from app.transcript.transcript import Transcript
from app.words import tr
from app.work_lock import lock_of, taken_lock
from engine.errors import UserFacingError
from engine.export import TranscriptEntry
from engine.pipeline.listener import PipelineState
from engine.sessions.changed_circumstances import changed_circumstances
from engine.sessions.library import kept_session
from engine.sessions.parts import complete, incomplete, remove_joined
from engine.sessions.recorder import SessionRecorder
from engine.sources.session import SUFFIX

FOLDER: Final = "sessions"
WRITING_S: Final = 10.0
"""How long closing waits until a session is written; what takes longer is brought back at the next start."""


@dataclass(frozen=True, slots=True)
class _Running:
    """A recording under way.

    Attributes:
        recorder: writes it.
        lock: keeps other windows from taking it for one that a crash has left behind.
        since_ns: when it began, on the window's clock.
        with_model: signs are recognised meanwhile, or were.
        run: of the transcript that its signs belong to; another run may have had equal ones.
    """

    recorder: SessionRecorder
    lock: QLockFile
    since_ns: int
    with_model: bool
    run: int


class Recording(QObject):
    """Lives on the interface thread. A recording ends with what plays, at the latest.

    What a crash has cut short belongs to the window that offers it, as long as that one runs.

    Attributes:
        folder: where sessions are kept.
    """

    changed = Signal()
    """A recording has begun or ended."""
    notice = Signal(str)
    """One line that the user should read: something failed."""
    remark = Signal(str)
    """One line that is good to know: a session is decoded by something else than when it was recorded."""
    recorded = Signal(str)
    """One line: there is another session."""
    left_behind = Signal(str)
    """One line: a crash has ended a recording, which can be brought back."""

    def __init__(
        self, services: Services, bridge: Bridge, disk: Disk, session: Session, transcript: Transcript
    ) -> None:
        super().__init__()
        self.folder = services.data_folder() / FOLDER
        self._clock = services.clock
        self._bridge = bridge
        self._disk = disk
        self._session = session
        self._transcript = transcript
        self._running: _Running | None = None
        self._offered: dict[Path, QLockFile] = {}
        self._writers: list[Thread] = []
        self._compared: SourceInfo | None = None
        session.started.connect(self.stop)
        session.changed.connect(self._follow)

    @property
    def active(self) -> bool:
        """Something is being recorded."""
        return self._running is not None

    @property
    def possible(self) -> bool:
        """Something plays that is no recorded session itself."""
        facts, source = self._session.facts, self._session.source
        running = facts.delivers and facts.pipeline is PipelineState.RUNNING
        return running and source is not None and source.notes is None

    @property
    def duration_ns(self) -> int:
        """How long the recording has been under way."""
        return 0 if self._running is None else self._clock() - self._running.since_ns

    def begin(self) -> None:
        """Look for recordings that a crash has ended, and offer them."""
        self._disk.do(self._take_interrupted, done=self._offer, failed=self.notice.emit)

    def start(self, *, video: bool) -> None:
        """Record what plays, with its pictures if they are wanted."""
        source = self._session.source
        if self._running is not None or source is None or not self.possible:
            return
        now = datetime.now().astimezone()
        path = _free_path(self.folder, f"{now:%Y-%m-%d %H-%M-%S}")
        try:
            recorder = SessionRecorder(path, source=source.name, started=now, video=video, tell=self._hear_later)
        except UserFacingError as error:
            self.notice.emit(str(error))
            return
        lock = lock_of(path)
        lock.tryLock(0)
        with_model = self._session.facts.model is not None
        self._running = _Running(recorder, lock, self._clock(), with_model, self._transcript.run)
        self._session.record(recorder)
        self.changed.emit()

    def stop(self) -> None:
        """End the recording, if there is one, and write the session."""
        running, self._running = self._running, None
        if running is None:
            return
        self._session.record(None)
        entries = [line.entry for line in self._transcript.lines if line.run == running.run]
        edited = {entry.event: entry for entry in entries if entry != TranscriptEntry(entry.event)}
        self._write(partial(running.recorder.finish, edited), running.lock)
        self.changed.emit()

    def restore(self) -> None:
        """Bring back what crashes have left behind."""
        self._disk.do(self._take_interrupted, done=self._bring_back, failed=self.notice.emit)

    def close(self) -> bool:
        """End the recording and wait until it is written; returns whether it is."""
        self.stop()
        for lock in self._offered.values():
            lock.unlock()
        for writer in self._writers:
            writer.join(WRITING_S)
        return not any(writer.is_alive() for writer in self._writers)

    def _take_interrupted(self) -> dict[Path, QLockFile]:
        """Find the recordings that nobody goes on with, what crashes have left, and keep other windows from them."""
        remove_joined(self.folder)
        locks = {folder: taken_lock(folder) for folder in incomplete(self.folder)}
        return {folder: lock for folder, lock in locks.items() if lock is not None}

    def _offer(self, left: dict[Path, QLockFile]) -> None:
        self._offered |= left
        if left:
            told = tr(
                "%n recording(s) cut short when the last session ended unexpectedly: bring it back?", "", len(left)
            )
            self.left_behind.emit(told)

    def _bring_back(self, left: dict[Path, QLockFile]) -> None:
        """Make sessions of what was offered, and of what was left since then."""
        recordings, self._offered = self._offered | left, {}
        if not recordings:
            self.notice.emit(tr("There is no recording to bring back."))
        for folder, lock in recordings.items():
            self._write(partial(complete, folder), lock)

    def _write(self, make: Callable[[], Path | None], lock: QLockFile) -> None:
        """Let `make` make a session on a thread of its own, let go of its lock, and tell what came of it."""
        self._writers = [writer for writer in self._writers if writer.is_alive()]
        writer = Thread(target=self._make, args=(make, lock), name="session writer", daemon=True)
        self._writers.append(writer)
        writer.start()

    def _make(self, make: Callable[[], Path | None], lock: QLockFile) -> None:
        try:
            path = _unlocking(lock, make)
            words = None if path is None else recorded_words(kept_session(path))
        except Exception as error:
            why = translated(told(error))
            message = tr("The session is not complete, and will be offered at the next start. {why}", why=why)
            self._bridge.hand_over(lambda: self.notice.emit(message))
        else:
            signal = self.notice if words is None else self.recorded
            self._bridge.hand_over(lambda: signal.emit(words or tr("Nothing came that could be recorded.")))

    def _hear_later(self, message: str) -> None:
        self._bridge.hand_over(lambda: self._hear(message))

    def _hear(self, message: str) -> None:
        self.notice.emit(message)
        if self._running is not None and self._running.recorder.over:
            self.stop()

    def _follow(self) -> None:
        facts, running = self._session.facts, self._running
        if running is not None:
            # With a recogniser that has failed, what it would have seen is not recorded either.
            if not facts.delivers or (running.with_model and facts.model is None):
                self.stop()
            elif facts.model is not None:
                self._running = replace(running, with_model=True)
        self._compare()

    def _compare(self) -> None:
        """Say once of each session that is played what differs from then."""
        source, session = self._session.source, self._session
        if source is None or source.notes is None or source is self._compared:
            return
        if session.facts.model is None or session.facts.model_loading:
            return
        self._compared = source
        changed = changed_circumstances(source.notes, session.circumstances)
        if changed is not None:
            self.remark.emit(translated(changed))


def _free_path(folder: Path, name: str) -> Path:
    names = (name, *(f"{name} ({number})" for number in range(2, 1000)))
    paths = (folder / f"{each}{SUFFIX}" for each in names)
    return next(path for path in paths if not list(folder.glob(f"{path.stem}.*")))


def _unlocking(lock: QLockFile, make: Callable[[], Path | None]) -> Path | None:
    try:
        return make()
    finally:
        lock.unlock()
