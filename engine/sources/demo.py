"""The demo: a figure that signs prototypes, for whoever has neither camera nor video at hand."""

import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import TracebackType
from typing import Final, Self

import numpy as np

from engine.joints import LEFT_HAND, LEFT_WRIST, RIGHT_HAND, RIGHT_WRIST
from engine.sources.clip import keypoint_frame, plain_picture
from engine.sources.prototypes import Prototype, load_prototypes, place_joints
from engine.still_body import STILL_BODY
from engine.types import NANOSECONDS, Frame, JointArray

PICTURE_SIZE: Final = (640, 480)
REST_SECONDS: Final = 1.2
"""Arms at rest before each sign: long enough for a viewer, and the decoder, to see that one has ended."""
MOVE_SECONDS: Final = 0.5
"""From rest to the first pose of a sign, and back."""


class DemoSource:
    """Plays sign prototypes one after the other, with rests between them; see `FrameSource`."""

    live = False
    name = "Demo"

    def __init__(
        self,
        *,
        prototypes: Mapping[str, Prototype] | None = None,
        signs: int | None = None,
        seed: int = 0,
        size: tuple[int, int] = PICTURE_SIZE,
    ) -> None:
        """Describe a demo.

        Args:
            prototypes: what to play, of one rate; those that ship with the application unless given.
            signs: how many signs to play; for ever unless given.
            seed: decides the order, see `sign_order`.
            size: width and height of the picture.
        """
        self._prototypes = prototypes
        self._signs = signs
        self._seed = seed
        self._size = size

    def __enter__(self) -> Self:
        if self._prototypes is None:
            self._prototypes = load_prototypes()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass  # nothing is held open

    def __iter__(self) -> Iterator[Frame]:
        assert self._prototypes is not None, "iterate the demo inside its with block"
        order = islice(sign_order(self._prototypes, seed=self._seed), self._signs)
        rate = next(iter(self._prototypes.values())).rate
        picture = plain_picture(self._size)
        for index, pose in enumerate(_performance((self._prototypes[gloss] for gloss in order), rate)):
            time_ns = round(index * NANOSECONDS / rate)
            yield keypoint_frame(place_joints(pose, self._size), picture, time_ns=time_ns, index=index)


def sign_order(glosses: Iterable[str], *, seed: int) -> Iterator[str]:
    """Yield glosses for ever in an order that only the seed decides: each of them once, then all over again."""
    shuffled = sorted(glosses)
    dice = random.Random(seed)
    while True:
        dice.shuffle(shuffled)
        yield from shuffled


def _performance(prototypes: Iterable[Prototype], rate: float) -> Iterator[JointArray]:
    """Yield the poses (49, 3) of a whole demo at `rate`, in the units of `Prototype`."""
    rest = [STILL_BODY] * round(REST_SECONDS * rate)
    steps = round(MOVE_SECONDS * rate)
    for prototype in prototypes:
        first, last = prototype.joints[0], prototype.joints[-1]
        yield from rest
        yield from _movement(_at_rest(first), first, steps)
        yield from prototype.joints
        yield from _movement(last, _at_rest(last), steps)
    yield from rest


def _at_rest(pose: JointArray) -> JointArray:
    """Return the still body with the hands of `pose` hanging from them, in the shape they have there."""
    rest = STILL_BODY.copy()
    for hand, wrist in ((LEFT_HAND, LEFT_WRIST), (RIGHT_HAND, RIGHT_WRIST)):
        rest[hand] = pose[hand]
        rest[hand, :2] += rest[wrist, :2] - pose[hand.start, :2]
    return rest


def _movement(start: JointArray, end: JointArray, steps: int) -> Iterator[JointArray]:
    """Yield the poses between two, which start and stop gently; a joint that only one shows stays where it is."""
    both = ((start[:, 2] > 0) & (end[:, 2] > 0))[:, None]
    shown = np.where(start[:, 2:] > 0, start, end)
    for step in range(1, steps + 1):
        share = step / (steps + 1)
        eased = np.float32(share * share * (3 - 2 * share))
        yield np.where(both, start + eased * (end - start), shown)
