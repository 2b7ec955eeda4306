"""The only place where the pipeline's threads and Qt meet.

Worker threads leave the newest of everything in slots and ring once; the interface thread empties the slots when
it gets to it. However fast they come and however slow it is, nothing piles up: pictures and updates replace each other,
what must not be lost (signs, errors) is little and bounded all the same.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from engine.pipeline.listener import PipelineState
from engine.recognition.memory import RecordedSign
from engine.sources.session import SessionNotes
from engine.types import Frame, Keypoints, Prediction, SignEvent, StreamUpdate

EVENTS_WAITING: Final = 256
"""Minutes of signing; the interface thread empties it several times a second."""
ERRORS_WAITING: Final = 8
FORMER_RUNS: Final = 4
"""Runs that may still be ending: a camera takes its time to let go, and the sign under way is announced at the end."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is being played: the word or path that names it, and how to call it in the window.

    Attributes:
        notes: of a session, what it knows of its recording.
        begins_ns: the stream time at which its video begins; that of a session is not 0.
    """

    spec: str
    name: str
    live: bool
    notes: SessionNotes | None = None
    begins_ns: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame to be painted, and the skeleton to paint over it."""

    frame: Frame
    keypoints: Keypoints | None

    @property
    def skeleton_lag_ns(self) -> int:
        """How much older, in stream time, the skeleton is than the picture."""
        return 0 if self.keypoints is None else self.frame.time_ns - self.keypoints.time_ns


@dataclass(frozen=True, slots=True)
class News:
    """What has happened since the last look; None and empty where nothing has.

    Attributes:
        camera_missing: there is no camera to play.
        source: it has been found and is being opened.
        state: the newest one.
        picture: the newest one.
        update: the newest one.
        prediction: the newest that any update brought.
        events: all of them, oldest first.
        sign: the newest sign with its keypoints.
        errors: one line each.
        runs_ago: how many runs have begun since; of a former one there are events alone.
    """

    camera_missing: bool = False
    source: SourceInfo | None = None
    state: PipelineState | None = None
    picture: Picture | None = None
    update: StreamUpdate | None = None
    prediction: Prediction | None = None
    events: tuple[SignEvent, ...] = ()
    sign: RecordedSign | None = None
    errors: tuple[str, ...] = ()
    runs_ago: int = 0


class Inbox:
    """Hears one run of a pipeline (it is a `PipelineListener`); called on any thread, never blocks."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._lock = Lock()
        self._news = News()
        self._overtaken = 0

    @property
    def overtaken(self) -> int:
        """How many pictures were replaced by newer ones before anybody looked."""
        return self._overtaken

    def on_camera_missing(self) -> None:
        with self._lock:
            self._news = replace(self._news, camera_missing=True)
        self._ring()

    def on_source(self, source: SourceInfo) -> None:
        with self._lock:
            self._news = replace(self._news, source=source)
        self._ring()

    def on_state(self, state: PipelineState) -> None:
        with self._lock:
            self._news = replace(self._news, state=state)
        self._ring()

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        with self._lock:
            overtaken = self._news.picture
            self._overtaken += overtaken is not None and overtaken.frame is not frame
            self._news = replace(self._news, picture=Picture(frame, keypoints))
        self._ring()

    def on_update(self, update: StreamUpdate) -> None:
        with self._lock:
            self._news = replace(
                self._news,
                update=update,
                prediction=update.prediction or self._news.prediction,
                events=(*self._news.events, *update.events)[-EVENTS_WAITING:],
            )
        self._ring()

    def on_sign(self, sign: RecordedSign) -> None:
        """Hear what the newest sign looked like, just before its event comes with an update."""
        with self._lock:
            self._news = replace(self._news, sign=sign)
        self._ring()

    def on_error(self, message: str) -> None:
        with self._lock:
            self._news = replace(self._news, errors=(*self._news.errors, message)[-ERRORS_WAITING:])
        self._ring()

    def take(self) -> News:
        """Empty the slots."""
        with self._lock:
            news, self._news = self._news, News()
            return news


class Bridge(QObject):
    """Carries news from worker threads to the interface thread; lives on the latter.

    However often it is rung, one wake-up at most is on its way.
    """

    _woken = Signal()

    def __init__(self, receive: Callable[[News], None]) -> None:
        """Let `receive` be called on the interface thread with what has happened."""
        super().__init__()
        self._receive = receive
        self._lock = Lock()
        self._waking = False
        self._closed = False
        self._results: deque[Callable[[], object]] = deque()
        self._inboxes: deque[Inbox] = deque(maxlen=1 + FORMER_RUNS)
        """Oldest first; the newest is that of the present run."""
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def overtaken(self) -> int:
        """Pictures of the present run that were never painted because newer ones were there."""
        return self._inboxes[-1].overtaken if self._inboxes else 0

    def open_inbox(self) -> Inbox:
        """Return a fresh inbox for the next run; of the one before signs alone are heard from now on."""
        self._inboxes.append(Inbox(self._ring))
        return self._inboxes[-1]

    def hand_over(self, result: Callable[[], object]) -> None:
        """Let the interface thread call `result`; for the outcome of single jobs, from any thread."""
        with self._lock:
            self._results.append(result)
        self._ring()

    def close(self) -> None:
        """Deliver nothing more: whatever threads still say is lost, and what is already on its way."""
        with self._lock:
            self._closed = True

    def take(self) -> tuple[News, ...]:
        """What nobody has heard yet, oldest run first; for who has closed the bridge and wants no sign to be lost."""
        news = []
        for runs_ago, inbox in reversed(list(enumerate(reversed(self._inboxes)))):
            taken = inbox.take()
            if not runs_ago:
                news.append(taken)
            elif taken.events:
                news.append(News(events=taken.events, runs_ago=runs_ago))
        return tuple(news)

    def _ring(self) -> None:
        with self._lock:
            if self._waking or self._closed:
                return
            self._waking = True
        self._woken.emit()

    def _deliver(self) -> None:
        with self._lock:
            if self._closed:
                return  # this wake-up was already on its way
            self._waking = False
            results = tuple(self._results)
            self._results.clear()
        for result in results:
            result()
        for news in self.take():
            self._receive(news)
