"""Hands that do something else than signing: made of a hand's real shape and a path that nobody signs."""

from collections.abc import Callable
from typing import Final

import numpy as np

from engine.data.streams.motion import SIDES, Place, transition
from engine.joints import LEFT_SHOULDER, RIGHT_SHOULDER
from engine.still_body import STILL_BODY
from engine.types import JointArray

Hand = JointArray
"""(21, 3): a hand's joints in shoulder widths from its wrist, then confidence."""

DESK: Final = (0.9, 1.4)
"""Heights of a desk, in shoulder widths below the shoulders: hands on it are above or below the height of resting."""


def hand_shapes(motion: JointArray) -> list[tuple[int, Hand]]:
    """Return the shapes of the hands in the middle frame of a motion that shows any: side (1 left, -1 right), shape."""
    shapes = []
    for side, _, _, part in SIDES:
        shown = np.flatnonzero(motion[:, part.start, 2])
        if len(shown):
            hand = motion[shown[len(shown) // 2], part].copy()
            hand[:, :2] -= hand[0, :2]
            shapes.append((side, hand))
    return shapes


def reaching_pose(hand: Hand, side: int, wrist_at: Place, *, pose: JointArray = STILL_BODY) -> JointArray:
    """Return `pose` with one hand (of side 1 left, -1 right) at a place, and the arm bent to it."""
    reached = pose.copy()
    _, elbow, wrist, part = next(item for item in SIDES if item[0] == side)
    target = np.array(wrist_at, np.float32)
    shoulder = reached[LEFT_SHOULDER if side > 0 else RIGHT_SHOULDER, :2]
    reached[wrist, :2] = target
    reached[elbow, :2] = (shoulder + target) / 2 + np.array((side * 0.25, 0.35), np.float32)
    reached[part] = hand
    reached[part, :2] += target
    return reached


def _repeated(pose: JointArray, side: int, shift: Place, *, hertz: float, seconds: float, rate: float) -> JointArray:
    """Move one hand of a pose to and fro by `shift` (x, y) for some seconds."""
    frames = max(1, round(seconds * rate))
    phase = np.sin(2 * np.pi * hertz * np.arange(frames) / rate).astype(np.float32)
    motion = np.repeat(pose[None], frames, axis=0)
    _, _, wrist, part = next(item for item in SIDES if item[0] == side)
    moved = phase[:, None] * np.array(shift, np.float32)
    motion[:, wrist, :2] += moved
    motion[:, part, :2] += moved[:, None]
    return motion


def _any_direction(random: np.random.Generator, size: float) -> Place:
    return float(random.normal(0, size)), float(random.normal(0, size))


def scratching(hand: Hand, side: int, random: np.random.Generator, rate: float) -> JointArray:
    """A hand at the head, to and fro."""
    pose = reaching_pose(hand, side, (side * random.uniform(0.2, 0.45), random.uniform(-0.9, -0.5)))
    shift = _any_direction(random, 0.05)
    return _repeated(pose, side, shift, hertz=random.uniform(2.5, 5), seconds=random.uniform(0.8, 2.5), rate=rate)


def adjusting_glasses(hand: Hand, side: int, random: np.random.Generator, rate: float) -> JointArray:
    """A hand at the nose that pushes up once or twice and stays a moment."""
    pose = reaching_pose(hand, side, (side * random.uniform(0.1, 0.3), random.uniform(-0.5, -0.3)))
    seconds = random.uniform(0.5, 1.2)
    return _repeated(pose, side, (0, -0.06), hertz=random.integers(1, 3) / 2 / seconds, seconds=seconds, rate=rate)


def drinking(hand: Hand, side: int, random: np.random.Generator, rate: float) -> JointArray:
    """A hand from the desk to the mouth, which stays while it drinks, and back."""
    desk = reaching_pose(hand, side, (side * random.uniform(0.3, 0.7), random.uniform(*DESK)))
    mouth = reaching_pose(hand, side, (side * random.uniform(0.1, 0.3), random.uniform(-0.35, -0.15)))
    steps = round(random.uniform(0.5, 0.9) * rate)
    sip = _repeated(mouth, side, (0, -0.03), hertz=0.5, seconds=random.uniform(0.8, 2), rate=rate)
    return np.concatenate([transition(desk, mouth, steps=steps), sip, transition(mouth, desk, steps=steps)])


def typing(hand: Hand, side: int, random: np.random.Generator, rate: float) -> JointArray:
    """Both hands on the desk, each moving quickly; the other hand is the mirror image of the one."""
    height, seconds = random.uniform(*DESK), random.uniform(1.5, 4)
    mirrored = hand * np.array((-1, 1, 1), np.float32)
    pose = STILL_BODY
    for of_side, *_ in SIDES:
        pose = reaching_pose(hand if of_side == side else mirrored, of_side, (of_side * 0.3, height), pose=pose)
    one, other = (
        _repeated(pose, of_side, _any_direction(random, 0.03), hertz=random.uniform(3, 6), seconds=seconds, rate=rate)
        for of_side, *_ in SIDES
    )
    for _, _, wrist, part in SIDES[1:]:
        one[:, wrist], one[:, part] = other[:, wrist], other[:, part]
    return one


Fidget = Callable[[Hand, int, np.random.Generator, float], JointArray]
FIDGETS: Final[dict[str, Fidget]] = {
    "scratching": scratching,
    "adjusting glasses": adjusting_glasses,
    "drinking": drinking,
    "typing": typing,
}
"""Each takes a hand, its side, a generator and a frame rate, and returns a motion."""
