from pathlib import Path

import numpy as np
import pytest

from engine.errors import UserFacingError
from engine.joints import BODY, LEFT_HAND, LEFT_SHOULDER, LEFT_WRIST, RIGHT_HAND, RIGHT_SHOULDER
from engine.sources.prototypes import (
    UNSEEN,
    Prototype,
    load_prototypes,
    place_joints,
    place_prototype,
    save_prototypes,
)

Prototypes = dict[str, Prototype]


def test_prototypes_come_back_as_they_were_saved(tmp_path: Path, prototypes: Prototypes) -> None:
    path = tmp_path / "new folder" / "prototypes.npz"
    save_prototypes(path, prototypes.values())
    loaded = load_prototypes(path)
    assert list(loaded) == ["eat", "thank you", "walk"]
    for gloss, prototype in loaded.items():
        assert prototype.gloss == gloss
        assert prototype.rate == 25.0
        assert prototype.joints.dtype == np.float32
        assert np.array_equal(prototype.joints, prototypes[gloss].joints)


def test_prototypes_of_different_rates_or_one_gloss_twice_are_a_mistake(tmp_path: Path, prototypes: Prototypes) -> None:
    eat = prototypes["eat"]
    with pytest.raises(ValueError, match="rate"):
        save_prototypes(tmp_path / "p.npz", [eat, Prototype(gloss="go", joints=eat.joints, rate=30.0)])
    with pytest.raises(ValueError, match="different names"):
        save_prototypes(tmp_path / "p.npz", [eat, eat])
    with pytest.raises(ValueError, match="rate"):
        save_prototypes(tmp_path / "p.npz", [])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("glosses", np.array(["eat", "eat", "walk"])),
        ("glosses", np.array([1, 2, 3])),
        ("length", np.array([12, 13, 15], np.int32)),
        ("length", np.array([39, 0, 0], np.int32)),
        ("length", np.array([12, 13], np.int32)),
        ("joints", np.zeros((39, 49, 3), np.float32)),
        ("joints", np.zeros((39, 48, 3), np.float16)),
        ("joints", np.full((39, 49, 3), np.nan, np.float16)),
        ("rate", np.array(0, np.float32)),
        ("rate", np.array(np.nan, np.float32)),
    ],
)
def test_a_damaged_file_is_refused_with_one_line(
    tmp_path: Path, prototypes: Prototypes, field: str, value: np.ndarray
) -> None:
    path = tmp_path / "prototypes.npz"
    save_prototypes(path, prototypes.values())
    with np.load(path) as archive:
        fields = {**archive, field: value}
    np.savez(path, **fields)
    with pytest.raises(UserFacingError, match=r"prototypes\.npz is not a file of sign prototypes"):
        load_prototypes(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="does not exist"):
        load_prototypes(tmp_path / "none.npz")


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1920, 1080), (100, 100)])
def test_a_placed_prototype_stands_in_the_middle_and_keeps_its_shape(
    prototypes: Prototypes, size: tuple[int, int]
) -> None:
    eat = prototypes["eat"]
    clip = place_prototype(eat, size)
    assert clip.size == size
    assert clip.times_ns.tolist() == [number * 40_000_000 for number in range(12)]
    shoulders = clip.joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER], :2]
    assert shoulders.mean((0, 1))[0] == pytest.approx(size[0] / 2, abs=0.5)
    width = float(shoulders[0, 0, 0] - shoulders[0, 1, 0])
    assert width > 0, "the signer's left is on the right of the picture"
    hand = clip.joints[0, RIGHT_HAND]
    assert np.ptp(hand[:, 0]) / width == pytest.approx(np.ptp(eat.joints[0, RIGHT_HAND, 0]), rel=1e-3)
    assert ((hand[:, :2] >= 0) & (hand[:, :2] < size)).all()
    assert hand[:, 2].all()


def test_missing_joints_stay_missing_and_the_prototype_untouched(prototypes: Prototypes) -> None:
    joints = prototypes["eat"].joints
    before = joints.copy()
    placed = place_joints(joints, (640, 480))
    assert not placed[:, LEFT_HAND].any()
    assert np.array_equal(joints, before)


def test_a_hand_out_of_the_picture_is_missing_and_a_wrist_out_there_is_a_guess(prototypes: Prototypes) -> None:
    joints = prototypes["eat"].joints.copy()
    joints[3, RIGHT_HAND, 1] += 5
    placed = place_joints(joints, (640, 480))
    assert not placed[3, RIGHT_HAND].any()
    assert placed[2, RIGHT_HAND].any()
    assert placed[0, LEFT_WRIST, 1] > 480
    assert placed[0, LEFT_WRIST, 2] == np.float32(UNSEEN)
    assert (placed[0, BODY, 2] == 1).sum() == 6
