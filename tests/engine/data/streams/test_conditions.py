"""Streams made of clips: the same from one seed, truthful, and whole."""

from itertools import pairwise

import numpy as np
import pytest

from engine.data.dataset import LabelledClip
from engine.data.streams.conditions import Condition, Material, make_streams
from engine.data.streams.truth import Kind, LabelledStream
from engine.features.activity import frame_activity
from engine.joints import LEFT_HAND, RIGHT_HAND
from engine.types import NANOSECONDS, Activity
from tests.engine.signers import clip_of, pose, sign

GLOSSES = ("eat", "go", "who")
TROUBLE = 0.25
"""Share of frames in which a hand may be lost."""


def clips(*glosses: str, copies: int = 4) -> tuple[LabelledClip, ...]:
    return tuple(
        LabelledClip(sign(shape=shape, raised=25 + copy), gloss, "val", "1", f"{gloss}{copy}")
        for copy in range(copies)
        for shape, gloss in enumerate(glosses)
    )


@pytest.fixture(scope="module")
def material() -> Material:
    null = tuple(
        LabelledClip(clip_of([pose()] * 20, rate=15.0), "-", "val", "1", f"{number:05}") for number in range(3)
    )
    return Material(signs=clips(*GLOSSES), known=clips("eat"), unknown=clips("fox", "owl"), null=null)


def made(condition: Condition, material: Material, *, rate: float = 25.0, seed: int = 0) -> list[LabelledStream]:
    return list(make_streams(condition, material, rate=rate, seed=seed))


