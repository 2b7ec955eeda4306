"""Playing a source with a clock of its own in real time."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from threading import Event

from engine.types import NANOSECONDS, Frame


def pace(
    frames: Iterable[Frame], *, stop: Event, speed: float = 1.0, clock: Callable[[], int] = time.monotonic_ns
) -> Iterator[Frame]:
    """Yield the first frame at once and each further one when its stream time has come.

    Time runs from the moment at which the consumer comes back from the first frame, so it may take a while to get
    ready with that one. A later frame that is late is handed on at once and the next one keeps its own moment, so
    the stream never runs ahead nor slows down; leaving frames out is the mailbox's job.

    Args:
        frames: in order of time.
        stop: ends the waiting, and the stream, at any moment.
        speed: stream seconds that pass in a second.
        clock: monotonic nanoseconds; each frame's `arrived_ns` is read from it.
    """
    started_ns, first_ns = None, 0
    for frame in frames:
        if started_ns is None:
            yield replace(frame, arrived_ns=clock())
            started_ns, first_ns = clock(), frame.time_ns
            continue
        due_ns = started_ns + round((frame.time_ns - first_ns) / speed)
        if stop.wait(max(0, due_ns - clock()) / NANOSECONDS):
            return
        yield replace(frame, arrived_ns=clock())
