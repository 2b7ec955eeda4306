"""The engine as the window gets it, with a model that ships; in other tests the window has scripted services."""

from itertools import takewhile

import numpy as np
import pytest

from app.services import Model, Services, engine_services
from engine.keypoints import holistic
from engine.models.folder import load_model, resolve_model
from engine.recognition.memory import RecordedSign, RememberingStream
from engine.recognition.stream import STREAM_MARGIN_NS
from engine.types import NANOSECONDS, Frame, Keypoints


@pytest.fixture(scope="module")
def services() -> Services:
    return engine_services()


@pytest.fixture(scope="module")
def model(services: Services) -> Model:
    return services.load_model("wlasl100", "cpu")


@pytest.fixture(scope="module")
def demo(services: Services) -> list[Keypoints]:
    """The demo's first signs."""
    with services.open_source("demo") as source:
        begin = takewhile(lambda frame: frame.time_ns < 8 * NANOSECONDS, source)
        return [frame.keypoints for frame in begin if frame.keypoints is not None]


def signs_of(model: Model, keypoints: list[Keypoints]) -> list[RecordedSign]:
    signs: list[RecordedSign] = []
    stream = RememberingStream(model.new_stream(), signs.append)
    for seen in keypoints:
        stream.push(seen)
    assert signs
    return signs


@pytest.fixture(scope="module")
def signs(model: Model, demo: list[Keypoints]) -> list[RecordedSign]:
    return signs_of(model, demo)


def test_a_model_is_told_with_what_it_was_calibrated_to(services: Services, model: Model) -> None:
    shipped = load_model(resolve_model("wlasl100"))

    assert model.known_as in services.available_models()
    assert (model.name, model.device, model.glosses) == (shipped.name, "cpu", shipped.glosses)
    assert model.threshold == shipped.calibration.stream_threshold
    assert model.temperature == shipped.calibration.temperature
    assert model.background_bias == shipped.calibration.background_bias
    assert "Limits" in model.card


def test_a_stream_names_what_the_threshold_that_is_told_lets_through(model: Model, signs: list[RecordedSign]) -> None:
    for event in (sign.event for sign in signs):
        assert event.gloss == (event.candidates[0].gloss if event.probability >= model.threshold else None)


def test_a_sign_of_a_stream_is_explained_where_it_was_made(model: Model, signs: list[RecordedSign]) -> None:
    sign = max(signs, key=lambda each: each.event.probability)
    event = sign.event

    explanation = model.explain(sign)

    assert explanation.gloss == event.candidates[0].gloss
    assert explanation.parts
    assert event.start_ns - STREAM_MARGIN_NS <= explanation.times_ns[0] < event.start_ns
    assert event.end_ns < explanation.times_ns[-1] <= event.end_ns + STREAM_MARGIN_NS


def test_a_lesson_holds_in_streams_to_come(model: Model, demo: list[Keypoints]) -> None:
    lesson = frozenset(model.glosses[:3])
    model.restrict(lesson)
    try:
        signs = signs_of(model, demo)
    finally:
        model.restrict(None)

    assert {each.gloss for sign in signs for each in sign.event.candidates} == lesson


def test_motions_come_along_for_every_sign_of_a_model(services: Services, model: Model) -> None:
    assert set(model.glosses) <= services.load_prototypes().keys()


def test_keypoints_are_found_as_fast_as_a_camera_asks_for(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []

    class Watched(holistic.HolisticExtractor):
        def __init__(self, *, at_once: bool = False) -> None:
            made.append(at_once)
            super().__init__(at_once=at_once)

    monkeypatch.setattr(holistic, "HolisticExtractor", Watched)
    extractor = services.make_extractor()
    try:
        seen = extractor(Frame(np.full((240, 320, 3), 90, np.uint8), time_ns=5, index=0))
    finally:
        extractor.close()

    assert made == [True]
    assert not seen.joints.any()
