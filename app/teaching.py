"""The course of teaching a sign: countdown, recording, judgement, take after take; it knows no widget."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from engine.types import NANOSECONDS, KeypointClip, Keypoints

COUNTDOWN_NS: Final = 3 * NANOSECONDS
RECORDING_NS: Final = 4 * NANOSECONDS
ENOUGH, MOST = 3, 5
"""Takes of a sign."""


class Phase(Enum):
    """Where the course is."""

    READY = "ready"
    COUNTDOWN = "countdown"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is shown of the course.

    Attributes:
        phase: where it is.
        seconds: that the phase still lasts, rounded up; 0 where it waits for the user.
        takes: good ones so far.
        complaints: of the last take; none where it was good, or there was none.
    """

    phase: Phase = Phase.READY
    seconds: int = 0
    takes: int = 0
    complaints: tuple[str, ...] = ()


class Teaching:
    """Records the takes of one sign.

    A take that is not good enough is told why and thrown away; the good ones before it stay.
    """

    def __init__(self, clock: Callable[[], int], takes: Iterable[KeypointClip] = ()) -> None:
        """Go on from the good takes there are already."""
        self._clock = clock
        self._phase = Phase.READY
        self._began_ns = 0
        self._takes: list[KeypointClip] = list(takes)
        self._complaints: tuple[str, ...] = ()
        self._heard: list[Keypoints] = []

    @property
    def takes(self) -> tuple[KeypointClip, ...]:
        """The good ones, trimmed."""
        return tuple(self._takes)

    @property
    def enough(self) -> bool:
        """The sign can be kept."""
        return len(self._takes) >= ENOUGH

    @property
    def full(self) -> bool:
        """No more takes are wanted."""
        return len(self._takes) >= MOST

    @property
    def progress(self) -> Progress:
        """Where the course is now."""
        lasts_ns = {Phase.READY: 0, Phase.COUNTDOWN: COUNTDOWN_NS, Phase.RECORDING: RECORDING_NS}[self._phase]
        left_ns = max(0, self._began_ns + lasts_ns - self._clock()) if lasts_ns else 0
        return Progress(self._phase, -(-left_ns // NANOSECONDS), len(self._takes), self._complaints)

    def start(self) -> None:
        """Count down to the next take."""
        if self._phase is Phase.READY and not self.full:
            self._enter(Phase.COUNTDOWN)
            self._complaints = ()

    def stop(self) -> None:
        """Give the take up that is being recorded."""
        self._enter(Phase.READY)

    def drop_last(self) -> None:
        """Throw the last good take away."""
        if self._phase is Phase.READY and self._takes:
            self._takes.pop()
            self._complaints = ()

    def hear(self, keypoints: Keypoints) -> None:
        """Take in what the signer does."""
        if self._phase is not Phase.RECORDING:
            return
        if self._heard and keypoints.size != self._heard[-1].size:
            self._heard.clear()
        if not self._heard or keypoints.time_ns > self._heard[-1].time_ns:
            self._heard.append(keypoints)

    def tick(self) -> None:
        """Go on where a phase is over."""
        passed_ns = self._clock() - self._began_ns
        if self._phase is Phase.COUNTDOWN and passed_ns >= COUNTDOWN_NS:
            self._enter(Phase.RECORDING)
        elif self._phase is Phase.RECORDING and passed_ns >= RECORDING_NS:
            self._judge()
            self._enter(Phase.READY)

    def _judge(self) -> None:
        from engine.recognition.takes import complaints, trimmed  # with torch, which takes seconds

        recorded = _clip(self._heard)
        self._complaints = complaints(recorded, self._takes)
        if recorded is not None and not self._complaints:
            self._takes.append(trimmed(recorded))

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        self._began_ns = self._clock()
        self._heard.clear()


def _clip(heard: list[Keypoints]) -> KeypointClip | None:
    if not heard:
        return None
    times_ns = np.array([keypoints.time_ns for keypoints in heard], np.int64)
    return KeypointClip(np.stack([keypoints.joints for keypoints in heard]), times_ns, heard[0].size)
