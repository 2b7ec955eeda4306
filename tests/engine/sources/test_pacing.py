from threading import Event

import numpy as np

from engine.sources.pacing import pace
from engine.types import Frame

IMAGE = np.zeros((4, 4, 3), np.uint8)


class Clock(Event):
    """A clock, and the event that waits by it: waiting moves the time instead of passing it."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = 1_000_000

    def __call__(self) -> int:
        return self.now_ns

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert timeout >= 0
        if not self.is_set():
            self.now_ns += round(timeout * 1e9)
        return self.is_set()


def frames_at(*times_ns: int) -> list[Frame]:
    return [Frame(image=IMAGE, time_ns=time_ns, index=index) for index, time_ns in enumerate(times_ns)]


def test_frames_come_when_their_stream_time_has_come() -> None:
    clock = Clock()
    source = frames_at(7_000_000, 47_000_000, 107_000_000)
    paced = list(pace(source, stop=clock, clock=clock))
    assert [(frame.arrived_ns - 1_000_000) / 1e6 for frame in paced] == [0, 40, 100]
    assert [frame.time_ns for frame in paced] == [7_000_000, 47_000_000, 107_000_000]


def test_a_late_frame_is_handed_on_at_once_and_delays_no_other() -> None:
    clock = Clock()
    arrivals = []
    for frame in pace(frames_at(0, 40_000_000, 80_000_000, 120_000_000, 200_000_000), stop=clock, clock=clock):
        arrivals.append((frame.arrived_ns - 1_000_000) // 1_000_000)
        if frame.index == 1:
            clock.now_ns += 100_000_000
    assert arrivals == [0, 40, 140, 140, 200]


def test_time_runs_from_the_moment_at_which_the_first_frame_has_been_dealt_with() -> None:
    clock = Clock()
    arrivals = []
    for frame in pace(frames_at(0, 40_000_000, 80_000_000), stop=clock, clock=clock):
        arrivals.append((frame.arrived_ns - 1_000_000) // 1_000_000)
        if frame.index == 0:
            clock.now_ns += 900_000_000
    assert arrivals == [0, 940, 980]


def test_a_stream_that_was_held_up_goes_on_at_its_own_pace() -> None:
    clock = Clock()
    arrivals = []
    for frame in pace(frames_at(0, 40_000_000, 80_000_000, 120_000_000), stop=clock, clock=clock):
        arrivals.append((frame.arrived_ns - 1_000_000) // 1_000_000)
        if frame.index == 1:
            clock.now_ns += 20_000_000_000
    assert arrivals == [0, 40, 20_040, 20_080]


def test_stopping_ends_the_stream_before_the_next_frame() -> None:
    clock = Clock()
    seen = []
    for frame in pace(frames_at(0, 40_000_000, 80_000_000), stop=clock, clock=clock):
        seen.append(frame.index)
        if frame.index == 1:
            clock.set()
    assert seen == [0, 1]


def test_nothing_comes_from_a_source_without_frames() -> None:
    assert list(pace([], stop=Event())) == []
