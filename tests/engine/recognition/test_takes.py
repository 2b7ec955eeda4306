"""Each complaint about a take is one sentence, and good takes have none."""

from dataclasses import replace

import numpy as np
import pytest

from engine.joints import HAND_JOINTS, JOINTS, LEFT_HAND, LEFT_SHOULDER, NOSE, RIGHT_HAND, RIGHT_SHOULDER
from engine.recognition.takes import complaints, difference, trimmed
from engine.types import KeypointClip

FAN = np.linspace(-20, 20, HAND_JOINTS)


def recorded(
    *, begin: int = 20, end: int = 60, frames: int = 80, hand: slice = RIGHT_HAND, height: float = 200.0
) -> KeypointClip:
    """A hand goes up at frame `begin` and down at frame `end` of a recording at 25 frames a second."""
    joints = np.zeros((frames, JOINTS, 3), np.float32)
    joints[:, [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]] = ((320, 120, 1), (380, 240, 1), (260, 240, 1))
    joints[begin:end, hand] = np.stack([320 + FAN, height - np.abs(FAN), np.ones(HAND_JOINTS)], axis=1)
    joints[begin:end, hand, 0] += np.linspace(-60, 60, end - begin)[:, None]
    return KeypointClip(joints, np.arange(frames, dtype=np.int64) * 40_000_000, (640, 480))


def without_body(clip: KeypointClip) -> KeypointClip:
    joints = clip.joints.copy()
    joints[:, [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]] = 0
    return replace(clip, joints=joints)


def flickering(clip: KeypointClip) -> KeypointClip:
    joints = clip.joints.copy()
    joints[22:58, RIGHT_HAND] = 0
    return replace(clip, joints=joints)


def test_good_takes_have_no_complaint() -> None:
    first = trimmed(recorded())

    assert complaints(recorded()) == ()
    assert complaints(recorded(begin=15, end=50), [first]) == ()


@pytest.mark.parametrize(
    ("take", "says"),
    [
        (None, "too few pictures"),
        (recorded(frames=5, begin=1, end=2), "too few pictures"),
        (without_body(recorded()), "move back"),
        (recorded(begin=20, end=20), "No sign was seen"),
        (recorded(begin=0), "beginning was cut off"),
        (recorded(end=80), "end was cut off"),
        (recorded(begin=30, end=32), "too short"),
        (flickering(recorded()), "often not seen"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_in_one_sentence_that_tells_what_to_do(take: KeypointClip | None, says: str) -> None:
    found = complaints(take)

    assert says in found[0]
    assert ":" in found[0]
    assert found[0].endswith(".")


@pytest.mark.parametrize("other", [recorded(hand=LEFT_HAND), recorded(height=20.0)], ids=["hand", "place"])
def test_a_take_unlike_the_others_is_told(other: KeypointClip) -> None:
    assert complaints(other) == ()

    assert "unlike the others" in complaints(other, [trimmed(recorded())])[0]


def test_pace_makes_no_difference() -> None:
    assert difference(trimmed(recorded()), trimmed(recorded(begin=10, end=70))) < 0.1
    assert difference(trimmed(recorded()), trimmed(recorded())) == pytest.approx(0)


def test_trimming_leaves_the_sign_and_time_from_zero() -> None:
    take = trimmed(recorded())

    assert take.times_ns[0] == 0
    assert 40 <= len(take) < 60
