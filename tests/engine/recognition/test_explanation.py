"""Explanations of a real model on prototypes: what is hidden is what is missed."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.features.activity import signing_span
from engine.features.model_input import InputSpec, ModelInput
from engine.joints import HAND_JOINTS, HAND_NAMES, JOINTS, MIRRORED, RIGHT_HAND, RIGHT_WRIST
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel, load_model, resolve_model
from engine.recognition.explanation import Explanation, explain
from engine.recognition.mirroring import mirrored_clip
from engine.recognition.recogniser import Judgement, Recogniser
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


def test_a_hidden_hand_costs_what_a_hand_that_was_not_found_costs(recogniser: Recogniser, clip: KeypointClip) -> None:
    # A hand that was not found takes its own wrist with it: here the arm knows the same one.
    joints = clip.joints.copy()
    joints[:, RIGHT_WRIST] = np.where(joints[:, RIGHT_HAND.start, 2:] > 0, joints[:, RIGHT_HAND.start], 0)
    clip = replace(clip, joints=joints)
    start, end = signing_span(clip)
    explanation = explain(recogniser, clip, (start, end))
    answers = recogniser.predict(without_right_hand(clip), span=(start, end), top=len(recogniser.glosses)).candidates
    left = next(candidate.probability for candidate in answers if candidate.gloss == explanation.gloss)

    influence = next(influence for influence in explanation.parts if influence.part.name == "right hand")
    assert influence.drop == pytest.approx(explanation.probability - left, abs=1e-3)
    assert influence.instead == answers[0].gloss


def test_a_part_that_is_not_seen_has_no_influence(recogniser: Recogniser, clip: KeypointClip) -> None:
    explanation = explain(recogniser, without_right_hand(clip), signing_span(clip))

    assert not any(influence.part.name in ("right hand", "right thumb") for influence in explanation.parts)
    assert not explanation.joints[RIGHT_HAND].any()


class WatchingRightHands(Recogniser):
    """Names a sign by the right hand, and less surely where its thumb is hidden."""

    def judge(self, frames: ModelInput) -> Judgement:
        hands = frames.hands[:, :, 1]
        # A hidden finger lies in the middle of the rest of its hand.
        middle = hands[:, :, [joint for joint in range(HAND_JOINTS) if joint not in THUMB]].mean(dim=2, keepdim=True)
        hidden = ((hands[:, :, THUMB] - middle).abs() < 1e-5).flatten(1).all(dim=1)
        seen = frames.hands_present[..., 1].any(dim=1)
        book = torch.where(seen, torch.where(hidden, 0.7, 0.9), 0.2)
        attention = frames.frames_present / frames.frames_present.sum(dim=1, keepdim=True)
        return Judgement(("book", "cook"), torch.stack([book, 1 - book], dim=-1), attention)


THUMB = [joint for joint, name in enumerate(HAND_NAMES) if name.startswith("thumb")]
LIKENESS = {"book": (3.0, 1.0), "cook": (3.0, 2.0), "drink": (-3.0, 0.0), "go": (0.0, -3.0)}


@pytest.fixture
def watching() -> Recogniser:
    torch.manual_seed(0)
    encoder = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
    spec = InputSpec(frames=16, rate=20.0)
    network = SignClassifier(ModelConfig(encoder, classes=len(LIKENESS), input=spec)).eval()
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.weight[:, :2] = torch.tensor(list(LIKENESS.values()))
    return WatchingRightHands(TrainedModel("watching", tuple(LIKENESS), spec, Calibration(), network))


def test_the_most_influential_part_comes_first_and_colours_its_joints(watching: Recogniser, clip: KeypointClip) -> None:
    explanation = explain(watching, clip, signing_span(clip))

    assert list(drops(explanation))[:2] == ["right hand", "right thumb"]
    assert [each.instead for each in explanation.parts] == ["cook"] + ["book"] * (len(explanation.parts) - 1)
    assert drops(explanation) == pytest.approx(
        dict.fromkeys(drops(explanation), 0) | {"right hand": 0.7, "right thumb": 0.2}
    )
    expected = np.zeros(JOINTS)
    expected[RIGHT_HAND] = 0.7 / 2  # of the hand and of a finger
    expected[RIGHT_HAND.start] = 0.7
    expected[[RIGHT_HAND.start + joint for joint in THUMB]] = (0.7 + 0.2) / 2
    np.testing.assert_allclose(explanation.joints, expected, atol=1e-6)
    assert not any("left" in name and "arm" not in name for name in drops(explanation))  # that hand is not seen


def test_what_is_alike_is_held_near_and_does_not_name_the_gloss_itself(
    watching: Recogniser, clip: KeypointClip
) -> None:
    assert explain(watching, clip, signing_span(clip)).alike == ("cook", "go", "drink")
    assert watching.alike("go", count=1) == ("drink",)


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
