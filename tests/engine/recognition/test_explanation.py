"""Explanations of a real model on prototypes: what is hidden is what is missed."""

from dataclasses import replace

import numpy as np
import pytest

from engine.features.activity import signing_span
from engine.joints import MIRRORED, RIGHT_HAND
from engine.models.folder import load_model, resolve_model
from engine.recognition.explanation import Explanation, explain
from engine.recognition.mirroring import mirrored_clip
from engine.recognition.recogniser import Recogniser
from engine.sources.prototypes import load_prototypes, place_prototype
from engine.types import KeypointClip

SWAPPED = {"left": "right", "right": "left"}


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(load_model(resolve_model("wlasl100")))


@pytest.fixture(scope="module")
def clip() -> KeypointClip:
    return place_prototype(load_prototypes()["drink"], (640, 480))


@pytest.fixture(scope="module")
def explanation(recogniser: Recogniser, clip: KeypointClip) -> Explanation:
    return explain(recogniser, clip, signing_span(clip))


def without_right_hand(clip: KeypointClip) -> KeypointClip:
    joints = clip.joints.copy()
    joints[:, RIGHT_HAND] = 0
    return replace(clip, joints=joints)


def drops(explanation: Explanation) -> dict[str, float]:
    return {influence.part.name: influence.drop for influence in explanation.parts}


def test_it_explains_the_best_candidate(recogniser: Recogniser, clip: KeypointClip, explanation: Explanation) -> None:
    best = recogniser.predict(clip).candidates[0]

    assert explanation.gloss == best.gloss
    assert explanation.probability == pytest.approx(best.probability, abs=1e-4)


def test_attention_is_told_for_each_moment_within_the_stretch(clip: KeypointClip, explanation: Explanation) -> None:
    start, end = signing_span(clip)

    assert len(explanation.times_ns) == len(explanation.attention)
    assert start <= explanation.times_ns[0] < explanation.times_ns[-1] <= end
    assert np.all(np.diff(explanation.times_ns) > 0)
    assert explanation.attention.sum() == pytest.approx(1, abs=1e-4)
    assert np.all(explanation.attention >= 0)


def test_a_hidden_hand_costs_what_a_hand_that_was_not_found_costs(
    recogniser: Recogniser, clip: KeypointClip, explanation: Explanation
) -> None:
    start, end = signing_span(clip)
    answers = recogniser.predict(without_right_hand(clip), span=(start, end), top=len(recogniser.glosses)).candidates
    left = next(candidate.probability for candidate in answers if candidate.gloss == explanation.gloss)

    influence = next(influence for influence in explanation.parts if influence.part.name == "right hand")
    assert influence.drop == pytest.approx(explanation.probability - left, abs=0.02)
    assert influence.instead == answers[0].gloss


def test_a_part_that_is_not_seen_has_no_influence(recogniser: Recogniser, clip: KeypointClip) -> None:
    explanation = explain(recogniser, without_right_hand(clip), signing_span(clip))

    assert not any(influence.part.name in ("right hand", "right thumb") for influence in explanation.parts)
    assert not explanation.joints[RIGHT_HAND].any()


def test_the_most_influential_part_comes_first_and_colours_its_joints(explanation: Explanation) -> None:
    told = [influence.drop for influence in explanation.parts]

    assert told == sorted(told, reverse=True)
    assert explanation.joints[RIGHT_HAND].max() == explanation.joints.max()
    assert explanation.parts[0].part.name.startswith("right")  # the left hand is not seen


def test_what_is_alike_does_not_name_the_gloss_itself(recogniser: Recogniser, explanation: Explanation) -> None:
    assert explanation.gloss not in explanation.alike
    assert set(explanation.alike) <= set(recogniser.glosses)
    assert "last" in recogniser.alike("before")  # signs that look the same, as the model's card tells


def test_a_left_handed_signer_is_explained_by_their_own_hands(
    recogniser: Recogniser, clip: KeypointClip, explanation: Explanation
) -> None:
    left_handed = explain(recogniser, mirrored_clip(clip), signing_span(clip), left_handed=True)

    swapped = {
        " ".join(SWAPPED.get(word, word) for word in name.split()): drop for name, drop in drops(explanation).items()
    }
    assert drops(left_handed) == pytest.approx(swapped, abs=1e-3)
    np.testing.assert_allclose(left_handed.joints, explanation.joints[list(MIRRORED)], atol=1e-3)


def test_within_a_lesson_the_explanation_stays_in_it(clip: KeypointClip) -> None:
    recogniser = Recogniser(load_model(resolve_model("wlasl100")))
    recogniser.restrict(frozenset({"drink", "book"}))

    explanation = explain(recogniser, clip, signing_span(clip))

    assert {influence.instead for influence in explanation.parts} <= {"drink", "book"}
