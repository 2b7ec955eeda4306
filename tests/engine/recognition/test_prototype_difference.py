"""What differs from a prototype is found, and what makes no difference is not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.joints import JOINTS, LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.recognition.mirroring import mirrored_clip
from engine.recognition.prototype_difference import Direction, Side, Third, clearest_difference
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import JointArray, KeypointClip
from tests.engine.signers import SHOULDERS, WIDTH, pose

FRAMES = 48
RATE = 25.0
ARMS = {Side.LEFT: (LEFT_HAND, LEFT_WRIST), Side.RIGHT: (RIGHT_HAND, RIGHT_WRIST)}


def two_handed() -> JointArray:
    """Both hands before the chest, swaying: a motion in shoulder widths."""
    sway = 0.15 * np.sin(np.arange(FRAMES) / 6)
    motion = np.stack([pose(right=0.4 + float(y), left=0.4 - float(y)) for y in sway])
    motion[..., :2] = (motion[..., :2] - SHOULDERS) / WIDTH
    return motion.astype(np.float32)


PROTOTYPE = Prototype("eat", two_handed(), RATE)


def made(*, size: tuple[int, int] = (640, 480), motion: JointArray | None = None) -> KeypointClip:
    return place_prototype(replace(PROTOTYPE, joints=two_handed() if motion is None else motion), size)


def with_moved(side: Side, part: Third, way: tuple[float, float]) -> KeypointClip:
    """The sign, with one hand moved during one third of it."""
    motion = two_handed()
    third = FRAMES // len(Third)
    first = tuple(Third).index(part) * third
    hand, wrist = ARMS[side]
    for joint in (*range(hand.start, hand.stop), wrist):
        motion[first : first + third, joint, :2] += way
    return made(motion=motion)


def test_the_sign_itself_does_not_differ() -> None:
    assert clearest_difference(made(), PROTOTYPE) is None


@settings(max_examples=20)
@given(
    scale=st.floats(0.4, 2.5),
    x=st.floats(-300, 300),
    y=st.floats(-200, 200),
    pace=st.floats(0.5, 2.0),
)
def test_neither_place_nor_size_nor_pace_makes_a_difference(scale: float, x: float, y: float, pace: float) -> None:
    clip = made()
    joints = clip.joints.copy()
    joints[..., :2] = np.where(joints[..., 2:] > 0, joints[..., :2] * scale + (x, y), 0)
    times_ns = np.round(clip.times_ns * pace).astype(np.int64)

    assert clearest_difference(KeypointClip(joints, times_ns, clip.size), PROTOTYPE) is None


@settings(max_examples=20)
@given(
    side=st.sampled_from(Side),
    part=st.sampled_from(Third),
    way=st.sampled_from([
        ((0.0, -0.8), Direction.HIGHER),
        ((0.9, 0.1), Direction.FARTHER_LEFT),
        ((-0.9, 0.1), Direction.FARTHER_RIGHT),
    ]),
)  # fmt: skip
def test_a_moved_hand_is_found_with_its_moment_and_direction(
    side: Side, part: Third, way: tuple[tuple[float, float], Direction]
) -> None:
    moved, direction = way

    difference = clearest_difference(with_moved(side, part, moved), PROTOTYPE)

    assert difference is not None
    assert (difference.side, difference.part, difference.direction) == (side, part, direction)
    assert difference.distance == pytest.approx(float(np.hypot(*moved)), abs=0.25)


def test_a_hand_that_is_down_in_the_middle_is_lower() -> None:
    difference = clearest_difference(with_moved(Side.LEFT, Third.MIDDLE, (0.0, 0.9)), PROTOTYPE)

    assert difference is not None
    assert (difference.side, difference.part) == (Side.LEFT, Third.MIDDLE)
    assert difference.direction is Direction.LOWER


@settings(max_examples=20)
@given(side=st.sampled_from(Side), way=st.floats(-0.45, 0.45))
def test_what_differs_a_little_is_not_told(side: Side, way: float) -> None:
    assert clearest_difference(with_moved(side, Third.END, (way, 0.0)), PROTOTYPE) is None


def test_what_differs_everywhere_is_another_variant() -> None:
    motion = two_handed()
    motion[:, [*range(7, JOINTS), LEFT_WRIST, RIGHT_WRIST], 1] -= 0.8

    assert clearest_difference(made(motion=motion), PROTOTYPE) is None


@settings(max_examples=20)
@given(side=st.sampled_from(Side), part=st.sampled_from(Third))
def test_left_handed_signers_are_told_of_their_own_hands(side: Side, part: Third) -> None:
    motion = two_handed()
    motion[:, LEFT_HAND] = motion[:, LEFT_WRIST] = 0
    one_handed = Prototype("go", motion, RATE)
    assert clearest_difference(mirrored_clip(made(motion=motion)), one_handed, left_handed=True) is None

    moved = mirrored_clip(with_moved(side, part, (0.9, 0.0)))
    difference = clearest_difference(moved, PROTOTYPE, left_handed=True)

    assert difference is not None
    other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    assert (difference.side, difference.part) == (other, part)
    assert difference.direction is Direction.FARTHER_RIGHT


def test_a_hand_that_stays_down_is_lower_throughout() -> None:
    motion = two_handed()
    motion[:, LEFT_HAND] = 0
    motion[:, LEFT_WRIST] = (0.6, 1.6, 1)

    difference = clearest_difference(made(motion=motion), PROTOTYPE)

    assert difference is not None
    assert (difference.side, difference.direction) == (Side.LEFT, Direction.LOWER)


def test_without_shoulders_or_hands_nothing_can_be_told() -> None:
    clip = made()
    nobody = replace(clip, joints=np.zeros_like(clip.joints))
    no_hands = clip.joints.copy()
    no_hands[:, 3:] = 0

    assert clearest_difference(nobody, PROTOTYPE) is None
    assert clearest_difference(replace(clip, joints=no_hands), PROTOTYPE) is None
    assert clearest_difference(clip, replace(PROTOTYPE, joints=np.zeros_like(PROTOTYPE.joints))) is None


def test_too_few_frames_tell_nothing() -> None:
    clip = made()
    single = KeypointClip(clip.joints[:1], clip.times_ns[:1], clip.size)

    assert clearest_difference(single, PROTOTYPE) is None
    assert clearest_difference(clip, replace(PROTOTYPE, joints=PROTOTYPE.joints[:2])) is None
