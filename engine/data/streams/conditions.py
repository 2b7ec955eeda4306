"""The streams of each condition, made from the clips of one split. docs/streams.md says what each is for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final, TypeVar

import numpy as np

from engine.data.dataset import LabelledClip, uniform_clip
from engine.data.streams.acts import Act, Random, perform
from engine.data.streams.fidgets import FIDGETS
from engine.data.streams.motion import Rest, resting_pose
from engine.data.streams.timeline import Timeline, captured
from engine.data.streams.truth import Kind, LabelledStream
from engine.features.motion import signed_part, to_motion
from engine.types import NANOSECONDS, JointArray

Item = TypeVar("Item")

ITEMS: Final = 10
"""Signs, or distractors, a stream."""
IDLE_S: Final = (5.0, 20.0)
IDLE_STRETCHES: Final = 48
DISTRACTORS: Final = 120
UNKNOWN_SIGNS: Final = 80
"""As many known ones go with them."""
FAR: Final = 4.5
"""Shoulder widths to the side at which nobody is in the picture any more."""
NULL_SEQUENCES: Final = 45
"""A minute of the webcam set."""


class Condition(StrEnum):
    """What a stream is made of; the words of `--only`, of the table and of the JSON lines."""

    CUTS = "cuts"
    TRANSITIONS = "transitions"
    RESTS = "rests"
    MIXED = "mixed"
    IDLE = "idle"
    NULL = "null"
    DISTRACTORS = "distractors"
    UNKNOWN = "unknown"


QUIET_CONDITIONS: Final = (Condition.IDLE, Condition.NULL, Condition.DISTRACTORS)
"""Where nothing ought to be announced."""


@dataclass(frozen=True, slots=True)
class Material:
    """The clips of one split that streams are made of.

    Attributes:
        signs: of known glosses, with bodies where the dataset has them.
        known, unknown: of glosses inside and outside the vocabulary, recorded alike; empty where not at hand.
        null: in which nobody signs, in the order in which they were recorded; empty where not at hand.
    """

    signs: tuple[LabelledClip, ...]
    known: tuple[LabelledClip, ...] = ()
    unknown: tuple[LabelledClip, ...] = ()
    null: tuple[LabelledClip, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What can be made of it."""
        missing = {Condition.NULL} if not self.null else set()
        if not (self.known and self.unknown):
            missing |= {Condition.UNKNOWN}
        return tuple(condition for condition in Condition if condition not in missing)


def make_streams(condition: Condition, material: Material, *, rate: float, seed: int) -> Iterator[LabelledStream]:
    """Yield the streams of a condition at `rate` frames a second.

    One seed makes the same streams, to the last digit; at another rate the same things happen at about the same times,
    seen by another camera: each piece is rounded to whole frames, which adds up to a few of them.
    """
    content, noise, camera = (
        np.random.default_rng([seed, list(Condition).index(condition), number]) for number in range(3)
    )
    for timeline in _MAKERS[condition](material, content, lambda: Timeline(rate=rate, noise=noise)):
        yield captured(timeline.stream(), camera)


NewTimeline = Callable[[], Timeline]


