"""Where a clip of hands was recorded."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.wlasl_hands import HEIGHT, SidedHands, place_hands
from engine.data.wlasl_index import IndexRow
from engine.data.wlasl_scenes import USUAL, Scene, SceneFinder, scene_features, scenes_of_signers
from engine.joints import LEFT_HAND, LEFT_SHOULDER, RIGHT_HAND, RIGHT_SHOULDER
from tests.engine.data.hands import Array, mirrored, right_hand

NARROW = Scene(aspect=4 / 3, x=0.0, y=0.6, shoulder_width=0.5)
WIDE = Scene(aspect=16 / 9, x=0.2, y=0.45, shoulder_width=0.3)
FRAMES = 20

scenes = st.builds(
    Scene,
    aspect=st.sampled_from([4 / 3, 1.5, 16 / 9]),
    x=st.floats(-0.3, 0.3),
    y=st.floats(0.3, 0.8),
    shoulder_width=st.floats(0.15, 0.6),
)


def row(signer: str = "", *, split: str = "train", aspect: float | None = None) -> IndexRow:
    return IndexRow(gloss="go", label=0, split=split, signer=signer, aspect=aspect)


def features(scene: Scene, seed: int) -> Array:
    """Of somebody who moves both hands below the shoulders; sizes follow those of the shoulders."""
    random = np.random.default_rng(seed)
    size = scene.shoulder_width / USUAL.shoulder_width
    hands = np.zeros((FRAMES, 2, 21, 2))
    for side, hand in enumerate((mirrored(right_hand(random)), right_hand(random))):
        path = np.cumsum(random.uniform(-0.02, 0.02, (FRAMES, 1, 2)), axis=0)
        path += np.array([(0.2, -0.2)[side], 0.25])
        places = (hand[:, :2] - hand[:1, :2] + path) * size + (scene.x, scene.y)
        hands[:, side] = places / (scene.aspect, 1) + (0.5, 0)
    return scene_features(hands, np.ones((FRAMES, 2), np.bool_))


@pytest.fixture(scope="module")
def finder() -> SceneFinder:
    clips = [
        (row(signer, aspect=scene.aspect), features(scene, seed))
        for signer, scene in (("1", NARROW), ("2", WIDE))
        for seed in range(12)
    ]
    return SceneFinder({"1": NARROW, "2": WIDE}, clips)


def test_the_clips_of_a_signer_share_a_scene(finder: SceneFinder) -> None:
    assert finder.scene(row("2", split="test", aspect=WIDE.aspect), features(NARROW, 99)) == WIDE


@pytest.mark.parametrize("scene", [NARROW, WIDE])
@pytest.mark.parametrize("seed", [50, 51, 52])
def test_a_stranger_has_the_scene_of_those_whose_hands_look_alike(finder: SceneFinder, scene: Scene, seed: int) -> None:
    assert finder.scene(row(split="val"), features(scene, seed)) == pytest.approx(scene)


def test_proportions_that_nobody_wrote_down_are_the_signers_too(finder: SceneFinder) -> None:
    assert finder.scene(row("2"), features(NARROW, 99)) == WIDE


@given(scenes, st.integers(0, 100))
def test_whoever_is_compared_stands_within_the_range_of_the_others(
    finder: SceneFinder, scene: Scene, seed: int
) -> None:
    found = finder.scene(row(), features(scene, seed))
    for value, least, most in zip(found, map(min, NARROW, WIDE), map(max, NARROW, WIDE), strict=True):
        assert least <= value <= most


def test_known_proportions_are_kept(finder: SceneFinder) -> None:
    assert finder.scene(row(aspect=1.6), features(WIDE, 60)) == pytest.approx(WIDE._replace(aspect=1.6))


def test_without_anybody_to_compare_with_the_usual_scene_is_assumed() -> None:
    finder = SceneFinder({}, [(row("1", aspect=1.5), features(NARROW, 0))])
    assert finder.scene(row(), features(WIDE, 1)) == USUAL
    assert finder.scene(row("1", aspect=1.4), features(WIDE, 1)) == USUAL._replace(aspect=1.4)


@given(st.permutations(range(FRAMES)), st.lists(st.booleans(), min_size=2 * FRAMES, max_size=2 * FRAMES))
def test_features_tell_nothing_of_the_order_of_frames_and_each_hand_apart(order: list[int], flags: list[bool]) -> None:
    hands = np.random.default_rng(0).uniform(size=(FRAMES, 2, 21, 2))
    seen = np.array(flags).reshape(FRAMES, 2)
    told = scene_features(hands, seen)
    assert scene_features(hands[order], seen[order]) == pytest.approx(told)
    assert scene_features(hands[:, ::-1], seen[:, ::-1]) == pytest.approx(np.roll(told, len(told) // 2))


@given(scenes, st.lists(st.booleans(), min_size=6, max_size=6))
def test_hands_are_placed_in_the_picture_and_shoulders_in_the_scene(scene: Scene, flags: list[bool]) -> None:
    seen = np.array(flags).reshape(3, 2)
    places = np.random.default_rng(0).uniform(size=(3, 2, 21, 2)) * seen[..., None, None]
    joints = place_hands(SidedHands(places, seen), scene)
    left, right = joints[:, LEFT_SHOULDER, :2] / HEIGHT, joints[:, RIGHT_SHOULDER, :2] / HEIGHT
    assert (left + right) / 2 == pytest.approx(np.tile([scene.x + scene.aspect / 2, scene.y], (3, 1)), abs=1e-4)
    assert left - right == pytest.approx(np.tile([scene.shoulder_width, 0], (3, 1)), abs=1e-4)
    for side, part in enumerate((LEFT_HAND, RIGHT_HAND)):
        assert (joints[:, part, 2] == seen[:, side, None]).all()
        assert joints[:, part, :2] / (scene.aspect * HEIGHT, HEIGHT) == pytest.approx(places[:, side], abs=1e-4)


def test_a_hand_that_is_never_seen_is_no_error() -> None:
    nothing = scene_features(np.zeros((5, 2, 21, 2)), np.zeros((5, 2), np.bool_))
    assert nothing.shape == features(WIDE, 0).shape
    assert not nothing.any()


def holistic(*clips: tuple[str, float, float], x: float = 0.0, size: tuple[int, int] = (640, 320)) -> dict[str, Array]:
    """Clips (video_id, height of the shoulders, their width) of two frames; as in a `Scene`, and so is `x`."""
    aspect = size[0] / size[1]
    xyz = np.full((2 * len(clips), 75, 3), 8192, np.int16)
    for number, (_, y, width) in enumerate(clips):
        for pose, side in ((11, 0.5), (12, -0.5)):
            place = (0.5 + (x + side * width) / aspect, y, 0)
            xyz[2 * number : 2 * number + 2, pose] = np.round(np.array(place) * 16384)
    return {
        "xyz": xyz,
        "visibility": np.full((len(xyz), 33), 255, np.uint8),
        "length": np.full(len(clips), 2, np.int32),
        "video_id": np.array([clip[0] for clip in clips]),
        "size": np.array([size] * len(clips), np.int32),
    }


def test_a_signer_has_the_median_of_the_training_clips() -> None:
    index = {
        "a": row("1"),
        "b": row("1"),
        "c": row("1"),
        "d": row("1", split="test"),
        "e": row("2", split="test"),
        "f": row("3"),
    }
    clips = holistic(
        ("a", 0.4, 0.3), ("b", 0.5, 0.4), ("c", 0.9, 0.45), ("d", 0.1, 0.8), ("e", 0.5, 0.4), ("f", 0.5, 0.01)
    )
    scenes = scenes_of_signers(clips, index)
    # Signer 3 has no shoulders to speak of: something else was taken for a body.
    assert set(scenes) == {"1"}
    assert scenes["1"] == pytest.approx((2.0, 0.0, 0.5, 0.4), abs=1e-3)


@given(scenes)
def test_a_scene_is_read_from_the_shoulders_whatever_the_pictures_proportions(scene: Scene) -> None:
    clips = holistic(("a", scene.y, scene.shoulder_width), x=scene.x, size=(round(scene.aspect * 720), 720))
    assert scenes_of_signers(clips, {"a": row("1")})["1"] == pytest.approx(scene, abs=1e-3)


def test_bodies_that_are_not_seen_do_not_count() -> None:
    clips = holistic(("a", 0.4, 0.3), ("b", 0.5, 0.4))
    clips["visibility"][:2] = 50
    clips["xyz"][3] = -32768
    assert scenes_of_signers(clips, {"a": row("1"), "b": row("1")})["1"].y == pytest.approx(0.5, abs=1e-3)
    clips["visibility"][:] = 50
    assert scenes_of_signers(clips, {"a": row("1"), "b": row("1")}) == {}
