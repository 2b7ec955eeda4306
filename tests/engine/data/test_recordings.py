"""Which clips are one recording."""

import numpy as np

from engine.data.recordings import SAME_RECORDING, same_recording

HANDS = np.random.default_rng(0).uniform(0, 1, (5, 42, 2)).astype(np.float32)


def test_the_same_hands_are_the_same_recording_up_to_rounding() -> None:
    others = np.stack([HANDS, HANDS + SAME_RECORDING / 2, HANDS + 2 * SAME_RECORDING, HANDS[::-1]])
    assert same_recording(HANDS, others).tolist() == [True, True, False, False]
    assert same_recording(HANDS, others[:0]).tolist() == []


def test_the_first_frame_does_not_count() -> None:
    other = HANDS.copy()
    other[0] = 0
    assert same_recording(HANDS, other[None]).tolist() == [True]


def test_without_hands_nothing_can_be_told() -> None:
    nothing = np.zeros_like(HANDS)
    assert same_recording(nothing, nothing[None]).tolist() == [False]
    assert same_recording(HANDS[:1], HANDS[None, :1]).tolist() == [False]
