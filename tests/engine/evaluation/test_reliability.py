import numpy as np
import pytest

from engine.evaluation.confusion import most_confused
from engine.evaluation.reliability import abstention, calibration_error, reliability

PROBABILITIES = np.array([[0.95, 0.05], [0.92, 0.08], [0.35, 0.65], [0.31, 0.69]])
LABELS = np.array([0, 1, 1, 1])


def test_bins_say_what_was_claimed_and_what_was_right() -> None:
    low, high = reliability(PROBABILITIES, LABELS)
    assert (low.count, low.claimed, low.right) == (2, pytest.approx(0.67), 1.0)
    assert (high.count, high.claimed, high.right) == (2, pytest.approx(0.935), 0.5)
    assert calibration_error((low, high)) == pytest.approx((0.33 + 0.435) / 2)


def test_a_certain_answer_falls_into_the_last_bin() -> None:
    (only,) = reliability(np.array([[1.0, 0.0]]), np.array([0]))
    assert only.claimed == 1.0
    assert calibration_error((only,)) == 0


def test_a_threshold_trades_answers_for_right_ones() -> None:
    everything, strict = (abstention(PROBABILITIES, LABELS, threshold=threshold) for threshold in (0.0, 0.94))
    assert (everything.accepted, everything.accepted_right) == (100, 75)
    assert (strict.accepted, strict.accepted_right) == (25, 100)
    assert abstention(PROBABILITIES, LABELS, threshold=1.0).accepted_right is None


def test_confusions_count_both_ways() -> None:
    scores = np.eye(3)[[1, 0, 2, 2]]
    found = most_confused(scores, np.array([0, 1, 2, 0]), ["a", "b", "c"], top=5)
    assert found == (("a", "b", 2), ("a", "c", 1))
