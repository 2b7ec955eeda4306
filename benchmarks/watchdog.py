"""A watchdog over the interface thread: how long is it busy until it can answer again, with what, and does it wait?

Time on the clock says little where other programmes run, so two things are watched that do not depend on them:

* CPU time of the interface thread between two turns of its event loop, by a heartbeat. A second thread looks at the
  stack meanwhile, so that a long turn can be named.
* Waiting: sleeping, joining threads, waiting for conditions, events and queues, starting programmes. It takes no CPU
  time, so each call that may wait is caught as such, however short it is; but for the start of a thread, which
  waits until it runs.

What it does not see: a wait for a plain lock or for the interpreter's, and a file on a disk that hangs; the files that
the interface thread opens are listed instead.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import thread_time
from types import FrameType
from typing import Any, Final
from unittest import mock

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

BEAT_MS: Final = 5
BEATS: Final = 10
LOOK_S: Final = 0.004
ROOT: Final = Path(__file__).parents[1]
WAITS: Final = ((threading.Condition, "wait"), (threading.Thread, "join"), (time, "sleep"))
AUDITED: Final = ("subprocess.Popen", "os.system")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the event loop.

    Attributes:
        during: what the user did meanwhile.
        cpu_ms: what the interface thread has used.
        where: the line of ours that was seen most often; empty where none was.
    """

    during: str
    cpu_ms: float
    where: str


class Watchdog:
    """Watches the thread that it is made on, from `__enter__` to `__exit__`.

    Attributes:
        turns: that took longer than a beat, in order.
        waits: calls that may wait, as "what they are, where, during what".
        opened: files that were opened, by what the user did.
    """

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.waits: list[str] = []
        self.opened: dict[str, Counter[str]] = {}
        self._during = ""
        self._thread = threading.get_ident()
        self._seen: Counter[str] = Counter()
        self._since = thread_time()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._ended = threading.Event()
        self._patches = ExitStack()

    def __enter__(self) -> "Watchdog":
        for owner, name in WAITS:
            told = self._telling(getattr(owner, name), f"{owner.__name__}.{name}")
            self._patches.enter_context(mock.patch.object(owner, name, told))
        _listeners.append(self._hear)
        self._patches.callback(_listeners.remove, self._hear)
        looker = threading.Thread(target=self._look, name="watchdog")
        looker.start()
        self._patches.callback(looker.join)
        self._patches.callback(self._ended.set)
        self._since = thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self._during = ""
        self._patches.close()

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Name what the user does; the event loop gets its turn before and after."""
        self.let_turn()
        self._during = what
        yield
        self.let_turn()
        self._during = ""

    def longest(self, what: str) -> Turn:
        """Return the longest turn while the user did something."""
        return max((turn for turn in self.turns if turn.during == what), key=lambda turn: turn.cpu_ms)

    def let_turn(self) -> None:
        """Let the event loop turn for some heartbeats, for what was put off to later turns."""
        beaten = len(self.turns)
        while len(self.turns) < beaten + BEATS:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _beat(self) -> None:
        now = thread_time()
        where = next((place for place, _ in self._seen.most_common(1)), "")
        self.turns.append(Turn(self._during, 1000 * (now - self._since), where))
        self._seen = Counter()
        self._since = thread_time()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_S):
            place = _place(sys._current_frames().get(self._thread))
            if place:
                self._seen[place] += 1

    def _telling(self, wait: Callable[..., Any], name: str) -> Callable[..., Any]:
        def told(*arguments: Any, **named: Any) -> Any:
            if not _starts_a_thread(sys._getframe(1)):
                self._hear(name, ())
            return wait(*arguments, **named)

        return told

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if threading.get_ident() != self._thread or not self._during:
            return
        if event == "open":
            self.opened.setdefault(self._during, Counter())[str(arguments[0])] += 1
        else:
            self.waits.append(f"{event} in {_place(sys._getframe())} during {self._during}")


_listeners: list[Callable[[str, tuple[Any, ...]], None]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _listeners and (event == "open" or event in AUDITED):
        for listener in _listeners:
            listener(event, arguments)


sys.addaudithook(_audit)  # it cannot be taken away again; without listeners it does nothing


def _starts_a_thread(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_filename == threading.__file__:
        if frame.f_code is threading.Thread.start.__code__:
            return True
        frame = frame.f_back
    return False


def _place(frame: FrameType | None) -> str:
    """The innermost line of the application or the engine."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in ("app", "engine"):
            return f"{path.relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return ""
