from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import ClipDataset, LabelledClip
from engine.joints import LEFT_HAND, RIGHT_HAND, RIGHT_WRIST
from engine.sources.prototypes import Prototype
from engine.training.prototypes import RATE, average_signs
from engine.types import KeypointClip
from tests.engine.signers import clip_of, pose

PACES = (20, 25, 32)
"""Frames in which signers make the same sign."""


def rising(frames: int, *, by: float = 1.0, bias: float = 0.0) -> KeypointClip:
    """The right hand rises from the belly to the chin in so many frames."""
    return clip_of([pose(right=1.0 + bias - by * step / (frames - 1)) for step in range(frames)])


def eating(*clips: KeypointClip, signers: str = "123456") -> list[LabelledClip]:
    """Training clips of one gloss, each by the next of the signers."""
    return [LabelledClip(clip, "eat", "train", signer, "") for clip, signer in zip(clips, signers, strict=False)]


def averages(clips: list[LabelledClip]) -> list[Prototype]:
    return average_signs(ClipDataset(("eat",), tuple(clips)))


def test_signers_of_different_pace_average_to_the_motion_they_share() -> None:
    (average,) = averages(eating(*map(rising, PACES)))
    assert average.gloss == "eat"
    assert average.rate == RATE
    heights = average.joints[:, RIGHT_HAND.start, 1]
    assert len(heights) in PACES
    assert heights[0] == pytest.approx(1.0, abs=0.1)
    assert heights[-1] == pytest.approx(0.0, abs=0.1)
    assert (np.diff(heights) <= 0.01).all()
    assert not average.joints[:, LEFT_HAND].any()


def test_the_average_lies_between_the_signers_and_the_hand_hangs_on_the_arm() -> None:
    (average,) = averages(eating(*(rising(25, bias=bias) for bias in (-0.1, 0.0, 0.1))))
    assert average.joints[12, RIGHT_HAND.start, 1] == pytest.approx(0.5, abs=0.1)
    assert np.allclose(average.joints[:, RIGHT_HAND.start, :2], average.joints[:, RIGHT_WRIST, :2], atol=0.02)


def test_a_gloss_of_fewer_than_three_recordings_has_no_prototype() -> None:
    first, second, third = map(rising, PACES)
    assert averages(eating(first, second, third))
    assert not averages(eating(first, second))
    assert not averages(eating(first, second, second, first))


@pytest.mark.parametrize(("signers", "shown"), [("777", False), ("778", True), ("77?", True), ("???", True)])
def test_a_gloss_that_one_signer_alone_is_known_to_show_has_no_prototype(signers: str, *, shown: bool) -> None:
    clips = eating(*map(rising, PACES), signers=signers)
    assert bool(averages([replace(item, signer=item.signer.strip("?")) for item in clips])) is shown


def test_the_signer_of_another_variant_is_not_in_the_average() -> None:
    variant = clip_of([pose(left=1.0 - step / 30, right=0.1) for step in range(30)])
    assert not averages(eating(*map(rising, PACES), variant, signers="7778"))
