import numpy as np
import pytest

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


def test_who_cannot_tell_glosses_apart_has_recognised_none() -> None:
    result = accuracy(np.array([[1.0] * 10, [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]]), np.array([0, 1]))
    assert (result.top1_instance, result.top5_instance) == (0, 50)


def test_nothing_to_score_is_an_error() -> None:
    with pytest.raises(ValueError, match="do not belong together"):
        accuracy(np.zeros((0, 3)), np.zeros(0, int))
