"""The 49 joints: their order, their names and how they connect.

Indices 0..6 are the upper body, 7..27 the left hand, 28..48 the right hand; left and right are the
signer's own, whatever the picture looks like. Within a hand the order is MediaPipe's: wrist, then four
joints for each finger from the thumb to the little finger.
"""

from typing import Final

BODY_NAMES: Final = (
    "nose",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
)
HAND_NAMES: Final = (
    "wrist",
    *(f"{finger}_{joint}" for finger in ("thumb", "index", "middle", "ring", "little") for joint in (1, 2, 3, 4)),
)
BODY_JOINTS: Final = len(BODY_NAMES)
HAND_JOINTS: Final = len(HAND_NAMES)
JOINTS: Final = BODY_JOINTS + 2 * HAND_JOINTS

BODY: Final = slice(0, BODY_JOINTS)
LEFT_HAND: Final = slice(BODY_JOINTS, BODY_JOINTS + HAND_JOINTS)
RIGHT_HAND: Final = slice(BODY_JOINTS + HAND_JOINTS, JOINTS)

NOSE: Final = 0
LEFT_SHOULDER, RIGHT_SHOULDER = 1, 2
LEFT_ELBOW, RIGHT_ELBOW = 3, 4
LEFT_WRIST, RIGHT_WRIST = 5, 6

BODY_BONES: Final = ((0, 1), (0, 2), (1, 2), (1, 3), (3, 5), (2, 4), (4, 6))
"""Pairs of body joints; the nose hangs on both shoulders because the layout has no neck."""

HAND_BONES: Final = (
    *((0, first) for first in (1, 5, 9, 13, 17)),
    *((first + step, first + step + 1) for first in (1, 5, 9, 13, 17) for step in range(3)),
    *((5, 9), (9, 13), (13, 17)),
)
"""Pairs of joints inside a hand (0 is the wrist): the palm's outline and the chain of each finger."""

MIRRORED: Final = (
    *(0, 2, 1, 4, 3, 6, 5),
    *range(RIGHT_HAND.start, RIGHT_HAND.stop),
    *range(LEFT_HAND.start, LEFT_HAND.stop),
)
"""`joints[MIRRORED]` exchanges the left and right names, as a reflection of the picture does."""
