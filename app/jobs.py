"""Slow work off the interface thread, one job after the other."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

log = logging.getLogger(__name__)

Job = Callable[[], None]


class Jobs:
    """Runs jobs in order on a thread, which lives only while there is something to do."""

    def __init__(self, name: str, *, most_waiting: int | None = None) -> None:
        """Let the thread have a name; where more jobs wait than may, the oldest of them are never run."""
        self._name = name
        self._lock = Lock()
        self._waiting: deque[Job] = deque(maxlen=most_waiting)
        self._thread: Thread | None = None
        """The last one; it may have ended."""
        self._working = False
        self._closed = False

    def submit(self, job: Job) -> None:
        """Run `job` soon; returns at once. After `close` nothing is run."""
        with self._lock:
            if self._closed:
                return
            self._waiting.append(job)
            if not self._working:
                self._working = True
                # Loading a model cannot be interrupted, and must not keep the process from ending.
                self._thread = Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def close(self, timeout: float) -> bool:
        """Take no more jobs and wait for those that are there; returns whether all are done within `timeout` s."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is None:
            return True
        thread.join(timeout)
        return not thread.is_alive()

    def _forget(self) -> None:
        with self._lock:
            self._closed = True
            self._waiting.clear()

    def _work(self) -> None:
        while (job := self._take()) is not None:
            try:
                job()
            except Exception:
                log.exception("The %s thread failed at a job.", self._name)

    def _take(self) -> Job | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._working = False
            return None
