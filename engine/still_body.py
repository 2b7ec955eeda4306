"""A body that does nothing, for whatever is made up: the demo, and streams of which the truth is known.

Its places are in one signer's frame: shoulder widths from the middle between the shoulders, x to the picture's right
and y down.
"""

from typing import Final

import numpy as np

from engine.joints import (
    BODY,
    JOINTS,
    LEFT_ELBOW,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from engine.types import JointArray

HANGING_ARM: Final = ((0.64, 1.0), (0.6, 1.95))
"""Elbow and wrist of a left arm that hangs down and out of the picture; the right one is its mirror image."""


def _still_body() -> JointArray:
    body = np.zeros((JOINTS, 3), np.float32)
    body[NOSE, :2] = 0, -0.75
    (elbow_x, elbow_y), (wrist_x, wrist_y) = HANGING_ARM
    # The signer's left is on the right of the picture.
    for side, shoulder, elbow, wrist in (
        (1, LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST),
        (-1, RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST),
    ):
        body[shoulder, :2] = side * 0.5, 0
        body[elbow, :2] = side * elbow_x, elbow_y
        body[wrist, :2] = side * wrist_x, wrist_y
    body[BODY, 2] = 1
    return body


STILL_BODY: Final = _still_body()
"""A pose (49, 3) with hanging arms and no hands."""
