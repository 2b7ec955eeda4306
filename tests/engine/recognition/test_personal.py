"""Personal signs: named beside the glosses, by one rule in clips and streams, and never at their cost."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import InputSpec, model_input
from engine.joints import HAND_JOINTS, LEFT_HAND, RIGHT_HAND
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.folder import Calibration, TrainedModel
from engine.models.place import PlaceConfig
from engine.recognition.explanation import explain
from engine.recognition.personal import known_signs
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream_window import StreamWindow
from engine.sources.personal_signs import PersonalSign
from engine.sources.prototypes import load_prototypes, place_prototype
from engine.types import KeypointClip, Keypoints, Prediction

GLOSSES = ("book", "computer", "drink", "help", "no")
SURE = 20.0
"""The logit of a gloss whose prototype is shown, beside half of that for the background."""


def clip_of(gloss: str) -> KeypointClip:
    return place_prototype(load_prototypes()[gloss], (640, 480))


def circling(*, turns: float, pause: int = 0) -> KeypointClip:
    """A sign that no model knows: flat hands that circle in front of the face."""
    clip = clip_of("book")
    frames = 36 + pause
    joints = np.repeat(clip.joints[len(clip) // 2][None], frames, axis=0)
    angle = np.linspace(0, 2 * np.pi * turns, frames)[:, None]
    for hand, side in ((LEFT_HAND, -1), (RIGHT_HAND, 1)):
        fan = np.linspace(-1, 1, HAND_JOINTS)
        joints[:, hand, 0] = 320 - side * 60 + 40 * np.cos(angle) + 12 * fan
        joints[:, hand, 1] = 160 + 40 * np.sin(angle) - 25 * np.abs(fan)
        joints[:, hand, 2] = 1
    return KeypointClip(joints.astype(np.float32), np.arange(frames, dtype=np.int64) * 40_000_000, clip.size)


CIRCLE = PersonalSign("my circle", (circling(turns=2.0), circling(turns=2.1), circling(turns=1.9)))


def seen_by_a_stream(recogniser: Recogniser, clip: KeypointClip) -> Prediction:
    return named_in(recogniser.stream_window(), clip)


def named_in(window: StreamWindow, clip: KeypointClip) -> Prediction:
    for joints, time_ns in zip(clip.joints, clip.times_ns, strict=True):
        window.push(Keypoints(joints, int(time_ns), clip.size))
    return window.predict(signing_span(clip))


@pytest.fixture
def recogniser() -> Recogniser:
    """Random weights, but for last layers that know the prototypes of the glosses, and the circle as background.

    What personal signs do must not hang on how well a model that ships was trained.
    """
    torch.manual_seed(0)
    encoder = EncoderConfig(joint_widths=(4,), part_width=16, heads=2, blocks=1, feed_forward=16)
    place = PlaceConfig(width=16, blocks=1, heads=2, feed_forward=16)
    spec = InputSpec(frames=32, rate=12.5)
    config = ModelConfig(encoder, classes=len(GLOSSES), input=spec, place=place, background=1)
    network = SignClassifier(config).eval()
    others = [clip_of(gloss) for gloss in load_prototypes() if gloss not in GLOSSES]
    clips = [*(clip_of(gloss) for gloss in GLOSSES), CIRCLE.takes[0], *others]
    frames = model_input(collate(clips, [signing_span(clip) for clip in clips]), spec)

    def learn(head: nn.Module, inputs: tuple[torch.Tensor]) -> None:
        assert isinstance(head, nn.Linear)
        middle = inputs[0].mean(dim=0)
        told = torch.linalg.pinv(inputs[0][: len(GLOSSES) + 1] - middle).T
        directions = SURE * told[: len(GLOSSES)]
        head.weight.copy_(functional.pad(directions, (0, 0, 0, 1)))
        head.bias.copy_(functional.pad(-directions @ middle, (0, 1), value=SURE / 2))

    with torch.no_grad():
        heads = [head for head in (network.head, network.place_head) if head is not None]
        hooks = [head.register_forward_pre_hook(learn) for head in heads]
        network(frames)
    for hook in hooks:
        hook.remove()
    return Recogniser(TrainedModel("knowing", GLOSSES, spec, Calibration(threshold=0.4), network))


def test_a_taught_sign_is_named_in_clips_and_in_streams(recogniser: Recogniser) -> None:
    again = circling(turns=2.05, pause=4)
    assert recogniser.predict(again).rejected

    recogniser.learn([CIRCLE])

    for prediction in (recogniser.predict(again), seen_by_a_stream(recogniser, again)):
        assert prediction.candidates[0].gloss == CIRCLE.name
        assert not prediction.rejected
    assert recogniser.names == (*recogniser.glosses, CIRCLE.name)


def test_a_stream_that_has_begun_names_what_was_known_then(recogniser: Recogniser) -> None:
    again = circling(turns=2.05, pause=4)
    begun, fresh = recogniser.stream_window(), recogniser.stream_window()
    before = named_in(begun, again)

    recogniser.learn([CIRCLE])
    recogniser.restrict(frozenset({CIRCLE.name}))

    assert begun.predict(signing_span(again)) == named_in(fresh, again) == before
    assert [one.gloss for one in seen_by_a_stream(recogniser, again).candidates] == [CIRCLE.name]


def test_the_glosses_stay_what_they_were(recogniser: Recogniser) -> None:
    free = {gloss: recogniser.predict(clip_of(gloss)) for gloss in ("book", "drink", "computer")}

    recogniser.learn([CIRCLE])

    for gloss, before in free.items():
        after = recogniser.predict(clip_of(gloss))
        assert after.candidates[0].gloss == before.candidates[0].gloss == gloss
        assert after.candidates[0].probability == pytest.approx(before.candidates[0].probability, abs=0.02)


def test_scores_of_the_model_know_nothing_of_personal_signs(recogniser: Recogniser) -> None:
    before = recogniser.score(clip_of("book"))

    recogniser.learn([CIRCLE])

    assert torch.equal(recogniser.score(clip_of("book")), before)


def test_forgotten_signs_are_not_named_any_more(recogniser: Recogniser) -> None:
    before = recogniser.predict(circling(turns=2.0))
    recogniser.learn([CIRCLE])

    recogniser.learn([])

    assert recogniser.predict(circling(turns=2.0)) == before
    assert recogniser.alike(CIRCLE.name) == ()


def test_a_lesson_holds_personal_signs_as_others(recogniser: Recogniser) -> None:
    recogniser.learn([CIRCLE])

    recogniser.restrict(frozenset({"book", CIRCLE.name}))
    assert {one.gloss for one in recogniser.predict(circling(turns=2.0)).candidates} == {"book", CIRCLE.name}
    recogniser.restrict(frozenset({"book", "drink"}))
    assert recogniser.predict(circling(turns=2.0)).rejected
    recogniser.restrict(frozenset({CIRCLE.name}))
    recogniser.learn([])
    assert recogniser.predict(clip_of("book")) == Prediction((), True, *signing_span(clip_of("book")))


def test_a_personal_sign_can_be_explained(recogniser: Recogniser) -> None:
    recogniser.learn([CIRCLE])
    clip = circling(turns=2.0)

    explanation = explain(recogniser, clip, signing_span(clip))

    assert explanation.gloss == CIRCLE.name
    assert len(explanation.alike) == 4
    assert set(explanation.alike) <= set(recogniser.glosses)


def test_takes_of_a_gloss_speak_for_that_gloss(recogniser: Recogniser) -> None:
    before = recogniser.predict(clip_of("book")).candidates[0]

    recogniser.learn([PersonalSign("book", (clip_of("book"),))])

    after = recogniser.predict(clip_of("book"))
    assert recogniser.names == recogniser.glosses
    assert after.candidates[0].gloss == "book"
    assert after.candidates[0].probability >= before.probability


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("place", [None, PlaceConfig(width=8, blocks=1, heads=2, feed_forward=16)])
def test_every_kind_of_model_can_be_taught(place: PlaceConfig | None, background: bool) -> None:
    torch.manual_seed(0)
    encoder = EncoderConfig(joint_widths=(4,), part_width=8, heads=2, blocks=1, feed_forward=8)
    spec = InputSpec(frames=16, rate=20.0)
    config = ModelConfig(encoder, classes=3, input=spec, place=place, background=background)
    model = TrainedModel("small", ("a", "b", "c"), spec, Calibration(), SignClassifier(config).eval())
    recogniser = Recogniser(model)

    recogniser.learn([CIRCLE])
    candidates = recogniser.predict(CIRCLE.takes[0]).candidates

    assert candidates[0].gloss == CIRCLE.name
    assert candidates[0].probability > 0.9
    assert sum(one.probability for one in candidates) <= 1 + 1e-5


def test_what_is_not_named_belongs_to_the_background() -> None:
    taught = [("mine", torch.eye(3)[:1]), ("b", torch.eye(3)[1:2])]
    signs = known_signs(("a", "b"), taught, middle=torch.zeros(3), temperature=1.0)
    logits = torch.tensor([[0.0, 0.0, 2.0]])

    unlike, like, shared = signs.probabilities(logits.expand(3, 3), torch.eye(3)[[2, 0, 1]])

    assert unlike.argmax() != 2
    assert float(unlike.sum()) < 0.5
    assert int(like.argmax()) == 2
    assert float(like[2]) > 0.99
    assert int(shared.argmax()) == 1
    assert float(shared[1]) > 0.99


def test_without_personal_signs_the_model_alone_decides() -> None:
    logits = torch.randn(4, 6)

    signs = known_signs("abcde", [], middle=torch.zeros(3), temperature=1.0)

    torch.testing.assert_close(signs.probabilities(logits, torch.randn(4, 3)), torch.softmax(logits, dim=-1)[:, :5])


def test_a_temperature_changes_how_sure_an_answer_is_but_not_which_it_is() -> None:
    logits, features = torch.randn(50, 3), torch.randn(50, 3)
    taught = [("mine", torch.eye(3)[:1])]

    warm, cold = (
        known_signs("abc", taught, middle=torch.zeros(3), temperature=temperature).probabilities(
            logits / temperature, features
        )
        for temperature in (1.0, 0.5)
    )

    sure = warm.sum(dim=-1) > 0.999
    assert set(warm.argmax(dim=-1).tolist()) == {0, 1, 2, 3}
    assert sure.all()
    torch.testing.assert_close(cold.argmax(dim=-1), warm.argmax(dim=-1))
    assert (cold.amax(dim=-1) >= warm.amax(dim=-1)).all()


def test_no_sign_is_so_sure_that_a_threshold_of_one_would_let_it_pass() -> None:
    generator = torch.Generator().manual_seed(0)
    takes = torch.randn(3, 64, generator=generator)
    signs = known_signs(GLOSSES, [("drink", takes)], middle=torch.zeros(64), temperature=1.0)
    windows = 2048
    logits = torch.randn(windows, len(GLOSSES) + 1, generator=generator) / 2
    logits[:, GLOSSES.index("drink")] += 10 + 30 * torch.rand(windows, generator=generator)
    features = takes.mean(dim=0) + 0.3 * torch.randn(windows, 64, generator=generator)
    found = signs.probabilities(logits, features)
    assert 0.999 < found.max() < 1.0, "with two shares, too, that add up to a hair more"
    assert (found.argmax(dim=-1) == GLOSSES.index("drink")).all()
