from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.features.hints import RESTS_NS, SHOWN_NS, SPAN_NS, Hint, HintJudge, faults, mean_brightness
from engine.joints import (
    HAND_JOINTS,
    JOINTS,
    LEFT_SHOULDER,
    NOSE,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.types import NANOSECONDS, Keypoints

SIZE = (640, 480)
RATE = 30
BRIGHT, DIM, BLACK = 120.0, 30.0, 4.0
Pose = Callable[[int], Keypoints]


def signer(
    *,
    x: float = 320,
    y: float = 220,
    width: float = 180,
    wrist: tuple[float, float] | None = (280, 260),
    hand: tuple[float, float] | None = None,
    time_ns: int = 0,
) -> Keypoints:
    """Somebody whose shoulders have their middle at x, y; the hand is found where it is given, the wrist always."""
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[NOSE] = (x, y - 0.7 * width, 1)
    joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER] = (x + width / 2, y, 1), (x - width / 2, y, 1)
    if wrist is not None:
        joints[RIGHT_WRIST] = (*wrist, 1)
    if hand is not None:
        fan = np.linspace(-0.2, 0.2, HAND_JOINTS) * width
        joints[RIGHT_HAND] = np.stack([hand[0] + fan, hand[1] + fan, np.ones(HAND_JOINTS)], axis=1)
    return Keypoints(joints, time_ns, SIZE)


GOOD = signer(hand=(280, 260))
RESTING = signer(wrist=(250, 560))
LOST = signer()
NEAR = signer(width=320, hand=(280, 260))
FAR = signer(width=60, wrist=(310, 230), hand=(310, 230))
ASIDE = signer(x=120, wrist=(120, 260), hand=(120, 260))
OUT = signer(wrist=(660, 200), hand=(650, 200))
NOBODY = Keypoints(np.zeros((JOINTS, 3), np.float32), 0, SIZE)


class Watching:
    """A judge who sees somebody for some time, and somebody else after that."""

    def __init__(self) -> None:
        self._judge = HintJudge()
        self._time_ns = 0

    def sees(self, keypoints: Keypoints, *, seconds: float, brightness: float = BRIGHT) -> list[Hint | None]:
        hints = []
        for _ in range(round(seconds * RATE)):
            self._time_ns += NANOSECONDS // RATE
            now = Keypoints(keypoints.joints, self._time_ns, keypoints.size)
            hints.append(self._judge.push(now, brightness=brightness))
        return hints


def seen(keypoints: Keypoints, *, brightness: float = BRIGHT) -> set[Hint | None]:
    return set(Watching().sees(keypoints, seconds=6, brightness=brightness))


@pytest.mark.parametrize("keypoints", [GOOD, RESTING, NOBODY])
def test_whoever_is_seen_well_or_not_at_all_is_left_alone(keypoints: Keypoints) -> None:
    assert seen(keypoints) == {None}


@pytest.mark.parametrize(
    ("keypoints", "brightness", "hint"),
    [
        (NEAR, BRIGHT, Hint.TOO_NEAR),
        (signer(y=60), BRIGHT, Hint.TOO_NEAR),
        (signer(y=440), BRIGHT, Hint.TOO_NEAR),
        (FAR, BRIGHT, Hint.TOO_FAR),
        (ASIDE, BRIGHT, Hint.OFF_CENTRE),
        (OUT, BRIGHT, Hint.HANDS_LEAVE),
        (signer(wrist=(660, 200)), BRIGHT, Hint.HANDS_LEAVE),
        (signer(wrist=(280, -20)), BRIGHT, Hint.HANDS_LEAVE),
        (LOST, BRIGHT, Hint.HANDS_LOST),
        (LOST, DIM, Hint.TOO_DARK),
        (NOBODY, BLACK, Hint.TOO_DARK),
    ],
)
def test_each_fault_has_its_hint(keypoints: Keypoints, brightness: float, hint: Hint) -> None:
    assert seen(keypoints, brightness=brightness) == {None, hint}


