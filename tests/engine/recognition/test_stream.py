"""Live decoding with a scripted predictor: what is announced, and when."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import cycle

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.joints import HAND_JOINTS, JOINTS, RIGHT_WRIST
from engine.models.segmenter import Segmenter, SegmenterConfig, TrainedSegmenter
from engine.recognition.segmentation import LONGEST_NS
from engine.recognition.stream import HOP_NS, StreamRecogniser
from engine.types import (
    NANOSECONDS,
    Activity,
    Candidate,
    JointArray,
    Keypoints,
    Prediction,
    SignEvent,
    StreamUpdate,
)
from tests.engine.signers import RAISED, REST, SIZE, pose

RATE = 25
AHEAD = 3
RIGHT_WRIST_Y = 4 * HAND_JOINTS + 2 + 2 * RIGHT_WRIST + 1
"""Its column in the segmenter's input."""
Judge = Callable[[float, float], str | None]


class RaisedHand(Segmenter):
    """Takes a right wrist above the navel for signing."""

    def answer(self, vectors: torch.Tensor) -> torch.Tensor:
        seen = vectors[..., RIGHT_WRIST_Y] != 0
        return torch.where(seen & (vectors[..., RIGHT_WRIST_Y] < 1.15), 9.0, -9.0)[:, : -AHEAD or None]


def recogniser(predictor: "ScriptedPredictor") -> StreamRecogniser:
    network = RaisedHand(SegmenterConfig(width=1, ahead=AHEAD))
    return StreamRecogniser(predictor, TrainedSegmenter(network.eval(), begin=0.5, end=0.5))


class ScriptedPredictor:
    """Names a stretch by its begin and end in seconds; None abstains."""

    window_ns = 2 * NANOSECONDS

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._newest_ns = -1
        self.spans: list[tuple[float, float]] = []
        self.prepared: list[tuple[int, int]] = []

    def stream_window(self) -> "ScriptedPredictor":
        return self

    def push(self, keypoints: Keypoints) -> bool:
        new = keypoints.time_ns > self._newest_ns
        self._newest_ns = max(self._newest_ns, keypoints.time_ns)
        return new

    def clear(self) -> None:
        self._newest_ns = -1

    def prepare(self, span: tuple[int, int]) -> None:
        self.prepared.append(span)

    def predict(self, span: tuple[int, int], *, top: int = 5) -> Prediction:
        begin, end = span[0] / NANOSECONDS, span[1] / NANOSECONDS
        self.spans.append((begin, end))
        gloss = self._judge(begin, end)
        candidates = (Candidate(gloss or "maybe", 0.9 if gloss else 0.2),)
        return Prediction(candidates=candidates, rejected=gloss is None, start_ns=span[0], end_ns=span[1])


