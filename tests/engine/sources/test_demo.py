from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from engine.errors import UserFacingError
from engine.features.activity import frame_activity
from engine.joints import BODY, NOSE, RIGHT_HAND, RIGHT_WRIST
from engine.sources import demo
from engine.sources.demo import REST_SECONDS, DemoSource, sign_order
from engine.sources.prototypes import Prototype, load_prototypes, save_prototypes
from engine.types import Activity, Frame

Prototypes = dict[str, Prototype]


def play(prototypes: Prototypes, *, signs: int | None = 3, seed: int = 0, frames: int | None = None) -> list[Frame]:
    with DemoSource(prototypes=prototypes, signs=signs, seed=seed) as source:
        return list(islice(source, frames))


def joints_of(frames: list[Frame]) -> np.ndarray:
    return np.stack([frame.keypoints.joints for frame in frames if frame.keypoints is not None])


def test_the_demo_is_the_same_for_the_same_seed_and_another_for_another(prototypes: Prototypes) -> None:
    first = joints_of(play(prototypes, signs=6))
    assert np.array_equal(first, joints_of(play(prototypes, signs=6)))
    others = [joints_of(play(prototypes, signs=6, seed=seed)) for seed in range(1, 6)]
    assert any(other.shape != first.shape or not np.array_equal(other, first) for other in others)


def test_every_gloss_is_played_once_before_any_is_played_again() -> None:
    order = list(islice(sign_order({"a", "b", "c"}, seed=1), 9))
    assert [sorted(order[start : start + 3]) for start in (0, 3, 6)] == [["a", "b", "c"]] * 3


def test_time_moves_on_at_the_prototypes_rate(prototypes: Prototypes) -> None:
    frames = play(prototypes)
    assert [frame.time_ns for frame in frames] == [number * 40_000_000 for number in range(len(frames))]
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert all(frame.keypoints is not None and frame.keypoints.time_ns == frame.time_ns for frame in frames)


def test_signs_and_rests_take_turns(prototypes: Prototypes) -> None:
    joints = joints_of(play(prototypes, signs=3))
    signing = [frame_activity(pose) is Activity.SIGNING for pose in joints]
    stretches = [0]
    for before, now in zip([False, *signing], signing, strict=False):
        if now != before:
            stretches.append(0)
        stretches[-1] += 1
    rests, signs = stretches[0::2], stretches[1::2]
    assert len(signs) == 3
    assert len(rests) == 4
    assert min(rests) >= REST_SECONDS * 25
    assert min(signs) >= 12


def test_hands_are_out_of_view_at_rest_and_the_figure_stays(prototypes: Prototypes) -> None:
    frames = play(prototypes)
    for frame in (frames[0], frames[-1]):
        assert frame.keypoints is not None
        assert not frame.keypoints.joints[RIGHT_HAND].any()
        assert frame.keypoints.joints[NOSE, 2] == 1
        assert frame_activity(frame.keypoints.joints) is Activity.NO_HANDS


def test_nothing_jumps(prototypes: Prototypes) -> None:
    joints = joints_of(play(prototypes))
    steps = np.linalg.norm(np.diff(joints[:, BODY, :2], axis=0), axis=2)
    assert steps.max() < 45, "pixels from one frame to the next"
    seen = (joints[1:, RIGHT_HAND, 2] > 0) & (joints[:-1, RIGHT_HAND, 2] > 0)
    hand_steps = np.linalg.norm(np.diff(joints[:, RIGHT_HAND, :2], axis=0), axis=2)[seen]
    assert hand_steps.max() < 45


def test_a_whole_sign_is_shown_as_it_is(prototypes: Prototypes) -> None:
    only = {"eat": prototypes["eat"]}
    joints = joints_of(play(only, signs=1))
    still = joints[:, RIGHT_WRIST, :2]
    assert (np.abs(still - still[len(still) // 2]).max(1) < 1e-3).sum() == len(prototypes["eat"].joints)


def test_the_demo_goes_on_for_ever_unless_told_otherwise(prototypes: Prototypes) -> None:
    assert len(play(prototypes, signs=None, frames=2_000)) == 2_000


def test_all_frames_share_one_picture(prototypes: Prototypes) -> None:
    frames = play(prototypes)
    assert all(frame.image is frames[0].image for frame in frames)
    assert frames[0].image.shape == (480, 640, 3)


def test_the_shipped_prototypes_are_read_when_the_demo_is_opened(
    tmp_path: Path, prototypes: Prototypes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prototypes.npz"
    monkeypatch.setattr(demo, "load_prototypes", lambda: load_prototypes(path))
    source = DemoSource(signs=1)
    with pytest.raises(UserFacingError, match="does not exist"), source:
        pass
    save_prototypes(path, prototypes.values())
    with source:
        assert list(source)