def same(one: list[LabelledStream], other: list[LabelledStream]) -> bool:
    return len(one) == len(other) and all(
        left.segments == right.segments
        and np.array_equal(left.clip.joints, right.clip.joints)
        and np.array_equal(left.clip.times_ns, right.clip.times_ns)
        for left, right in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("condition", Condition)
def test_one_seed_makes_the_same_streams(condition: Condition, material: Material) -> None:
    assert same(made(condition, material, seed=3), made(condition, material, seed=3))


@pytest.mark.parametrize("condition", [condition for condition in Condition if condition is not Condition.NULL])
def test_another_seed_makes_others(condition: Condition, material: Material) -> None:
    assert not same(made(condition, material, seed=3), made(condition, material, seed=4))


@pytest.mark.parametrize("condition", Condition)
def test_streams_are_whole(condition: Condition, material: Material) -> None:
    streams = made(condition, material)
    assert streams
    for stream in streams:
        joints, times = stream.clip.joints, stream.clip.times_ns
        assert joints.dtype == np.float32
        assert np.isfinite(joints).all()
        assert (np.diff(times) > 0).all()
        assert not joints[joints[..., 2] == 0].any()
        for hand in (LEFT_HAND, RIGHT_HAND):
            assert ((joints[:, hand, 2] > 0).all(axis=1) == (joints[:, hand, 2] > 0).any(axis=1)).all()
        for before, after in pairwise(stream.segments):
            assert before.end_ns < after.start_ns
        for segment in stream.segments:
            assert 0 <= segment.start_ns <= segment.end_ns <= times[-1]


@pytest.mark.parametrize("condition", [Condition.CUTS, Condition.TRANSITIONS, Condition.RESTS, Condition.MIXED])
def test_every_sign_comes_once_and_hands_are_up_in_it(condition: Condition, material: Material) -> None:
    streams = made(condition, material)
    glosses = [segment.gloss for stream in streams for segment in stream.segments if segment.kind is Kind.SIGN]
    assert sorted(map(str, glosses)) == sorted(item.gloss for item in material.signs)
    for stream in streams:
        for segment in stream.segments:
            if segment.kind is Kind.SIGN:
                assert up(stream, segment.start_ns, segment.end_ns) > 1 - TROUBLE


@pytest.mark.parametrize("condition", [Condition.IDLE, Condition.NULL])
def test_hands_are_down_while_nobody_signs(condition: Condition, material: Material) -> None:
    for stream in made(condition, material):
        for segment in stream.segments:
            assert up(stream, segment.start_ns, segment.end_ns) == 0


def test_rests_lie_between_signs_that_are_joined_by_them(material: Material) -> None:
    for stream in made(Condition.RESTS, material):
        for before, after in pairwise(stream.segments):
            assert after.start_ns - before.end_ns > 0.8 * NANOSECONDS
            middle = (before.end_ns + after.start_ns) // 2
            assert up(stream, middle, middle + NANOSECONDS // 10) == 0


def test_transitions_are_short(material: Material) -> None:
    for stream in made(Condition.TRANSITIONS, material):
        for before, after in pairwise(stream.segments):
            assert after.start_ns - before.end_ns < 0.6 * NANOSECONDS


def test_idle_people_leave_and_come_back(material: Material) -> None:
    stream = made(Condition.IDLE, material)[0]
    away = next(segment for segment in stream.segments if segment.detail == "nobody")
    inside = (stream.clip.times_ns >= away.start_ns) & (stream.clip.times_ns <= away.end_ns)
    assert {frame_activity(joints) for joints in stream.clip.joints[inside]} == {Activity.NOBODY}
    assert frame_activity(stream.clip.joints[-1]) is not Activity.NOBODY


def test_distractors_are_of_every_kind(material: Material) -> None:
    details = {segment.detail for stream in made(Condition.DISTRACTORS, material) for segment in stream.segments}
    assert details == {"part of a sign", "reversed sign", "scratching", "adjusting glasses", "drinking", "typing"}


def test_known_and_unknown_signs_are_told_apart_in_the_truth(material: Material) -> None:
    kinds = {
        (segment.kind, segment.gloss) for stream in made(Condition.UNKNOWN, material) for segment in stream.segments
    }
    assert kinds == {(Kind.SIGN, "eat"), (Kind.UNKNOWN_SIGN, "fox"), (Kind.UNKNOWN_SIGN, "owl")}


def test_another_rate_shows_the_same_happenings(material: Material) -> None:
    slow, fast = (made(Condition.MIXED, material, rate=rate) for rate in (12.0, 30.0))
    for one, other in zip(slow, fast, strict=True):
        assert [segment.gloss for segment in one.segments] == [segment.gloss for segment in other.segments]
        assert one.clip.times_ns[-1] == pytest.approx(other.clip.times_ns[-1], rel=0.05)
    assert np.median(np.diff(slow[0].clip.times_ns)) == pytest.approx(NANOSECONDS / 12, rel=0.01)


def test_cameras_drop_frames_and_trackers_lose_hands(material: Material) -> None:
    streams = made(Condition.MIXED, material)
    steps = np.concatenate([np.diff(stream.clip.times_ns) for stream in streams])
    assert 0.005 < (steps > 1.5 * NANOSECONDS / 25).mean() < 0.06
    lost = [
        not joints[RIGHT_HAND, 2].any()
        for stream in streams
        for segment in stream.segments
        if segment.kind is Kind.SIGN
        for joints, time in zip(stream.clip.joints, stream.clip.times_ns, strict=True)
        if segment.start_ns <= time <= segment.end_ns
    ]
    assert 0 < np.mean(lost) < TROUBLE


def test_what_is_not_at_hand_makes_no_condition(material: Material) -> None:
    assert Material(signs=material.signs).conditions == tuple(
        condition for condition in Condition if condition not in (Condition.NULL, Condition.UNKNOWN)
    )
    assert material.conditions == tuple(Condition)


def up(stream: LabelledStream, start_ns: int, end_ns: int) -> float:
    """Share of the frames of a stretch that show raised hands."""
    inside = (stream.clip.times_ns >= start_ns) & (stream.clip.times_ns <= end_ns)
    return float(np.mean([frame_activity(joints) is Activity.SIGNING for joints in stream.clip.joints[inside]]))
