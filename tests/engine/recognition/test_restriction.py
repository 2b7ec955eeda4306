"""A lesson: the recogniser names some of its glosses alone."""

import pytest
import torch

from engine.errors import UserFacingError
from engine.features.activity import signing_span
from engine.features.model_input import InputSpec
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel, load_model, resolve_model
from engine.recognition.recogniser import Recogniser
from engine.sources.prototypes import load_prototypes, place_prototype
from engine.types import KeypointClip, Keypoints, Prediction

LESSON = frozenset({"book", "cook", "drink"})


@pytest.fixture
def recogniser() -> Recogniser:
    return Recogniser(load_model(resolve_model(None)))


@pytest.fixture
def clip() -> KeypointClip:
    return place_prototype(load_prototypes()["book"], (640, 480))


def test_the_candidates_are_those_of_the_lesson_and_share_all_probability(
    recogniser: Recogniser, clip: KeypointClip
) -> None:
    free = {candidate.gloss: candidate.probability for candidate in recogniser.predict(clip, top=100).candidates}

    recogniser.restrict(LESSON)
    lesson = {candidate.gloss: candidate.probability for candidate in recogniser.predict(clip, top=100).candidates}

    whole = sum(free[gloss] for gloss in LESSON)
    assert lesson == pytest.approx({gloss: free[gloss] / whole for gloss in LESSON}, rel=1e-3)
    assert sum(lesson.values()) == pytest.approx(1)


def test_the_restriction_can_be_lifted(recogniser: Recogniser, clip: KeypointClip) -> None:
    free = recogniser.predict(clip)

    recogniser.restrict(LESSON)
    assert recogniser.predict(clip) != free
    recogniser.restrict(None)

    assert recogniser.predict(clip) == free


def test_a_lesson_of_unknown_signs_is_refused_and_changes_nothing(recogniser: Recogniser, clip: KeypointClip) -> None:
    free = recogniser.predict(clip)

    with pytest.raises(UserFacingError, match="knows no sign of this lesson"):
        recogniser.restrict(frozenset({"xylophone"}))

    assert recogniser.predict(clip) == free


def answering(probabilities: list[float], *, background: bool, threshold: float = 0.5) -> Recogniser:
    """A recogniser of the glosses a, b, c that gives the same probabilities to whatever it sees."""
    encoder = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
    spec = InputSpec(frames=16, rate=20.0)
    network = SignClassifier(ModelConfig(encoder, classes=3, input=spec, background=background)).eval()
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.bias.copy_(torch.tensor(probabilities).log())
    return Recogniser(TrainedModel("constant", ("a", "b", "c"), spec, Calibration(threshold=threshold), network))


def seen_by_a_stream(recogniser: Recogniser, clip: KeypointClip) -> Prediction:
    window = recogniser.stream_window()
    for joints, time_ns in zip(clip.joints, clip.times_ns, strict=True):
        window.push(Keypoints(joints, int(time_ns), clip.size))
    return window.predict(signing_span(clip))


@pytest.mark.parametrize(
    ("probabilities", "background", "told", "rejected"),
    [
        ([0.5, 0.2, 0.3], False, 0.5 / 0.7, False),
        ([0.2, 0.1, 0.7], False, 0.2, True),
        ([0.5, 0.2, 0.1, 0.2], True, 0.5 / 0.7, False),
        ([0.3, 0.1, 0.0, 0.6], True, 0.3, True),
    ],
    ids=["a sign of the lesson", "a sign outside of it", "a sign, not the background", "the background"],
)
def test_what_is_more_likely_outside_of_the_lesson_is_not_forced_into_it(
    clip: KeypointClip, probabilities: list[float], background: bool, told: float, rejected: bool
) -> None:
    recogniser = answering(probabilities, background=background)
    recogniser.restrict(frozenset("ab"))

    for prediction in (recogniser.predict(clip), seen_by_a_stream(recogniser, clip)):
        assert [candidate.gloss for candidate in prediction.candidates] == ["a", "b"]
        assert prediction.candidates[0].probability == pytest.approx(told, abs=1e-5)
        assert prediction.rejected is rejected


def test_a_lesson_loses_no_sign_that_is_accepted_without_it(clip: KeypointClip) -> None:
    recogniser = answering([0.25, 0.1, 0.05, 0.6], background=True, threshold=0.2)
    free = recogniser.predict(clip)
    recogniser.restrict(frozenset("ab"))

    for prediction in (recogniser.predict(clip), seen_by_a_stream(recogniser, clip)):
        assert (prediction.candidates[0].gloss, prediction.rejected) == (free.candidates[0].gloss, free.rejected)
        assert not prediction.rejected


def test_without_a_lesson_the_background_keeps_its_share(clip: KeypointClip) -> None:
    recogniser = answering([0.3, 0.1, 0.0, 0.6], background=True)

    assert recogniser.predict(clip).candidates[0].probability == pytest.approx(0.3, abs=1e-5)
