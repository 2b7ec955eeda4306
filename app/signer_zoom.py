"""Which part of the picture shows the signer: plain geometry over time, without Qt. Only paint follows it."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.features.activity import CONFIDENT
from engine.joints import LEFT_HAND, LEFT_SHOULDER, NOSE, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import NANOSECONDS, Keypoints

ASIDE: Final = 1.4
ABOVE: Final = 1.3
BELOW: Final = 1.8
"""Shoulder widths from the shoulders' middle that a signer takes: elbows, head, hips."""
HEAD: Final = 0.7
"""The same from the nose to the top of the head, for those who stretch or bow."""
AROUND: Final = 0.2
"""The same around a hand."""
SPARE: Final = 0.03
"""Share of the picture that is shown on all sides beyond that, so that small movements move nothing."""
SMALLEST: Final = 0.3
"""The smallest part of the picture that is shown, as a share of its width: what is larger has too few pixels."""
MEMORY_NS: Final = 2 * NANOSECONDS
"""For how long the place where a hand was is kept in view."""
PATIENCE_NS: Final = NANOSECONDS
"""How long after the signer has gone the whole picture is shown again."""
GLIDE_S: Final = 0.25
"""Time constant of the way from one crop to another."""
LOOSE: Final = 0.15
"""Share of a crop by which a better one has to differ before it is worth a movement."""
AT_REST: Final = 0.002
"""A difference that nobody sees."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture, of the picture's own aspect; all in shares of its width and height.

    Attributes:
        left, top: of the part, 0..1.
        share: its width and its height, 0..1.
    """

    left: float
    top: float
    share: float


@dataclass(frozen=True, slots=True)
class _Box:
    """What has to be seen, in shares of the picture."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE: Final = Crop(0.0, 0.0, 1.0)


class SignerZoom:
    """Follows one signer: calm while they sign in one place, quick when a hand would be cut off."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, _Box]] = deque()
        self._crop = self._goal = WHOLE
        self._time_ns: int | None = None

    def follow(self, keypoints: Keypoints | None, time_ns: int) -> Crop:
        """Return what to show of a picture taken at `time_ns` of stream time; the first one is cut to at once."""
        if self._time_ns is not None and time_ns < self._time_ns:
            self._seen.clear()  # the source has started over
            self._crop, self._goal, self._time_ns = WHOLE, WHOLE, None
        self._see(None if keypoints is None else _needed(keypoints), time_ns)
        seconds = math.inf if self._time_ns is None else (time_ns - self._time_ns) / NANOSECONDS
        self._time_ns = time_ns
        self._crop = _between(self._crop, self._goal, 1.0 - math.exp(-seconds / GLIDE_S))
        return self._crop

    def _see(self, box: _Box | None, time_ns: int) -> None:
        if box is not None:
            self._seen.append((time_ns, box))
        elif self._seen and time_ns - self._seen[-1][0] >= PATIENCE_NS:
            self._seen.clear()
        while self._seen and box is not None and time_ns - self._seen[0][0] > MEMORY_NS:
            self._seen.popleft()
        if not self._seen:
            self._goal = WHOLE
            return
        wanted = _around([seen for _, seen in self._seen])
        if _differ(wanted, self._goal) or (box is not None and not _contains(self._goal, box)):
            self._goal = wanted


def _needed(keypoints: Keypoints) -> _Box | None:
    """The part of a picture that a signer takes, head to hips and hands; None where nobody is seen."""
    joints = keypoints.joints
    left, right = joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER]
    width = float(np.linalg.norm(left[:2] - right[:2]))
    if min(left[2], right[2]) < CONFIDENT or width == 0:
        return None
    x, y = ((left[:2] + right[:2]) / 2).tolist()
    corners = [(x - ASIDE * width, y - ABOVE * width), (x + ASIDE * width, y + BELOW * width)]
    if joints[NOSE, 2] >= CONFIDENT:
        corners.append((float(joints[NOSE, 0]), float(joints[NOSE, 1]) - HEAD * width))
    for hand in (LEFT_HAND, RIGHT_HAND):
        if joints[hand.start, 2] > 0:
            points = joints[hand, :2]
            corners += [tuple(points.min(axis=0) - AROUND * width), tuple(points.max(axis=0) + AROUND * width)]
    shares = np.clip(np.array(corners, float) / keypoints.size, 0.0, 1.0)
    (left_most, top), (right_most, bottom) = shares.min(axis=0).tolist(), shares.max(axis=0).tolist()
    return _Box(left_most, top, right_most, bottom)


def _around(boxes: list[_Box]) -> Crop:
    """The smallest crop that shows all of some boxes, them in its middle as far as the picture reaches."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    share = min(max(right - left + 2 * SPARE, bottom - top + 2 * SPARE, SMALLEST), 1.0)
    return Crop(
        left=min(max((left + right - share) / 2, 0.0), 1.0 - share),
        top=min(max((top + bottom - share) / 2, 0.0), 1.0 - share),
        share=share,
    )


def _differ(one: Crop, other: Crop) -> bool:
    """Two crops differ so much that changing from one to the other is worth a movement."""
    sides = (one.left - other.left, one.top - other.top, one.share - other.share)
    return max(map(abs, sides)) > LOOSE * max(one.share, other.share)


def _contains(crop: Crop, box: _Box) -> bool:
    return (
        crop.left <= box.left + AT_REST
        and crop.top <= box.top + AT_REST
        and crop.left + crop.share >= box.right - AT_REST
        and crop.top + crop.share >= box.bottom - AT_REST
    )


def _between(one: Crop, other: Crop, way: float) -> Crop:
    """The crop that has gone some of the way, 0..1, from one to the other."""
    if max(abs(one.left - other.left), abs(one.top - other.top), abs(one.share - other.share)) < AT_REST:
        return other
    return Crop(
        left=one.left + way * (other.left - one.left),
        top=one.top + way * (other.top - one.top),
        share=one.share + way * (other.share - one.share),
    )
