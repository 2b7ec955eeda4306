"""The webcam set: no split, no visibility, a class for not signing."""

from pathlib import Path

import numpy as np
import pytest

from engine.data.asl_webcam import RATE, prepare_asl_webcam
from engine.data.dataset import load_dataset
from engine.data.held_out import HeldOut
from engine.errors import UserFacingError
from engine.joints import LEFT_HAND, LEFT_WRIST, NOSE, RIGHT_HAND


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Ten sequences each of two signers and two labels; left hands are missing, left wrists below the picture."""
    labels = np.repeat(["-", "Tea", "-", "Tea"], 10)
    xyz = np.random.default_rng(0).integers(100, 16000, (40 * 20, 75, 3)).astype(np.int16)
    xyz[:, 33:54] = -32768
    xyz[:, 15, 1] = 20000
    np.savez(
        tmp_path / "asl_webcam_holistic.npz",
        xyz=xyz,
        length=np.full(40, 20, np.int32),
        label=labels,
        signer=np.repeat(["signer_a", "signer_b"], 20),
    )
    return tmp_path


def test_the_last_fifth_of_what_a_signer_shows_of_a_gloss_is_validation(source: Path) -> None:
    assert prepare_asl_webcam(source, source / "out").splits == {"train": 32, "val": 8}
    dataset = load_dataset(source / "out")
    assert dataset.glosses == ("-", "tea")
    held_out = [item.name for item in dataset.clips if item.split == "val"]
    assert held_out == [f"{number:05}" for number in (8, 9, 18, 19, 28, 29, 38, 39)]


def test_a_signer_who_is_held_out_is_the_test_split(source: Path) -> None:
    prepare_asl_webcam(source, source / "out", held_out=HeldOut(("signer_b",)))
    test = load_dataset(source / "out").split("test").clips
    assert len(test) == 20
    assert {item.signer for item in test} == {"signer_b"}


def test_confidence_and_time_are_assumed(source: Path) -> None:
    prepare_asl_webcam(source, source / "out")
    clip = load_dataset(source / "out").clips[0].clip
    assert int(clip.times_ns[15]) == pytest.approx(15e9 / RATE, abs=1)
    assert clip.joints[0, NOSE, 2] > clip.joints[0, LEFT_WRIST, 2] > 0.4
    assert not clip.joints[:, LEFT_HAND].any()
    assert (clip.joints[:, RIGHT_HAND, 2] == 1).all()


def test_another_file_of_that_name_is_one_line(source: Path) -> None:
    np.savez(source / "asl_webcam_holistic.npz", xyz=np.zeros((20, 3)), length=[20], label=["a"], signer=["b"])
    with pytest.raises(UserFacingError, match="other joints"):
        prepare_asl_webcam(source, source / "out")
