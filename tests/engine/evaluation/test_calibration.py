"""How much a model's answers can be believed, told by held-out clips."""

import numpy as np
import pytest
import torch

from engine.data.dataset import ClipDataset, LabelledClip
from engine.evaluation.calibration import ALWAYS_ABSTAIN, FEWEST_ACCEPTED, MOST_UNKNOWN, calibrate, calibrated
from engine.evaluation.metrics import PRECISION
from engine.features.model_input import InputSpec
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from tests.engine.signers import sign


def drawn(certainty: float, *, right: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Answers that claim `certainty` and are right with probability `right`, over ten classes."""
    random = np.random.default_rng(0)
    labels = random.integers(10, size=count)
    answers = np.where(random.random(count) < right, labels, (labels + 1) % 10)
    probabilities = np.full((count, 10), (1 - certainty) / 9)
    probabilities[np.arange(count), answers] = certainty
    return probabilities, labels


def logits_of(probabilities: np.ndarray) -> torch.Tensor:
    """Those of a model without a background."""
    return torch.from_numpy(np.log(probabilities))


def with_background(probabilities: np.ndarray) -> torch.Tensor:
    """Those of a model whose background has what its glosses lack to one."""
    return torch.from_numpy(np.log(np.hstack([probabilities, 1 - probabilities.sum(axis=1, keepdims=True)])))


def test_temperature_makes_claims_match_what_happens() -> None:
    probabilities, labels = drawn(0.99, right=0.8)
    calibration = calibrate(logits_of(probabilities), labels, glosses=10)
    logits = np.log(probabilities) / calibration.temperature
    claimed = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).max(axis=1)
    assert calibration.temperature > 1
    assert claimed.mean() == pytest.approx(0.8, abs=0.03)


def test_the_threshold_accepts_what_is_right_often_enough_and_no_more() -> None:
    sure, sure_labels = drawn(0.95, right=1.0, count=500)
    unsure, unsure_labels = drawn(0.5, right=0.4, count=500)
    probabilities = np.concatenate([sure, unsure])
    labels = np.concatenate([sure_labels, unsure_labels])
    calibration = calibrate(logits_of(probabilities), labels, glosses=10)
    logits = np.log(probabilities) / calibration.temperature
    claimed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    accepted = claimed.max(axis=1) >= calibration.threshold
    assert accepted[:500].all()
    assert (claimed.argmax(axis=1) == labels)[accepted].mean() >= PRECISION


def test_a_handful_of_right_answers_makes_no_threshold() -> None:
    sure, sure_labels = drawn(0.99, right=1.0, count=FEWEST_ACCEPTED - 1)
    unsure, unsure_labels = drawn(0.5, right=0.3, count=500)
    probabilities, labels = np.concatenate([sure, unsure]), np.concatenate([sure_labels, unsure_labels])
    assert calibrate(logits_of(probabilities), labels, glosses=10).threshold == ALWAYS_ABSTAIN


def test_where_nothing_is_precise_enough_everything_is_refused() -> None:
    probabilities, labels = drawn(0.9, right=0.1, count=200)
    wrong = probabilities.argmax(axis=1) != labels
    calibration = calibrate(logits_of(probabilities[wrong]), labels[wrong], glosses=10)
    assert calibration.threshold > 0
    logits = np.log(probabilities[wrong]) / calibration.temperature
    claimed = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert (claimed.max(axis=1) < calibration.threshold).all()


def background_model(known: int, unknown: int, *, expected: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What an ideal model says that expects a share `expected` of its clips to be signs of its three glosses.

    Of every clip it sees one number for each gloss, the true one's higher; unknown signs have none.
    """
    random = np.random.default_rng(0)
    labels = random.integers(3, size=known)
    seen = random.normal(size=(known + unknown, 3))
    seen[np.arange(known), labels] += 2.0
    evidence = np.exp(2.0 * seen - 2.0) * expected / 3
    probabilities = evidence / (evidence.sum(axis=1, keepdims=True) + 1 - expected)
    return probabilities[:known], labels, probabilities[known:]


def applied(calibration: Calibration, probabilities: np.ndarray) -> np.ndarray:
    logits = calibration.calibrated(with_background(probabilities), glosses=3)
    return torch.softmax(logits, dim=-1).numpy()[:, :3]


def test_unknown_signs_are_expected_as_often_as_known_ones_however_rare_these_were_in_training() -> None:
    known, labels, unknown = background_model(3000, 3000, expected=0.05)
    calibration = calibrate(with_background(known), labels, with_background(unknown), glosses=3)
    claimed, claimed_unknown = applied(calibration, known), applied(calibration, unknown)
    assert known.max(axis=1).mean() < 0.6
    assert calibration.temperature == pytest.approx(1.0, abs=0.1)
    assert calibration.background_bias == pytest.approx(np.log(0.05 / 0.95), abs=0.3)
    everything = np.concatenate([claimed, claimed_unknown])
    right = np.concatenate([claimed.argmax(axis=1) == labels, np.zeros(len(claimed_unknown), bool)])
    assert everything.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.03)


