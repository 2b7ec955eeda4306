import pytest

from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, ModelInput, model_input
from tests.engine.signers import sign

SPEC = InputSpec(frames=24, rate=15.0)


@pytest.fixture
def frames() -> ModelInput:
    """Three signs that differ in length and hand shape."""
    clips = [sign(shape=shape, raised=20 + 10 * shape) for shape in range(3)]
    return model_input(collate(clips, [signing_span(clip) for clip in clips]), SPEC)
