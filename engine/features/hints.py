"""What a signer could do to be seen better, judged from the keypoints over the last second and a half."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from engine.features.activity import CONFIDENT
from engine.joints import LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, NOSE, RIGHT_HAND, RIGHT_SHOULDER, RIGHT_WRIST
from engine.types import NANOSECONDS, Image, JointArray, Keypoints

SPAN_NS: Final = 3 * NANOSECONDS // 2
"""Over how long a fault is judged: a hand that leaves the picture once is none."""
SHOWN_NS: Final = 3 * NANOSECONDS
"""How long a hint stays at least."""
RESTS_NS: Final = 10 * NANOSECONDS
"""How long a hint that has gone does not come again."""
APPEARS: Final = 0.6
"""Share of the frames that must show a fault before its hint is given."""
GOES: Final = 0.3
"""Share of the frames below which the fault counts as mended."""
COUNTED: Final = 0.4
"""Share of the frames that must be able to show a fault at all before it is judged."""

NARROWEST: Final = 0.2
"""Shoulder width, as a share of the picture's shorter side: well below the least in training clips, 0.28."""
WIDEST: Final = 0.62
"""The same above the most in training clips, 0.60."""
ROOM_ABOVE: Final = 0.6
ROOM_BELOW: Final = 0.5
ROOM_ASIDE: Final = 0.9
"""Shoulder widths that are needed from the shoulders' middle to the picture's borders; the training clips have more."""
RAISED: Final = 0.9
"""Shoulder widths below the shoulders' middle above which a wrist is raised to sign."""
BORDER: Final = 0.01
"""Share of the picture at its borders in which a hand counts as outside."""
HALF_OUT: Final = 0.25
"""Share of a hand's joints outside that makes it lost for the model."""
DARK: Final = 45.0
"""Mean brightness of a picture, 0..255, below which it is dark."""
BLACK: Final = 12.0
"""The same below which nobody can be seen in it."""


class Hint(StrEnum):
    """What is wrong with how the signer is seen; in order of urgency."""

    TOO_DARK = "too dark"
    TOO_NEAR = "too near"
    HANDS_LEAVE = "hands leave the picture"
    TOO_FAR = "too far"
    OFF_CENTRE = "not in the middle"
    HANDS_LOST = "hands are lost"


Faults = Mapping[Hint, bool]
"""Whether a frame shows a fault; a fault that it cannot tell of is left out."""


class HintJudge:
    """Feed it the keypoints of one stream in order; it gives one hint at most, and never nags."""

    def __init__(self) -> None:
        self._frames: deque[tuple[int, Faults]] = deque()
        self._hint: Hint | None = None
        self._since_ns = 0
        self._gone_ns: dict[Hint, int] = {}

    def push(self, keypoints: Keypoints, *, brightness: float) -> Hint | None:
        """Return the hint that holds after one more frame of some mean brightness, 0..255."""
        now_ns = keypoints.time_ns
        if self._frames and not 0 < now_ns - self._frames[-1][0] < SPAN_NS:
            self._frames.clear()  # too long ago to tell anything of now
        self._frames.append((now_ns, faults(keypoints, brightness=brightness)))
        while now_ns - self._frames[0][0] > SPAN_NS:
            self._frames.popleft()
        if self._hint is None or now_ns - self._since_ns >= SHOWN_NS or now_ns < self._since_ns:
            self._choose(now_ns)
        return self._hint

    def _choose(self, now_ns: int) -> None:
        shown = self._hint
        mended = shown is not None and self._share(shown) < GOES
        urgent = next((hint for hint in Hint if hint is not shown and self._appears(hint, now_ns)), None)
        if shown is not None and not mended and (urgent is None or _urgency(urgent) > _urgency(shown)):
            return
        if shown is not None:
            self._gone_ns[shown] = now_ns
        self._hint, self._since_ns = urgent, now_ns

    def _appears(self, hint: Hint, now_ns: int) -> bool:
        long_enough = now_ns - self._frames[0][0] >= 0.8 * SPAN_NS
        rests = 0 <= now_ns - self._gone_ns.get(hint, now_ns - RESTS_NS) < RESTS_NS
        return long_enough and not rests and self._share(hint) >= APPEARS

    def _share(self, hint: Hint) -> float:
        """Of the frames that can tell, how many show a fault; 0 where too few can."""
        told = [fault[hint] for _, fault in self._frames if hint in fault]
        return sum(told) / len(told) if len(told) >= COUNTED * len(self._frames) else 0.0


def faults(keypoints: Keypoints, *, brightness: float) -> dict[Hint, bool]:
    """Judge one frame by itself."""
    joints, (width, height) = keypoints.joints, keypoints.size
    left, right = joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER]
    across = float(np.linalg.norm(left[:2] - right[:2]))
    if min(left[2], right[2]) < CONFIDENT or across < 1:
        return {} if joints[NOSE, 2] >= CONFIDENT else {Hint.TOO_DARK: brightness < BLACK}
    middle = (left[:2] + right[:2]) / 2
    share = across / min(width, height)
    aside = sorted((float(middle[0]) / across, (width - float(middle[0])) / across))
    above, below = float(middle[1]) / across, (height - float(middle[1])) / across
    near = share > WIDEST or above < ROOM_ABOVE or below < ROOM_BELOW or aside[1] < ROOM_ASIDE
    found = {
        Hint.TOO_NEAR: near,
        Hint.TOO_FAR: share < NARROWEST,
        Hint.OFF_CENTRE: not near and aside[0] < ROOM_ASIDE,
    }
    arms = [_arm(joints, hand, wrist, middle[1] + RAISED * across, keypoints.size) for hand, wrist in _ARMS]
    raised = [arm for arm in arms if arm.raised]
    if raised:
        found[Hint.HANDS_LEAVE] = any(arm.outside for arm in raised)
    inside = [arm for arm in raised if arm.sure and not arm.outside]
    if inside:
        lost = not any(arm.hand for arm in inside)
        found[Hint.TOO_DARK] = lost and brightness < DARK
        found[Hint.HANDS_LOST] = lost and brightness >= DARK
    return found


def mean_brightness(image: Image) -> float:
    """Return the mean of some of a picture's values, 0..255; takes microseconds."""
    return float(image[::16, ::16].mean())


@dataclass(frozen=True, slots=True)
class _Arm:
    """An arm in one frame.

    Attributes:
        raised: its wrist, or its hand's, is high enough to sign.
        outside: it reaches over the picture's border.
        sure: the wrist itself was seen.
        hand: its hand was found.
    """

    raised: bool
    outside: bool
    sure: bool
    hand: bool


def _arm(joints: JointArray, hand: slice, wrist: int, lowest: float, size: tuple[int, int]) -> _Arm:
    found = bool(joints[hand.start, 2])
    end = joints[hand.start] if found else joints[wrist]
    points = joints[hand, :2] if found else joints[wrist, :2][None]
    shares = points / np.array(size, np.float32)
    # Wrists below the picture are hands at rest, or a signer who is too near.
    out = (np.abs(shares[:, 0] - 0.5) > 0.5 - BORDER) | (shares[:, 1] < BORDER) | (found & (shares[:, 1] > 1.0))
    return _Arm(
        raised=bool(end[2] > 0 and end[1] < lowest),
        outside=bool(out.mean() > HALF_OUT),
        sure=bool(joints[wrist, 2] >= CONFIDENT),
        hand=found,
    )


def _urgency(hint: Hint) -> int:
    return list(Hint).index(hint)


_ARMS: Final = ((LEFT_HAND, LEFT_WRIST), (RIGHT_HAND, RIGHT_WRIST))
