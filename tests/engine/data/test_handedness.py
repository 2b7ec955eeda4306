"""Left and right from the shape of a hand alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.handedness import FRAMES_BACK, LEFT, NOBODY, REACH, RIGHT, SideJudge, follow, learn_sides, tell_sides
from tests.engine.data.hands import Array, mirrored, right_hand, turned


def turned_hands(count: int, seed: int) -> tuple[Array, Array]:
    """Hands (N, 21, 3) seen from anywhere, every second a right one."""
    random = np.random.default_rng(seed)
    right = np.arange(count) % 2 == 1
    hands = [turned(right_hand(random, bend=random.uniform(0.3, 1.2)), random) for _ in range(count)]
    places = random.uniform(-0.3, 0.3, (count, 1, 3))
    return np.stack([hand if side else mirrored(hand) for hand, side in zip(hands, right, strict=True)]) + places, right


@pytest.fixture(scope="module")
def judge() -> SideJudge:
    return learn_sides(*turned_hands(600, seed=0))


def two_hands(seed: int, *, frames: int = 20, gap: float = 0.4) -> tuple[Array, Array]:
    """A clip (T, 2, 21, 3) of a left and a right hand that drift, and their sides, in an order that changes."""
    random = np.random.default_rng(seed)
    right = turned(right_hand(random), random, most=0.6)
    left = mirrored(turned(right_hand(random), random, most=0.6))
    drift = np.cumsum(random.uniform(-0.01, 0.01, (frames, 2, 1, 3)), axis=0)
    aside = np.array([gap / 2, 0, 0])
    hands = np.stack([left + aside, right - aside])[None] + drift
    sides = np.tile([LEFT, RIGHT], (frames, 1))
    swapped = random.random(frames) < 0.5
    hands[swapped], sides[swapped] = hands[swapped][:, ::-1], sides[swapped][:, ::-1]
    return hands, sides


def test_single_hands_that_were_never_seen_are_told_apart(judge: SideJudge) -> None:
    hands, right = turned_hands(400, seed=1)
    assert ((judge.evidence(hands) > 0) == right).mean() > 0.98


@given(seed=st.integers(0, 10_000))
def test_the_sides_of_a_clip_are_told_whatever_the_order_of_detection(judge: SideJudge, seed: int) -> None:
    hands, sides = two_hands(seed)
    assert np.array_equal(tell_sides(judge, hands, np.ones(sides.shape, bool)), sides)


def test_the_mirror_image_has_the_other_sides(judge: SideJudge) -> None:
    hands, sides = two_hands(3)
    told = tell_sides(judge, mirrored(hands), np.ones(sides.shape, bool))
    assert np.array_equal(told, LEFT + RIGHT - sides)


def test_a_frame_that_misleads_is_outvoted_by_the_others_of_the_same_hand(judge: SideJudge) -> None:
    hands, sides = two_hands(5)
    hands[7, 0] = mirrored(hands[7, 0] - hands[7, 0, 0]) + hands[7, 0, 0]
    assert np.array_equal(tell_sides(judge, hands, np.ones(sides.shape, bool)), sides)


@given(seed=st.integers(0, 10_000), frames=st.integers(0, 12), share=st.floats(0, 1))
def test_no_frame_has_two_hands_of_one_side_and_nobody_is_made_up(
    judge: SideJudge, seed: int, frames: int, share: float
) -> None:
    random = np.random.default_rng(seed)
    hands = random.uniform(-0.5, 0.5, (frames, 2, 1, 3)) + random.normal(0, 0.05, (frames, 2, 21, 3))
    seen = random.random((frames, 2)) < share
    sides = tell_sides(judge, hands, seen)
    assert (sides[~seen] == NOBODY).all()
    both = (sides != NOBODY).all(axis=1)
    assert (sides[both, 0] != sides[both, 1]).all()


@given(swaps=st.lists(st.booleans(), min_size=3, max_size=30))
def test_a_hand_keeps_its_number_whatever_the_order_of_detection(swaps: list[bool]) -> None:
    steps = np.linspace(0, 0.5 * REACH, len(swaps))[:, None]
    wrists = np.stack([np.hstack([steps, steps]), np.hstack([0.5 - steps, steps])], axis=1)
    tracks = follow(
        np.stack([pair[::-1] if swap else pair for pair, swap in zip(wrists, swaps, strict=True)]),
        np.ones((len(swaps), 2), bool),
    )
    straight = np.stack([pair[::-1] if swap else pair for pair, swap in zip(tracks, swaps, strict=True)])
    assert (straight == straight[0]).all()
    assert straight[0, 0] != straight[0, 1]


@pytest.mark.parametrize(("hidden", "same"), [(FRAMES_BACK - 1, True), (FRAMES_BACK, False)])
def test_a_hand_that_was_gone_for_long_is_another_one(hidden: int, same: bool) -> None:
    seen = np.zeros((hidden + 2, 2), bool)
    seen[[0, -1], 0] = True
    tracks = follow(np.zeros((hidden + 2, 2, 2)), seen)
    assert (tracks[0, 0] == tracks[-1, 0]) == same
    assert (tracks[~seen] == -1).all()


def test_a_hand_that_jumps_is_another_one() -> None:
    wrists = np.array([[[0.0, 0.0], [0.0, 0.0]], [[1.1 * REACH, 0.0], [0.0, 0.0]]])
    tracks = follow(wrists, np.array([[True, False], [True, False]]))
    assert tracks[0, 0] != tracks[1, 0]