def frames(*stretches: tuple[JointArray, float]) -> list[Keypoints]:
    """Poses held for some seconds, one after the other."""
    joints = [shown for shown, seconds in stretches for _ in range(round(seconds * RATE))]
    return [Keypoints(shown, time_ns=index * NANOSECONDS // RATE, size=SIZE) for index, shown in enumerate(joints)]


def decode(judge: Judge, keypoints: Iterable[Keypoints]) -> tuple[list[SignEvent], list[StreamUpdate]]:
    stream = recogniser(ScriptedPredictor(judge))
    updates = [stream.push(item) for item in keypoints]
    return [event for update in updates for event in update.events] + list(stream.finish()), updates


UP, DOWN, NOBODY = pose(right=RAISED), pose(), np.zeros((JOINTS, 3), np.float32)


def test_nobody_and_resting_hands_say_nothing() -> None:
    events, updates = decode(lambda *_: "eat", frames((NOBODY, 1), (DOWN, 1), (pose(right=1.9), 2)))
    assert events == []
    assert {update.activity for update in updates} == {Activity.NOBODY, Activity.NO_HANDS, Activity.IDLE}


def test_a_sign_is_announced_once_soon_after_the_hands_rest() -> None:
    events, updates = decode(lambda *_: "eat", frames((DOWN, 1), (UP, 1.2), (DOWN, 2)))
    assert [event.gloss for event in events] == ["eat"]
    assert abs(events[0].start_ns / NANOSECONDS - 1.0) < 0.05
    assert abs(events[0].end_ns / NANOSECONDS - 2.2) < 0.06
    assert events[0].emitted_ns - events[0].end_ns <= 0.4 * NANOSECONDS
    assert any(update.prediction is not None for update in updates)


def test_two_signs_with_a_rest_between_are_two_events_even_if_alike() -> None:
    events, _ = decode(lambda *_: "eat", frames((UP, 1), (DOWN, 1), (UP, 1), (DOWN, 1)))
    assert [event.gloss for event in events] == ["eat", "eat"]


def test_a_sign_under_way_at_the_end_of_the_stream_is_announced() -> None:
    events, _ = decode(lambda *_: "eat", frames((DOWN, 0.5), (UP, 1)))
    assert [event.gloss for event in events] == ["eat"]


def test_below_the_threshold_it_says_that_it_is_not_sure_and_offers_candidates() -> None:
    events, _ = decode(lambda *_: None, frames((UP, 1), (DOWN, 1)))
    assert [event.gloss for event in events] == [None]
    assert events[0].candidates[0].gloss == "maybe"


def test_a_hand_seen_for_a_moment_is_no_sign() -> None:
    events, _ = decode(lambda *_: "eat", frames((DOWN, 1), (UP, 0.12), (DOWN, 1)))
    assert events == []


def test_signs_that_follow_one_another_are_told_apart_where_the_segmenter_sees_the_way_between() -> None:
    between = pose(right=REST)
    events, _ = decode(lambda begin, _: "eat" if begin < 1 else "drink", frames((UP, 1), (between, 0.3), (UP, 1)))
    assert [event.gloss for event in events] == ["eat", "drink"]
    assert events[0].emitted_ns < 1.3 * NANOSECONDS
    assert events[0].end_ns < events[1].start_ns


def test_a_wavering_prediction_announces_one_sign() -> None:
    events, _ = decode(lambda begin, end: "eat" if round(end * 10) % 3 else "drink", frames((UP, 1.9), (DOWN, 1)))
    assert len(events) == 1


def test_a_sign_that_is_held_is_announced_once_and_before_it_ends() -> None:
    events, updates = decode(lambda *_: "eat", frames((UP, 10), (DOWN, 1)))
    assert [event.gloss for event in events] == ["eat"]
    assert {update.activity for update in updates[RATE : 10 * RATE]} == {Activity.SIGNING}
    assert LONGEST_NS <= events[0].emitted_ns <= LONGEST_NS + 0.3 * NANOSECONDS


def test_a_sign_that_is_held_is_not_lost_where_frames_are_dropped_at_its_end() -> None:
    shown = frames((UP, 4.1), (DOWN, 2))
    cut = next(item.time_ns for item in shown if item.time_ns > LONGEST_NS)
    events, _ = decode(lambda *_: "eat", [item for item in shown if not cut <= item.time_ns < cut + 0.9 * NANOSECONDS])
    assert [(event.gloss, event.start_ns) for event in events] == [("eat", 0)]


def test_a_sign_that_is_held_and_not_known_is_uncertain_once() -> None:
    events, _ = decode(lambda *_: None, frames((UP, 10), (DOWN, 1)))
    assert [event.gloss for event in events] == [None]


def test_another_sign_in_signing_without_a_break_is_announced() -> None:
    events, _ = decode(
        lambda begin, _: "eat" if begin < 3 else "drink" if begin < 7 else None, frames((UP, 14), (DOWN, 1))
    )
    assert [event.gloss for event in events] == ["eat", "drink", None]
    assert [round(event.start_ns / NANOSECONDS) for event in events] == [0, 4, 8]


def test_a_sign_after_a_break_counts_again_even_if_the_one_before_was_held() -> None:
    events, _ = decode(lambda *_: "eat", frames((UP, 10), (DOWN, 1), (UP, 10), (DOWN, 1)))
    assert [event.gloss for event in events] == ["eat", "eat"]
    assert round(events[1].start_ns / NANOSECONDS) == 11


def test_a_sign_after_a_gap_in_time_counts_again_even_if_the_one_before_was_held() -> None:
    events, _ = decode(lambda *_: "eat", frames((UP, 4.5)) + later(frames((UP, 1), (DOWN, 1)), 20))
    assert [event.gloss for event in events] == ["eat", "eat"]


def test_windows_are_never_longer_than_the_model_sees() -> None:
    predictor = ScriptedPredictor(lambda *_: "eat")
    stream = recogniser(predictor)
    for item in frames((UP, 3.5)):
        stream.push(item)
    assert predictor.spans
    assert max(end - begin for begin, end in predictor.spans) <= 2.0 + 1e-6


def test_frames_taken_in_without_a_prediction_count_for_the_next_one() -> None:
    predictor = ScriptedPredictor(lambda *_: "eat")
    stream = recogniser(predictor)
    updates = [stream.push(item, predict=False) for item in frames((UP, 1))]
    assert predictor.spans == []
    assert updates[-1].activity is Activity.SIGNING
    assert [event.gloss for event in stream.finish()] == ["eat"]


@given(busy=st.lists(st.booleans(), min_size=1, max_size=7))
def test_what_is_computed_does_not_depend_on_how_busy_the_machine_is(busy: list[bool]) -> None:
    shown = frames((DOWN, 0.5), (UP, 1), (DOWN, 1), (UP, 0.5))
    idle_predictor, busy_predictor = (ScriptedPredictor(lambda *_: "eat") for _ in range(2))
    idle_stream, busy_stream = recogniser(idle_predictor), recogniser(busy_predictor)

    expected = [event for item in shown for event in idle_stream.push(item).events]
    events = [
        event
        for item, late in zip(shown, cycle(busy), strict=False)
        for event in busy_stream.push(item, predict=not late).events
    ]

    assert events == expected != []
    assert busy_predictor.prepared == idle_predictor.prepared != []


def test_a_window_that_was_due_is_judged_as_soon_as_there_is_time() -> None:
    stream = recogniser(ScriptedPredictor(lambda *_: "eat"))
    up = frames((UP, 1))
    for item in up[:-1]:
        stream.push(item, predict=False)
    prediction = stream.push(up[-1]).prediction
    assert prediction is not None
    assert up[-1].time_ns - prediction.end_ns < HOP_NS


def test_the_same_stream_gives_the_same_events_after_a_reset() -> None:
    stream = recogniser(ScriptedPredictor(lambda *_: "eat"))
    shown = frames((DOWN, 0.5), (UP, 1), (DOWN, 1))
    first = [event for item in shown for event in stream.push(item).events]
    stream.reset()
    again = [event for item in shown for event in stream.push(item).events]
    assert first == again != []


def test_a_frame_that_comes_twice_changes_nothing() -> None:
    stream = recogniser(ScriptedPredictor(lambda *_: "eat"))
    shown = frames((UP, 1), (DOWN, 1))
    doubled = [item for item in shown for _ in range(2)]
    events = [event for item in doubled for event in stream.push(item).events]
    assert [event.gloss for event in events] == ["eat"]


def later(keypoints: list[Keypoints], seconds: float, *, size: tuple[int, int] = SIZE) -> list[Keypoints]:
    return [replace(item, time_ns=item.time_ns + round(seconds * NANOSECONDS), size=size) for item in keypoints]


def test_a_gap_in_time_ends_the_sign_under_way() -> None:
    events, _ = decode(lambda *_: "eat", frames((UP, 1)) + later(frames((UP, 1), (DOWN, 1)), 20))
    assert [event.gloss for event in events] == ["eat", "eat"]
    assert events[0].end_ns < NANOSECONDS
    assert events[1].start_ns == 20 * NANOSECONDS


def test_single_frames_far_apart_are_no_sign() -> None:
    events, _ = decode(lambda *_: "eat", frames((UP, 0.04)) + later(frames((UP, 0.04), (DOWN, 1)), 20))
    assert events == []


def test_another_picture_size_ends_the_sign_under_way() -> None:
    resized = later(frames((DOWN, 1)), 1, size=(1280, 960))
    events, _ = decode(lambda *_: "eat", frames((UP, 1)) + resized)
    assert [event.gloss for event in events] == ["eat"]
    assert events[0].end_ns < NANOSECONDS
