"""Of each sign its keypoints are kept, and no more than these."""

import numpy as np

from engine.joints import JOINTS
from engine.recognition.memory import AROUND_NS, REMEMBERED_NS, RecordedSign, RememberingStream
from engine.recognition.segmentation import LONGEST_NS
from engine.recognition.stream import STREAM_MARGIN_NS
from engine.types import NANOSECONDS, Activity, Keypoints, SignEvent, StreamUpdate

INTERVAL_NS = NANOSECONDS // 25


def keypoints(index: int, size: tuple[int, int] = (640, 480)) -> Keypoints:
    return Keypoints(np.full((JOINTS, 3), index, np.float32), index * INTERVAL_NS, size)


def event(start: int, end: int) -> SignEvent:
    return SignEvent("eat", 0.9, start * INTERVAL_NS, end * INTERVAL_NS, end * INTERVAL_NS)


class Announcing:
    """A stream that announces given events at given frames."""

    def __init__(self, events: dict[int, SignEvent], *, at_the_end: tuple[SignEvent, ...] = ()) -> None:
        self._events = events
        self._at_the_end = at_the_end

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        found = self._events.get(keypoints.time_ns // INTERVAL_NS)
        return StreamUpdate(keypoints.time_ns, Activity.IDLE, events=() if found is None else (found,))

    def finish(self) -> tuple[SignEvent, ...]:
        return self._at_the_end


def told(stream: Announcing, frames: int) -> list[RecordedSign]:
    signs: list[RecordedSign] = []
    remembering = RememberingStream(stream, signs.append)
    for index in range(frames):
        remembering.push(keypoints(index))
    remembering.finish()
    return signs


def test_a_sign_comes_with_its_frames_and_a_little_around_them() -> None:
    (sign,) = told(Announcing({60: event(30, 50)}), 80)

    margin = AROUND_NS / INTERVAL_NS
    assert sign.event == event(30, 50)
    assert sign.clip.joints[:, 0, 0].tolist() == list(range(int(30 - margin), int(50 + margin) + 1))


def test_enough_is_kept_for_all_that_is_judged() -> None:
    assert AROUND_NS >= STREAM_MARGIN_NS
    assert REMEMBERED_NS >= LONGEST_NS + 2 * AROUND_NS + NANOSECONDS


def test_a_sign_at_the_end_of_the_stream_is_told_as_well() -> None:
    (sign,) = told(Announcing({}, at_the_end=(event(30, 59),)), 60)

    assert sign.clip.times_ns[-1] == 59 * INTERVAL_NS


def test_nothing_older_than_the_longest_sign_is_kept() -> None:
    (sign,) = told(Announcing({400: event(0, 400)}), 401)

    assert sign.clip.times_ns[0] == 400 * INTERVAL_NS - REMEMBERED_NS


def test_a_sign_that_ends_with_a_change_of_size_has_frames_of_its_own_size() -> None:
    signs: list[RecordedSign] = []
    stream = RememberingStream(Announcing({40: event(20, 39), 70: event(50, 65)}), signs.append)
    for index in range(80):
        stream.push(keypoints(index, (640, 480) if index < 40 else (320, 240)))

    assert [(sign.clip.size, int(sign.clip.times_ns[-1]) < 40 * INTERVAL_NS) for sign in signs] == [
        ((640, 480), True),
        ((320, 240), False),
    ]


def test_a_sign_that_a_gap_ends_has_its_frames() -> None:
    signs: list[RecordedSign] = []
    stream = RememberingStream(Announcing({300: event(20, 39)}), signs.append)
    for index in (*range(40), 300):
        stream.push(keypoints(index))

    (sign,) = signs
    assert sign.clip.times_ns[-1] == 39 * INTERVAL_NS


def test_updates_pass_unchanged() -> None:
    stream = Announcing({3: event(1, 2)})
    remembering = RememberingStream(stream, lambda _: None)

    assert [remembering.push(keypoints(index)) for index in range(6)] == [
        stream.push(keypoints(index)) for index in range(6)
    ]
