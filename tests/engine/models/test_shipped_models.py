"""What assets/models promises: folders that load, are small, calibrated, and say what they are."""

import pytest

from engine.models.folder import MODELS, available_models, load_model, resolve_model
from engine.recognition.recogniser import Recogniser
from engine.sources.prototypes import load_prototypes, place_prototype

SIZES = {"wlasl100": 100, "wlasl300": 300, "wlasl2000": 2000}


def test_the_three_models_are_there_and_the_smallest_vocabulary_is_the_default() -> None:
    assert set(available_models()) == set(SIZES)
    assert resolve_model().name == "wlasl100"


@pytest.mark.parametrize("name", SIZES)
def test_a_model_is_small_calibrated_and_has_a_card(name: str) -> None:
    folder = MODELS / name
    assert sum(path.stat().st_size for path in folder.iterdir()) < 16_000_000
    model = load_model(folder)
    assert len(model.glosses) == SIZES[name]
    assert model.calibration.temperature != 1.0
    assert 1 / SIZES[name] < model.calibration.threshold <= 1.0  # above chance: the background takes its share
    card = (folder / "CARD.md").read_text(encoding="utf-8")
    for said in ("C-UDA", "validation", "top-1", "Limits", "threshold"):
        assert said.lower() in card.lower(), said


@pytest.mark.parametrize("name", SIZES)
def test_a_model_names_the_signs_that_its_labels_say(name: str) -> None:
    recogniser = Recogniser(load_model(MODELS / name))
    sample = sorted(load_prototypes().items())[::3]
    best = [recogniser.predict(place_prototype(motion, (640, 480))).candidates[0].gloss for _, motion in sample]
    right = sum(named == gloss for named, (gloss, _) in zip(best, sample, strict=True))
    assert right >= 0.8 * len(sample)


def test_smaller_vocabularies_are_the_first_glosses_of_the_larger_ones() -> None:
    small, middle, large = (set(load_model(MODELS / name).glosses) for name in SIZES)
    assert small < middle < large