def _cuts(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
    """Whole clips, one after the other."""
    for clips in _batches(_shuffled(material.signs, random)):
        timeline = new()
        for item in clips:
            motion = to_motion(item.clip, rate=timeline.rate)
            if motion is not None:
                start, end = (round(time * timeline.rate / NANOSECONDS) for time in signed_part(item.clip))
                part = min(start, len(motion) - 1), min(end, len(motion) - 1)
                timeline.play(motion, Kind.SIGN, gloss=item.gloss, part=part)
        yield timeline


def _joined_signs(
    rest_share: float, *, pause: bool = False
) -> Callable[[Material, Random, NewTimeline], Iterator[Timeline]]:
    """Signs cut to what is signed; between two a rest, as often as `rest_share`, or else a transition."""

    def make(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
        for clips in _batches(_shuffled(material.signs, random)):
            yield perform([Act.of_sign(item, Kind.SIGN) for item in clips], random, new(), rest_share, pause=pause)

    return make


def _idle(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
    """Rests with hands out of view or in the lap, and somebody who leaves and comes back."""
    poses = [pose for item in _shuffled(material.signs, random) if (pose := _middle_pose(item)) is not None]
    for number in range(0, IDLE_STRETCHES, 4):
        timeline = new()
        timeline.hold(resting_pose(poses[number % len(poses)], Rest.HANGING), 1.0)
        for _ in range(2):
            for rest in random.permutation(np.array(Rest)):
                timeline.rest(rest, way_s=random.uniform(0.5, 1.0), seconds=random.uniform(*IDLE_S), kind=Kind.IDLE)
        _walk_away(timeline, random)
        yield timeline


def _null(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
    """What the webcam set shows, as it was recorded: nothing of it is random."""
    for items in _batches(material.null, NULL_SEQUENCES):
        joints = np.concatenate([item.clip.joints for item in items])
        rate = NANOSECONDS / int(items[0].clip.times_ns[1])
        timeline = new()
        motion = to_motion(uniform_clip(joints, rate=rate, size=items[0].clip.size), rate=timeline.rate)
        if motion is not None:
            timeline.play(motion, Kind.NULL)
            yield timeline


def _distractors(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
    """Parts of signs, signs that run backwards, and fidgeting, with rests and transitions between them."""
    clips = _shuffled(material.signs, random)
    names = sorted(FIDGETS)
    acts = []
    for number in range(DISTRACTORS):
        item = clips[number % len(clips)]
        acts.append(
            (
                Act.of_part(item, random),
                Act.reversed(item),
                Act.of_fidget(names[number // 3 % len(names)], item, random),
            )[number % 3]
        )
    for batch in _batches(_shuffled(acts, random)):
        yield perform(batch, random, new(), 0.5)


def _unknown(material: Material, random: Random, new: NewTimeline) -> Iterator[Timeline]:
    """Signs inside and outside the vocabulary, with rests and transitions between them."""
    acts = [
        Act.of_sign(item, kind)
        for kind, clips in ((Kind.SIGN, material.known), (Kind.UNKNOWN_SIGN, material.unknown))
        for item in _shuffled(clips, random)[:UNKNOWN_SIGNS]
    ]
    for batch in _batches(_shuffled(acts, random)):
        yield perform(batch, random, new(), 0.5)


_MAKERS: Final = {
    Condition.CUTS: _cuts,
    Condition.TRANSITIONS: _joined_signs(0.0),
    Condition.RESTS: _joined_signs(1.0),
    Condition.MIXED: _joined_signs(0.5, pause=True),
    Condition.IDLE: _idle,
    Condition.NULL: _null,
    Condition.DISTRACTORS: _distractors,
    Condition.UNKNOWN: _unknown,
}


def _walk_away(timeline: Timeline, random: Random) -> None:
    """Leave to one side, stay away, and come back."""
    away = timeline.pose.copy()
    away[away[:, 2] > 0, 0] += random.choice((-FAR, FAR))
    back = timeline.pose
    way_s, away_s = random.uniform(1.0, 2.0), random.uniform(*IDLE_S)
    timeline.move_to(away, way_s)
    timeline.hold(np.zeros_like(away), away_s, Kind.IDLE, detail="nobody")
    timeline.hold(away, 0.0)
    timeline.move_to(back, way_s)
    timeline.hold(back, 1.0)


def _middle_pose(item: LabelledClip) -> JointArray | None:
    motion = to_motion(item.clip, rate=1.0, span=signed_part(item.clip))
    return None if motion is None else motion[len(motion) // 2]


def _shuffled(items: Sequence[Item], random: Random) -> list[Item]:
    return [items[index] for index in random.permutation(len(items))]


def _batches(items: Iterable[Item], size: int = ITEMS) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
