"""Playing a source with a clock of its own in real time."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from threading import Event
from typing import Final

from engine.types import NANOSECONDS, Frame

MOST_LATE_NS: Final = NANOSECONDS
"""A frame that is later than this shows that the process was held up, not that a frame took long."""


def pace(
    frames: Iterable[Frame], *, stop: Event, speed: float = 1.0, clock: Callable[[], int] = time.monotonic_ns
) -> Iterator[Frame]:
    """Yield the first frame at once and each further one when its stream time has come.

    Time runs from the moment at which the consumer comes back from the first frame, so it may take a while to get
    ready with that one. A later frame that is late is handed on at once and the next one keeps its own moment, so
    the stream never runs ahead, and slows down only where it cannot be read as fast; leaving frames out is the
    mailbox's job. After a frame that is late by more than `MOST_LATE_NS` time runs anew: a process that was stopped, or
    a computer that slept, does not rush through all that it has missed.

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
        early_ns = started_ns + round((frame.time_ns - first_ns) / speed) - clock()
        if early_ns < -MOST_LATE_NS:
            started_ns -= early_ns
        if stop.wait(max(0, early_ns) / NANOSECONDS):
            return
        yield replace(frame, arrived_ns=clock())
