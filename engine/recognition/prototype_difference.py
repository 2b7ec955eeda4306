"""How a sign that was made differs from its prototype: which hand, in which part of the sign, and in which direction.

A prototype is an average over signers, and signs have variants, so much of what differs is no mistake. A difference is
told only where it is large and stands out from those of the other hand and the other parts of the sign; the figures
behind both limits are in docs/EXPERIMENTS.md (`python -m benchmarks.practice_feedback`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from engine.features.activity import CONFIDENT, RESTING_HEIGHT
from engine.features.motion import mirrored_motion, signed_part, to_motion
from engine.joints import LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import JointArray, KeypointClip

RATE: Final = 25.0
MOMENTS: Final = 60
"""Read from each sign, evenly from its beginning to its end. Dynamic time warping in their place leads perturbed hands
around the very moments at which they differ, and blames right signs as often."""
LEAST: Final = 0.6
"""Shoulder widths."""
OUTSTANDING: Final = 2.0
"""Times the median of all others: another variant or another camera differs everywhere."""
COMPARED_SHARE: Final = 0.5
"""Of a part's moments, those at which both signs must show the hand at work."""
_PICTURE: Final = (640, 480)

Array = npt.NDArray[np.float32]


class Side(StrEnum):
    """A hand of the signer's own."""

    LEFT = "left"
    RIGHT = "right"


class Third(StrEnum):
    """A third of a sign."""

    BEGINNING = "beginning"
    MIDDLE = "middle"
    END = "end"


class Direction(StrEnum):
    """Where a hand was, seen from where it should have been; left and right are the signer's own."""

    HIGHER = "higher"
    LOWER = "lower"
    FARTHER_LEFT = "farther left"
    FARTHER_RIGHT = "farther right"


@dataclass(frozen=True, slots=True)
class Difference:
    """The clearest difference between a sign and its prototype.

    Attributes:
        side: the hand that differs.
        part: of the sign, in which it does.
        direction: the larger component of the way from the prototype's hand to the signer's.
        distance: between the two, in shoulder widths, on average over that part.
    """

    side: Side
    part: Third
    direction: Direction
    distance: float


def clearest_difference(clip: KeypointClip, prototype: Prototype, *, left_handed: bool = False) -> Difference | None:
    """Tell where a sign differs most from its prototype; None where no difference is clear.

    Neither the signer's place in the picture nor their size, nor the pace of the sign, makes a difference.

    Args:
        clip: the sign as the signer was seen, with a little before and after it; not empty.
        prototype: of the sign that was meant.
        left_handed: the signer leads with the left hand, so the prototype's mirror image is what they should show.
    """
    made = _signed_motion(clip)
    wanted = _wanted_motion(prototype, left_handed=left_handed)
    if made is None or wanted is None:
        return None
    offsets = _offsets(made, wanted)
    distances = np.linalg.norm(offsets, axis=-1)
    compared = np.isfinite(distances)
    if not compared.any():
        return None
    row, column = np.unravel_index(int(np.where(compared, distances, -1).argmax()), distances.shape)
    distance = float(distances[row, column])
    compared[row, column] = False
    usual = float(np.median(distances[compared])) if compared.any() else 0.0
    if distance < max(LEAST, OUTSTANDING * usual):
        return None
    x, y = offsets[row, column].tolist()
    return Difference(tuple(Side)[row], tuple(Third)[column], _direction(x, y), distance)


def _signed_motion(clip: KeypointClip) -> JointArray | None:
    """The sign without the way to it; None where it cannot be measured, or is too short to have parts."""
    motion = to_motion(clip, rate=RATE, span=signed_part(clip))
    return motion if motion is not None and len(motion) >= len(Third) else None


def _wanted_motion(prototype: Prototype, *, left_handed: bool) -> JointArray | None:
    """The prototype as motion, cut as the signer's clip is."""
    motion = _signed_motion(place_prototype(prototype, _PICTURE))
    return mirrored_motion(motion) if motion is not None and left_handed else motion


def _offsets(made: JointArray, wanted: JointArray) -> Array:
    """(2, 3, 2): of each hand in each part of the sign, the mean way from where it should be to where it was.

    NaN where there is nothing to compare: the hand rests in both, or one of them does not show it. Below the height of
    rest all hands are equal, because everybody rests in another place; beside a resting hand height alone counts.
    """
    (at, seen), (should, shown) = _places(made), _places(wanted)
    up, should_up = at[..., 1] < RESTING_HEIGHT, should[..., 1] < RESTING_HEIGHT
    offsets = np.stack(
        [
            np.where(up & should_up, at[..., 0] - should[..., 0], 0),
            np.minimum(at[..., 1], RESTING_HEIGHT) - np.minimum(should[..., 1], RESTING_HEIGHT),
        ],
        axis=-1,
    )
    offsets[~(seen & shown & (up | should_up))] = np.nan
    result = np.full((len(Side), len(Third), 2), np.nan, np.float32)
    for column, part in enumerate(np.split(offsets, len(Third))):
        for row in range(len(Side)):
            known = np.isfinite(part[:, row, 0])
            if known.mean() >= COMPARED_SHARE:
                result[row, column] = part[known, row].mean(axis=0)
    return result


def _places(motion: JointArray) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Where the wrists are at the moments compared, (MOMENTS, 2, 2), and whether that is known, (MOMENTS, 2).

    A hand that is not seen is where its arm ends.
    """
    moments = motion[np.linspace(0, len(motion) - 1, MOMENTS).round().astype(int)]
    hands, arms = moments[:, [LEFT_HAND.start, RIGHT_HAND.start]], moments[:, [LEFT_WRIST, RIGHT_WRIST]]
    seen = hands[..., 2] > 0
    return np.where(seen[..., None], hands[..., :2], arms[..., :2]), seen | (arms[..., 2] >= CONFIDENT)


def _direction(x: float, y: float) -> Direction:
    if abs(y) >= abs(x):
        return Direction.LOWER if y > 0 else Direction.HIGHER
    return Direction.FARTHER_LEFT if x > 0 else Direction.FARTHER_RIGHT  # the signer's left is the picture's right
