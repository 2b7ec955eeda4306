"""Scripted stand-ins for everything that a pipeline is made of."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from engine.joints import JOINTS
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.types import Activity, Frame, Keypoints, Prediction, SignEvent, StreamUpdate

IMAGE = np.zeros((4, 4, 3), np.uint8)
PATIENCE = 20.0
"""Seconds until a test that waits for another thread gives up; never reached when all is well."""

Step = Callable[[int], None]


class FakeSource:
    """Gives `count` frames 10 ms of stream time apart; `before` is called with each number before its frame."""

    name = "fake source"

    def __init__(
        self, count: int, *, live: bool = True, with_keypoints: bool = False, before: Step = lambda number: None
    ) -> None:
        self.live = live
        self.threads: set[int] = set()
        self.open = False
        self.closed = 0
        self._count = count
        self._with_keypoints = with_keypoints
        self._before = before

    def __enter__(self) -> "FakeSource":
        self.threads.add(threading.get_ident())
        self.open = True
        return self

    def __exit__(self, *_: object) -> None:
        self.threads.add(threading.get_ident())
        self.open = False
        self.closed += 1

    def __iter__(self) -> Iterator[Frame]:
        for number in range(self._count):
            self.threads.add(threading.get_ident())
            self._before(number)
            time_ns = number * 10_000_000
            keypoints = make_keypoints(time_ns) if self._with_keypoints else None
            yield Frame(IMAGE, time_ns, number, arrived_ns=time.monotonic_ns(), keypoints=keypoints)


class FakeExtractor:
    """Finds nobody; `before` is called with each frame's number before that."""

    def __init__(self, before: Step = lambda number: None) -> None:
        self.threads = {threading.get_ident()}
        self.seen: list[int] = []
        self.closed = 0
        self._before = before

    def __call__(self, frame: Frame) -> Keypoints:
        self.threads.add(threading.get_ident())
        self._before(frame.index)
        self.seen.append(frame.index)
        return make_keypoints(frame.time_ns)

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        self.closed += 1


class FakeStream:
    """Remembers what it was given as pairs of frame number and whether to predict; announces a sign at the end.

    Attributes:
        activity: what it says of every frame.
    """

    def __init__(self, before: Step = lambda number: None) -> None:
        self.activity = Activity.SIGNING
        self.pushed: list[tuple[int, bool]] = []
        self.finished = 0
        self._before = before

    @property
    def numbers(self) -> list[int]:
        return [number for number, _ in self.pushed]

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        number = keypoints.time_ns // 10_000_000
        self._before(number)
        self.pushed.append((number, predict))
        prediction = Prediction((), True, 0, keypoints.time_ns) if predict else None
        return StreamUpdate(keypoints.time_ns, self.activity, prediction)

    def finish(self) -> tuple[SignEvent, ...]:
        self.finished += 1
        last_ns = self.numbers[-1] * 10_000_000
        return (SignEvent("eat", 0.9, 0, last_ns, last_ns),)


class Recorder:
    """A listener that remembers everything and lets a test wait for it."""

    def __init__(self) -> None:
        self.states: list[PipelineState] = []
        self.pictures: list[tuple[int, Keypoints | None]] = []
        self.updates: list[StreamUpdate] = []
        self.errors: list[str] = []
        self._changed = threading.Condition()

    def on_state(self, state: PipelineState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        with self._changed:
            self.pictures.append((frame.index, keypoints))
            self._changed.notify_all()

    def on_update(self, update: StreamUpdate) -> None:
        with self._changed:
            self.updates.append(update)
            self._changed.notify_all()

    def on_error(self, message: str) -> None:
        with self._changed:
            self.errors.append(message)
            self._changed.notify_all()

    @property
    def skeletons_shown(self) -> set[int]:
        """The numbers of the frames whose own skeleton was shown."""
        return {keypoints.time_ns // 10_000_000 for _, keypoints in self.pictures if keypoints is not None}

    @property
    def events(self) -> list[SignEvent]:
        return [event for update in self.updates for event in update.events]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE)

    def wait_for_end(self) -> PipelineState:
        self.wait_until(lambda: bool(self.states) and self.states[-1].final)
        return self.states[-1]


def make_keypoints(time_ns: int) -> Keypoints:
    return Keypoints(joints=np.zeros((JOINTS, 3), np.float32), time_ns=time_ns, size=(4, 4))


def no_extractor() -> FakeExtractor:
    raise AssertionError("nobody needs an extractor here")


def fail(error: Exception, *, at: int | None = None) -> Step:
    def step(number: int) -> None:
        if at in (number, None):
            raise error

    return step


class Gate:
    """Holds a thread at one number, or at once, until it is opened, and tells when the thread has come there."""

    def __init__(self, at: int | None = None) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        self._at = at

    def __call__(self, number: int) -> None:
        if self._at in (number, None):
            self.reached.set()
            assert self.open.wait(PATIENCE)


def run(pipeline: LivePipeline, recorder: Recorder) -> PipelineState:
    pipeline.start()
    end = recorder.wait_for_end()
    assert pipeline.stop(PATIENCE)
    return end
