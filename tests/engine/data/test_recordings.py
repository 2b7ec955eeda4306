"""Which clips are one recording."""

import numpy as np

from engine.data.recordings import FEWEST_HANDS, SAME_RECORDING, same_recording

HANDS = np.random.default_rng(0).uniform(0.1, 1, (12, 2, 21, 2)).astype(np.float32)


def test_the_same_hands_are_the_same_recording_up_to_rounding() -> None:
    others = np.stack([HANDS, HANDS + SAME_RECORDING / 2, HANDS + 2 * SAME_RECORDING, HANDS[::-1]])
    assert same_recording(HANDS, others).tolist() == [True, True, False, False]
    assert same_recording(HANDS, others[:0]).tolist() == []


def test_a_copy_may_have_lost_hands_and_found_them_in_another_order() -> None:
    lost = HANDS.copy()
    lost[2:7, 0] = 0
    lost[9, 1] = 0
    assert same_recording(HANDS, np.stack([lost, lost[:, ::-1]])).tolist() == [True, True]
    assert same_recording(lost, np.stack([HANDS, HANDS[:, ::-1]])).tolist() == [True, True]


def test_a_few_frames_that_agree_are_no_copy() -> None:
    short = HANDS.copy()
    short[:, 1] = 0
    short[1 + FEWEST_HANDS :] = 0  # the first frame does not count
    assert same_recording(HANDS, short[None]).tolist() == [True]
    short[FEWEST_HANDS:] = 0
    assert same_recording(HANDS, short[None]).tolist() == [False]


def test_the_first_frame_does_not_count() -> None:
    other = HANDS.copy()
    other[0] = 0
    assert same_recording(HANDS, other[None]).tolist() == [True]


def test_without_hands_nothing_can_be_told() -> None:
    nothing = np.zeros_like(HANDS)
    assert same_recording(nothing, nothing[None]).tolist() == [False]
    assert same_recording(HANDS[:1], HANDS[None, :1]).tolist() == [False]
