"""A narrowed model says of its glosses what the larger one said, and keeps the rest as its background."""

import pytest
import torch

from engine.errors import UserFacingError
from engine.features.model_input import InputSpec
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from engine.models.narrowing import narrowed
from engine.models.place import PlaceConfig
from engine.recognition.recogniser import Recogniser
from tests.engine.signers import sign

GLOSSES = ("eat", "go", "who", "cow", "dog")
ENCODER = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
PLACE = PlaceConfig(width=16, blocks=1, heads=2, feed_forward=32)
SPEC = InputSpec(frames=24, rate=15.0)


@pytest.fixture(params=[0, 1], ids=["no background", "a background of its own"])
def model(request: pytest.FixtureRequest) -> TrainedModel:
    torch.manual_seed(0)
    network = SignClassifier(ModelConfig(ENCODER, len(GLOSSES), SPEC, place=PLACE, background=request.param))
    return TrainedModel("large", GLOSSES, SPEC, Calibration(), network.eval())


def test_every_kept_gloss_keeps_its_probability_and_the_rest_is_background(model: TrainedModel) -> None:
    kept = ("cow", "eat")
    small = narrowed(model, kept, name="small")
    large_says, small_says = (Recogniser(each).score(sign(shape=2)) for each in (model, small))
    assert small_says.shape == (3,)
    expected = large_says[[GLOSSES.index(gloss) for gloss in kept]]
    torch.testing.assert_close(small_says[:2], expected)
    torch.testing.assert_close(small_says[2], 1 - expected.sum())


def test_it_can_be_narrowed_again(model: TrainedModel) -> None:
    once = narrowed(model, ("cow",), name="one")
    twice = narrowed(narrowed(model, ("who", "cow"), name="two"), ("cow",), name="one")
    torch.testing.assert_close(Recogniser(twice).score(sign()), Recogniser(once).score(sign()))


def test_a_gloss_that_it_does_not_know_is_refused(model: TrainedModel) -> None:
    with pytest.raises(UserFacingError, match="does not know 'fish'"):
        narrowed(model, ("eat", "fish"), name="small")
