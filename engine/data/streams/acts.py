"""What hands do between two rests or transitions: signs, parts of them, signs backwards, fidgets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.data.dataset import LabelledClip
from engine.data.streams.fidgets import FIDGETS, hand_shapes
from engine.data.streams.motion import Rest, resting_pose
from engine.data.streams.timeline import Timeline
from engine.data.streams.truth import Kind
from engine.features.motion import signed_part, to_motion
from engine.types import JointArray

Random = np.random.Generator

PART: Final = (0.15, 0.4)
"""Share of a sign that a part-clip shows."""
WAY_S: Final = (0.2, 0.5)
"""How long hands take from one act to the next, up from rest, or down to it."""
REST_S: Final = (0.5, 1.5)
PART_OF_A_SIGN, REVERSED_SIGN = "part of a sign", "reversed sign"
"""Details of segments that show signs, but not as they are signed."""
PAUSE_S: Final = (5.0, 8.0)
"""The idle stretch within a performance that has one."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that hands do between two rests or transitions.

    Attributes:
        kind, gloss, detail: as in `Segment`.
        motion: makes it, at a frame rate; None where the clip shows no body.
    """

    kind: Kind
    gloss: str | None
    detail: str
    motion: Callable[[float], JointArray | None]

    @classmethod
    def of_sign(cls, item: LabelledClip, kind: Kind) -> "Act":
        """The signed part of a clip."""
        span = signed_part(item.clip)
        return cls(kind, item.gloss, "", lambda rate: to_motion(item.clip, rate=rate, span=span))

    @classmethod
    def of_part(cls, item: LabelledClip, random: Random) -> "Act":
        """The beginning of a sign or a piece of its middle."""
        start_ns, end_ns = signed_part(item.clip)
        share = random.uniform(*PART)
        skipped = random.choice((0.0, random.uniform(0.2, 0.5)))
        span = tuple(round(start_ns + at * (end_ns - start_ns)) for at in (skipped, skipped + share))
        return cls(Kind.DISTRACTOR, None, PART_OF_A_SIGN, lambda rate: to_motion(item.clip, rate=rate, span=span))

    @classmethod
    def reversed(cls, item: LabelledClip) -> "Act":
        """The signed part of a clip backwards."""
        span = signed_part(item.clip)

        def backwards(rate: float) -> JointArray | None:
            motion = to_motion(item.clip, rate=rate, span=span)
            return None if motion is None else motion[::-1]

        return cls(Kind.DISTRACTOR, None, REVERSED_SIGN, backwards)

    @classmethod
    def of_fidget(cls, name: str, item: LabelledClip, random: Random) -> "Act":
        """A fidget of a hand of the signer of a clip."""
        seed = int(random.integers(2**32))

        def fidget(rate: float) -> JointArray | None:
            motion = to_motion(item.clip, rate=rate)
            shapes = [] if motion is None else hand_shapes(motion)
            if not shapes:
                return None
            side, hand = shapes[-1]
            return FIDGETS[name](hand, side, np.random.default_rng(seed), rate)

        return cls(Kind.DISTRACTOR, None, name, fidget)


def perform(
    acts: Iterable[Act], random: Random, timeline: Timeline, rest_share: float, *, pause: bool = False
) -> Timeline:
    """Play acts one after the other, from a rest to a rest, with an idle stretch at the middle where `pause` is set."""
    played = [(act, motion) for act in acts if (motion := act.motion(timeline.rate)) is not None]
    for number, (act, motion) in enumerate(played):
        if number == 0:
            timeline.hold(resting_pose(motion[0], Rest.HANGING), 1.0)
        timeline.move_to(motion[0], random.uniform(*WAY_S))
        timeline.play(motion, act.kind, gloss=act.gloss, detail=act.detail)
        rest, way_s, seconds = _any_rest(random), random.uniform(*WAY_S), random.uniform(*REST_S)
        rests, pause_s = random.random() < rest_share, random.uniform(*PAUSE_S)
        if pause and number == len(played) // 2:
            timeline.rest(rest, way_s=way_s, seconds=pause_s, kind=Kind.IDLE)
        elif rests or number == len(played) - 1:
            timeline.rest(rest, way_s=way_s, seconds=seconds)
    return timeline


def _any_rest(random: Random) -> Rest:
    return list(Rest)[int(random.integers(len(Rest)))]