def test_how_many_unknown_signs_were_at_hand_does_not_matter() -> None:
    known, labels, unknown = background_model(2000, 2000, expected=0.1)
    few, many = (
        calibrate(with_background(known), labels, with_background(some), glosses=3)
        for some in (unknown, np.concatenate([unknown] * 3))
    )
    assert few == many


def test_of_unknown_signs_few_are_accepted_however_right_the_known_ones_are() -> None:
    known, labels, unknown = background_model(3000, 3000, expected=0.5)
    right = known.argmax(axis=1) == labels
    calibration = calibrate(with_background(known[right]), labels[right], with_background(unknown), glosses=3)
    accepted = [(applied(calibration, some).max(axis=1) >= calibration.threshold).mean() for some in (known, unknown)]
    assert accepted[1] == pytest.approx(MOST_UNKNOWN, abs=0.01)
    assert 0.3 < accepted[0] < 1


def test_a_threshold_that_few_unknown_signs_reach_is_precise_too() -> None:
    """Precision need not rise with the threshold: the surest answers may be the ones that are wrong."""
    known = np.full((130, 2), 0.02)
    known[:100, 0], known[100:, 0] = 0.6, 0.95
    labels = np.array([0] * 100 + [1] * 30)
    unknown = np.tile([0.8, 0.02], (50, 1))
    calibration = calibrate(with_background(known), labels, with_background(unknown), glosses=2)
    assert calibration.threshold == ALWAYS_ABSTAIN


def test_without_unknown_signs_the_background_stays_as_it_is() -> None:
    known, labels, _ = background_model(500, 1, expected=0.1)
    assert calibrate(with_background(known), labels, glosses=3).background_bias == 0.0


def test_a_background_that_no_known_sign_was_ever_near_rejects_none_of_them() -> None:
    random = np.random.default_rng(0)
    labels = np.arange(8) % 6
    known, unknown = random.normal(size=(8, 7)), random.normal(size=(100, 7))
    known[np.arange(8), labels] += 12
    known[:, 6] -= 8
    unknown[:, 6] += 12
    calibration = calibrate(torch.from_numpy(known), labels, torch.from_numpy(unknown), glosses=6)
    claimed = torch.softmax(calibration.calibrated(torch.from_numpy(known), glosses=6), dim=-1)
    assert (claimed.argmax(dim=-1).numpy() == labels).all()
    assert (claimed[:, :6].amax(dim=-1) >= calibration.threshold).all()


@pytest.mark.parametrize(("background", "moved"), [(0, False), (1, True)])
def test_unknown_signs_say_nothing_to_a_model_that_has_no_background(background: int, moved: bool) -> None:
    torch.manual_seed(0)
    spec = InputSpec(frames=16, rate=10.0)
    encoder = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=16)
    network = SignClassifier(ModelConfig(encoder, classes=2, input=spec, background=background)).eval()
    model = TrainedModel("tiny", ("eat", "go"), spec, Calibration(), network)
    known = [LabelledClip(sign(shape=label), gloss, "val", "", gloss) for label, gloss in enumerate(model.glosses)]
    unknown = [LabelledClip(sign(shape=5), "who", "val", "", "who")]
    held_out = ClipDataset(model.glosses, tuple(known))
    told = calibrated(model, held_out, unknown).calibration
    assert (told != calibrated(model, held_out).calibration) is moved
