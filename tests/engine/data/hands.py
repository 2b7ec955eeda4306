"""Three-dimensional hands for tests: right ones, and left ones as their mirror images."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.joints import HAND_JOINTS

Array = npt.NDArray[Any]


def right_hand(random: np.random.Generator, *, bend: float = 0.5, size: float = 0.1) -> Array:
    """A right hand (21, 3), palm to the camera and fingers up, its wrist at zero; fingers bend towards the viewer."""
    hand = np.zeros((HAND_JOINTS, 3))
    for finger in range(5):
        across = (2 - finger) * 0.25
        base = np.array([across, -0.45 if finger == 0 else -1.0, 0.0])
        direction = np.array([across * 0.3, -1.0, 0.0])
        for joint in range(4):
            angle = bend * (joint + random.uniform(-0.3, 0.3)) / 3
            hand[1 + 4 * finger + joint] = base
            base = base + 0.3 * np.array([direction[0], -np.cos(angle), -np.sin(angle)])
    return size * hand


def turned(hand: Array, random: np.random.Generator, *, most: float = np.pi) -> Array:
    """The hand after a rotation about a random axis by an angle of up to `most`."""
    axis = random.normal(size=3)
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = random.uniform(-most, most)
    rotation = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return hand @ rotation.T


def mirrored(hand: Array) -> Array:
    """A right hand's left counterpart, and the other way round."""
    return hand * (-1, 1, 1)
