"""Slow work off the interface thread."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

log = logging.getLogger(__name__)

Job = Callable[[], None]


class LatestJob:
    """Runs jobs one after the other on a thread; of those that wait, only the newest is ever run.

    Made for jobs each of which brings everything to the state that was last asked for ("play this"), so that
    those in between need not happen. The thread lives only while there is something to do.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._next: Job | None = None
        self._thread: Thread | None = None
        self._closed = False

    def submit(self, job: Job) -> None:
        """Run `job` soon, instead of any that has not begun yet; returns at once. A closed one runs nothing."""
        with self._lock:
            if self._closed:
                return
            self._next = job
            if self._thread is None:
                # Loading a model cannot be interrupted, and must not keep the process from ending.
                self._thread = Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def close(self, timeout: float) -> bool:
        """Begin nothing more and wait for what runs; returns whether it has ended within `timeout` seconds."""
        with self._lock:
            self._closed = True
            self._next = None
            thread = self._thread
        if thread is None:
            return True
        thread.join(timeout)
        return not thread.is_alive()

    def _work(self) -> None:
        while (job := self._take()) is not None:
            try:
                job()
            except Exception:
                log.exception("The %s thread failed at a job.", self._name)

    def _take(self) -> Job | None:
        with self._lock:
            job, self._next = self._next, None
            if job is None:
                self._thread = None
            return job
