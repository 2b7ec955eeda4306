"""Where a clip of hands was recorded."""

import numpy as np
import pytest

from engine.data.wlasl_index import IndexRow
from engine.data.wlasl_scenes import USUAL, Scene, SceneFinder, scene_features, scenes_of_signers
from tests.engine.data.hands import Array, mirrored, right_hand

NARROW = Scene(aspect=4 / 3, x=0.0, y=0.6, shoulder_width=0.5)
WIDE = Scene(aspect=16 / 9, x=0.2, y=0.45, shoulder_width=0.3)
FRAMES = 20


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


def test_known_proportions_are_kept(finder: SceneFinder) -> None:
    assert finder.scene(row(aspect=1.6), features(WIDE, 60)) == pytest.approx(WIDE._replace(aspect=1.6))


def test_without_anybody_to_compare_with_the_usual_scene_is_assumed() -> None:
    finder = SceneFinder({}, [(row("1", aspect=1.5), features(NARROW, 0))])
    assert finder.scene(row(), features(WIDE, 1)) == USUAL
    assert finder.scene(row("1", aspect=1.4), features(WIDE, 1)) == USUAL._replace(aspect=1.4)


def test_a_hand_that_is_never_seen_is_no_error() -> None:
    nothing = scene_features(np.zeros((5, 2, 21, 2)), np.zeros((5, 2), np.bool_))
    assert nothing.shape == features(WIDE, 0).shape
    assert not nothing.any()


def holistic(*clips: tuple[str, float, float]) -> dict[str, Array]:
    """Clips (video_id, height of the shoulders, their width) of two frames, in a picture twice as wide as high."""
    xyz = np.full((2 * len(clips), 75, 3), 8192, np.int16)
    for number, (_, y, width) in enumerate(clips):
        for pose, side in ((11, 0.5), (12, -0.5)):
            place = (0.5 + side * width / 2, y, 0)
            xyz[2 * number : 2 * number + 2, pose] = np.round(np.array(place) * 16384)
    return {
        "xyz": xyz,
        "visibility": np.full((len(xyz), 33), 255, np.uint8),
        "length": np.full(len(clips), 2, np.int32),
        "video_id": np.array([clip[0] for clip in clips]),
        "size": np.array([[640, 320]] * len(clips), np.int32),
    }


def test_a_signer_has_the_median_of_the_training_clips() -> None:
    index = {"a": row("1"), "b": row("1"), "c": row("1"), "d": row("1", split="test"), "e": row("2"), "f": row("3")}
    clips = holistic(
        ("a", 0.4, 0.3), ("b", 0.5, 0.4), ("c", 0.9, 0.45), ("d", 0.1, 0.8), ("e", 0.5, 0.4), ("f", 0.5, 0.01)
    )
    scenes = scenes_of_signers(clips, index, held_out=["2"])
    # Signer 3 has no shoulders to speak of: something else was taken for a body.
    assert set(scenes) == {"1"}
    assert scenes["1"] == pytest.approx((2.0, 0.0, 0.5, 0.4), abs=1e-3)


def test_bodies_that_are_not_seen_do_not_count() -> None:
    clips = holistic(("a", 0.4, 0.3), ("b", 0.5, 0.4))
    clips["visibility"][:2] = 50
    clips["xyz"][3] = -32768
    assert scenes_of_signers(clips, {"a": row("1"), "b": row("1")})["1"].y == pytest.approx(0.5, abs=1e-3)
    clips["visibility"][:] = 50
    assert scenes_of_signers(clips, {"a": row("1"), "b": row("1")}) == {}