def test_dark_pictures_in_which_hands_are_found_are_good_enough() -> None:
    assert seen(GOOD, brightness=DIM) == {None}


def test_a_hand_that_is_lost_now_and_then_is_no_fault() -> None:
    watching = Watching()

    for _ in range(10):
        assert set(watching.sees(GOOD, seconds=0.5)) == {None}
        assert set(watching.sees(LOST, seconds=0.3)) == {None}


def test_a_hint_comes_within_two_seconds_and_goes_when_the_fault_is_mended() -> None:
    watching = Watching()
    assert watching.sees(FAR, seconds=2)[-1] is Hint.TOO_FAR

    after = watching.sees(GOOD, seconds=SHOWN_NS / NANOSECONDS + 1)

    assert after[-1] is None
    assert after.count(Hint.TOO_FAR) >= 2 * RATE, "it stays long enough to be read"


def test_a_fault_that_comes_and_goes_does_not_make_the_hint_flicker() -> None:
    watching = Watching()
    watching.sees(FAR, seconds=2)

    hints = [hint for _ in range(20) for pose in (GOOD, FAR) for hint in watching.sees(pose, seconds=0.4)]

    assert set(hints) == {Hint.TOO_FAR}


def test_a_hint_does_not_come_again_at_once() -> None:
    watching = Watching()
    watching.sees(FAR, seconds=2)
    watching.sees(GOOD, seconds=4)

    assert set(watching.sees(FAR, seconds=RESTS_NS / NANOSECONDS - 3)) == {None}
    assert watching.sees(FAR, seconds=3)[-1] is Hint.TOO_FAR


def test_the_most_urgent_of_several_faults_is_told_alone_and_the_next_when_it_is_mended() -> None:
    watching = Watching()
    aside_and_lost = signer(x=120, wrist=(120, 260))
    assert set(watching.sees(aside_and_lost, seconds=4)) == {None, Hint.OFF_CENTRE}

    hints = watching.sees(LOST, seconds=4)

    assert set(hints) == {Hint.OFF_CENTRE, Hint.HANDS_LOST}
    assert hints[-1] is Hint.HANDS_LOST


def test_what_was_long_ago_does_not_count() -> None:
    judge = HintJudge()
    hints = [judge.push(Keypoints(FAR.joints, number * SPAN_NS, SIZE), brightness=BRIGHT) for number in range(20)]

    assert set(hints) == {None}


@given(
    arrays.arrays(np.float32, (JOINTS, 3), elements=st.floats(-1e4, 1e4, width=32)),
    st.tuples(st.integers(1, 4000), st.integers(1, 4000)),
    st.floats(0, 255),
)
def test_any_keypoints_can_be_judged(joints: np.ndarray, size: tuple[int, int], brightness: float) -> None:
    found = faults(Keypoints(joints, 0, size), brightness=brightness)

    assert all(isinstance(fault, bool) for fault in found.values())


@given(st.lists(st.tuples(st.sampled_from([GOOD, NEAR, FAR, ASIDE, LOST, NOBODY]), st.integers(1, 2 * 10**9))))
def test_every_hint_stays_as_long_as_it_takes_to_read(steps: list[tuple[Keypoints, int]]) -> None:
    judge, time_ns, shown, since_ns = HintJudge(), 0, None, 0
    for keypoints, later_ns in steps:
        time_ns += later_ns
        hint = judge.push(Keypoints(keypoints.joints, time_ns, SIZE), brightness=BRIGHT)
        if hint is not shown:
            assert shown is None or time_ns - since_ns >= SHOWN_NS
            shown, since_ns = hint, time_ns


def test_brightness_is_the_mean_of_the_picture() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    image[:, 320:] = 200

    assert mean_brightness(image) == pytest.approx(100)
    assert mean_brightness(np.full((3, 3, 3), 7, np.uint8)) == 7
