"""A lesson: the recogniser names some of its glosses alone."""

import pytest

from engine.errors import UserFacingError
from engine.models.folder import load_model, resolve_model
from engine.recognition.recogniser import Recogniser
from engine.sources.prototypes import load_prototypes, place_prototype
from engine.types import KeypointClip

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
