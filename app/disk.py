"""Files are read and written on a thread of their own: a disk that is slow, or hangs, holds no window up."""

import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from app.attempt import told
from app.bridge import Bridge
from app.jobs import Jobs

CLOSING_S: Final = 10.0
"""How long closing waits for disks that hang, or for the copy of a long video."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Disk:
    """Does what the interface thread asks for, all of it and in order, and tells there what came of it."""

    def __init__(self, name: str, bridge: Bridge) -> None:
        self._jobs = Jobs(name)
        self._bridge = bridge
        self._closing = False

    def do(
        self,
        work: Callable[[], T],
        *,
        failed: Callable[[str], object],
        done: Callable[[T], object] | None = None,
    ) -> None:
        """Begin something soon; returns at once.

        Args:
            work: is called on the thread; raises `UserFacingError` where something is in the way.
            failed: is called on the interface thread with the line of that error, or of any other.
            done: is called there with what `work` has returned.
        """

        def job() -> None:
            try:
                result = work()
            except Exception as error:  # whatever it is, nobody shall wait for good
                self._tell_failure(told(error), failed)
            else:
                if done is not None:
                    self._bridge.hand_over(lambda: done(result))

        self._jobs.submit(job)

    def close(self, timeout: float = CLOSING_S) -> bool:
        """Finish what was asked for, and take no more; returns whether all of it is done within `timeout` seconds."""
        self._closing = True
        return self._jobs.close(timeout)

    def _tell_failure(self, message: str, failed: Callable[[str], object]) -> None:
        if self._closing:  # nobody reads a window that closes
            log.warning("%s", message)
        else:
            self._bridge.hand_over(lambda: failed(message))


def closed(*disks: Disk) -> bool:
    """Close disks, which finish side by side; returns whether all is done within the time that closing may take."""
    until = time.monotonic() + CLOSING_S
    done = [disk.close(max(0.0, until - time.monotonic())) for disk in disks]
    return all(done)
