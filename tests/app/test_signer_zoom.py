from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signer_zoom import AT_REST, MEMORY_NS, PATIENCE_NS, SMALLEST, WHOLE, Crop, SignerZoom
from engine.joints import JOINTS, LEFT_SHOULDER, NOSE, RIGHT_HAND, RIGHT_SHOULDER
from engine.types import Keypoints

SIZE = (640, 480)
STEP_NS = 40_000_000
places = st.tuples(st.floats(-200, 840), st.floats(-200, 680))


def signer(x: float = 320, y: float = 200, width: float = 60, *, hand: tuple[float, float] | None = None) -> Keypoints:
    """Somebody whose shoulders have their middle at x, y, and who may hold up the right hand."""
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[NOSE] = (x, y - 0.7 * width, 1)
    joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER] = (x + width / 2, y, 1), (x - width / 2, y, 1)
    if hand is not None:
        joints[RIGHT_HAND] = (*hand, 1)
    return Keypoints(joints, 0, SIZE)


poses = st.builds(signer, st.floats(-100, 740), st.floats(-100, 580), st.floats(1, 700), hand=st.none() | places)


def run(zoom: SignerZoom, keypoints: Keypoints | None, *, frames: int, start: int = 0) -> list[Crop]:
    return [zoom.follow(keypoints, (start + number) * STEP_NS) for number in range(frames)]


def shows(crop: Crop, x: float, y: float) -> bool:
    across, down = x / SIZE[0] - crop.left, y / SIZE[1] - crop.top
    return min(across, down) >= -AT_REST and max(across, down) <= crop.share + AT_REST


@given(st.lists(st.tuples(st.none() | poses, st.integers(0, 3 * 10**9)), min_size=1, max_size=30))
def test_whatever_happens_the_crop_is_a_part_of_the_picture(steps: list[tuple[Keypoints | None, int]]) -> None:
    zoom, time_ns = SignerZoom(), 0
    for keypoints, later_ns in steps:
        time_ns += later_ns
        crop = zoom.follow(keypoints, time_ns)
        assert min(crop.left, crop.top) >= 0
        assert crop.share + 1e-9 >= SMALLEST
        assert max(crop.left, crop.top) + crop.share <= 1 + 1e-9


@given(poses)
def test_what_the_signer_needs_is_seen_once_it_has_come_to_rest(keypoints: Keypoints) -> None:
    crop = run(SignerZoom(), keypoints, frames=60)[-1]

    for joint in (NOSE, LEFT_SHOULDER, RIGHT_SHOULDER, RIGHT_HAND.start):
        x, y, found = keypoints.joints[joint].tolist()
        if found and 0 <= x <= SIZE[0] and 0 <= y <= SIZE[1]:
            assert shows(crop, x, y)


@given(poses)
def test_what_trembles_is_shown_at_rest(keypoints: Keypoints) -> None:
    zoom, noise = SignerZoom(), np.random.default_rng(0)
    crops = []
    for number in range(150):
        joints = keypoints.joints.copy()
        joints[:, :2] += noise.normal(0, 0.5, (JOINTS, 2)).astype(np.float32) * (joints[:, 2:] > 0)
        crops.append(zoom.follow(Keypoints(joints, 0, SIZE), number * STEP_NS))

    assert len(set(crops[75:])) == 1


def test_a_signer_far_away_is_brought_near() -> None:
    crop = run(SignerZoom(), signer(), frames=1)[-1]

    assert crop.share < 0.6
    assert shows(crop, 320, 200)


def test_the_way_to_another_place_is_gone_smoothly() -> None:
    zoom = SignerZoom()
    run(zoom, signer(200), frames=10)

    crops = run(zoom, signer(440), frames=100, start=10)

    steps = [abs(after.left - before.left) for before, after in pairwise(crops)]
    assert max(steps) < 0.05
    assert shows(crops[-1], 440, 200)
    assert crops[-1] == crops[-2]


def test_a_hand_that_reaches_out_is_shown_and_kept_in_view_for_a_while() -> None:
    zoom = SignerZoom()
    near = run(zoom, signer(), frames=10)[-1]
    assert not shows(near, 560, 100)

    out = run(zoom, signer(hand=(560, 100)), frames=40, start=10)[-1]
    assert shows(out, 560, 100)
    back = run(zoom, signer(), frames=MEMORY_NS // STEP_NS - 2, start=50)[-1]
    assert back == out
    later = run(zoom, signer(), frames=200, start=98)[-1]
    assert later.share == pytest.approx(near.share, abs=AT_REST)


def test_the_whole_picture_comes_back_when_the_signer_has_gone() -> None:
    zoom = SignerZoom()
    near = run(zoom, signer(), frames=10)[-1]

    assert run(zoom, None, frames=PATIENCE_NS // STEP_NS - 1, start=10)[-1] == near
    assert run(zoom, None, frames=100, start=35)[-1] == WHOLE


def test_a_source_that_starts_over_is_followed_anew() -> None:
    zoom = SignerZoom()
    run(zoom, signer(200), frames=10)

    assert run(zoom, signer(440), frames=1)[-1] == run(SignerZoom(), signer(440), frames=1)[-1]
