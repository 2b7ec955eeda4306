import numpy as np
import pytest

from engine.evaluation.isolated import PRECISION, calibrate
from engine.evaluation.metrics import accuracy


def test_figures_of_a_hand_counted_example() -> None:
    scores = np.eye(10)[[0, 0, 0, 1, 2]]
    labels = np.array([0, 0, 0, 1, 3])
    result = accuracy(scores, labels)
    assert result.n == 5
    assert result.top1_instance == pytest.approx(80)
    assert result.top1_class == pytest.approx(200 / 3)
    assert result.ci95[0] < 80 < result.ci95[1]


def test_the_true_gloss_in_the_first_five_counts_for_top_five() -> None:
    scores = np.array([[5, 4, 3, 2, 1, 0], [5, 4, 3, 2, 1, 0]])
    result = accuracy(scores, np.array([4, 5]))
    assert (result.top1_instance, result.top5_instance) == (0, 50)


def test_nothing_to_score_is_an_error() -> None:
    with pytest.raises(ValueError, match="do not belong together"):
        accuracy(np.zeros((0, 3)), np.zeros(0, int))


def drawn(certainty: float, *, right: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Answers that claim `certainty` and are right with probability `right`, over ten classes."""
    random = np.random.default_rng(0)
    labels = random.integers(10, size=count)
    answers = np.where(random.random(count) < right, labels, (labels + 1) % 10)
    probabilities = np.full((count, 10), (1 - certainty) / 9)
    probabilities[np.arange(count), answers] = certainty
    return probabilities, labels


def test_temperature_makes_claims_match_what_happens() -> None:
    probabilities, labels = drawn(0.99, right=0.8)
    calibration = calibrate(probabilities, labels)
    logits = np.log(probabilities) / calibration.temperature
    claimed = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).max(axis=1)
    assert calibration.temperature > 1
    assert claimed.mean() == pytest.approx(0.8, abs=0.03)


def test_the_threshold_accepts_what_is_right_often_enough_and_no_more() -> None:
    sure, sure_labels = drawn(0.95, right=1.0, count=500)
    unsure, unsure_labels = drawn(0.5, right=0.4, count=500)
    probabilities = np.concatenate([sure, unsure])
    labels = np.concatenate([sure_labels, unsure_labels])
    calibration = calibrate(probabilities, labels)
    logits = np.log(probabilities) / calibration.temperature
    claimed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    accepted = claimed.max(axis=1) >= calibration.threshold
    assert accepted[:500].all()
    assert (claimed.argmax(axis=1) == labels)[accepted].mean() >= PRECISION


def test_where_nothing_is_precise_enough_everything_is_refused() -> None:
    probabilities, labels = drawn(0.9, right=0.1, count=200)
    wrong = probabilities.argmax(axis=1) != labels
    calibration = calibrate(probabilities[wrong], labels[wrong])
    assert calibration.threshold > 0
    logits = np.log(probabilities[wrong]) / calibration.temperature
    claimed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert (claimed.max(axis=1) < calibration.threshold).all()
