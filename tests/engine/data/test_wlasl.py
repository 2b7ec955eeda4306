from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.dataset import load_dataset
from engine.data.landmarks import decode_holistic
from engine.data.wlasl import prepare_wlasl100
from engine.data.wlasl_copies import DOUBLED
from engine.errors import UserFacingError
from engine.joints import LEFT_HAND, LEFT_WRIST, NOSE, RIGHT_HAND

COLUMNS = "video_id,gloss,label,split,signer_id\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two clips and a doubled one in the public layout: the right hand is missing in every second frame."""
    doubled = min(DOUBLED)
    (tmp_path / "wlasl_index.csv").write_text(
        COLUMNS + f"00001,Eat,0,train,11.0\n00002,go,1,test,4.0\n{doubled},go,1,train,4.0\n99999,who,2,train,\n"
    )
    xyz = np.random.default_rng(0).integers(0, 16384, (12, 75, 3)).astype(np.int16)
    xyz[::2, 54:] = -32768
    np.savez(
        tmp_path / "wlasl100_holistic.npz",
        xyz=xyz,
        visibility=np.full((12, 33), 204, np.uint8),
        length=np.array([4, 5, 3], np.int32),
        video_id=np.array(["00001", "00002", doubled]),
        size=np.array([[320, 240]] * 3, np.int32),
        fps=np.array([25, 30, 30], np.float32),
    )
    return tmp_path


def test_clips_get_gloss_split_signer_and_time_from_the_index(source: Path) -> None:
    outcome = prepare_wlasl100(source, source / "out")
    assert (outcome.clips, outcome.splits) == (2, {"train": 1, "test": 1})
    dataset = load_dataset(source / "out")
    assert dataset.glosses == ("eat", "go")
    assert [(item.name, item.split, item.signer) for item in dataset.clips] == [
        ("00001", "train", "11"),
        ("00002", "test", "4"),
    ]
    assert [len(item.clip) for item in dataset.clips] == [4, 5]
    assert int(dataset.clips[1].clip.times_ns[-1]) == pytest.approx(4 / 30 * 1e9, rel=1e-6)


def test_landmarks_become_pixels_and_missing_hands_zero() -> None:
    xyz = np.full((1, 75, 3), 8192, np.int16)
    xyz[0, 33:54, 0] = 4096
    xyz[0, 54:] = -32768
    joints = decode_holistic(xyz, np.full((1, 33), 255, np.uint8), size=(200, 100))[0]
    assert joints[NOSE].tolist() == [100, 50, 1]
    assert joints[LEFT_WRIST].tolist() == [100, 50, 1]
    assert (joints[LEFT_HAND, 0] == 50).all()
    assert not joints[RIGHT_HAND].any()


def test_two_labels_with_one_word_are_one_gloss(source: Path) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace("00002,go,1", "00002, eat,1"))
    prepare_wlasl100(source, source / "out")
    dataset = load_dataset(source / "out")
    assert (dataset.glosses, dataset.labels()) == (("eat",), [0, 0])


def test_two_words_with_one_label_are_two_glosses(source: Path) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace("00002,go,1", "00002,go,0"))
    prepare_wlasl100(source, source / "out")
    dataset = load_dataset(source / "out")
    assert (dataset.glosses, dataset.labels()) == (("eat", "go"), [0, 1])


def test_a_sign_without_a_gloss_is_one_line(source: Path) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace("00002,go,1", "00002, ,1"))
    with pytest.raises(UserFacingError, match="a sign has no gloss"):
        prepare_wlasl100(source, source / "out")


def test_damaged_landmarks_and_a_foreign_index_are_one_line(source: Path) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(COLUMNS + "00001,Eat,0,train,11.0\n")
    with pytest.raises(UserFacingError, match="no row for 00002"):
        prepare_wlasl100(source, source / "out")
    (source / "wlasl100_holistic.npz").write_bytes(b"PK nonsense")
    with pytest.raises(UserFacingError, match="damaged"):
        prepare_wlasl100(source, source / "out")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fps", np.array([25, np.nan, 30])),
        ("fps", np.array([25, 1e-12, 30])),
        ("fps", np.array([25, 1e12, 30])),
        ("fps", np.array(["25", "30", "30"])),
        ("fps", np.full((3, 2), 25.0)),
        ("size", np.full((3, 2), "320")),
        ("size", np.full((3, 2), np.inf)),
        ("size", np.full((3, 2), 2**40)),
        ("visibility", np.full((12, 33), "x")),
        ("visibility", np.full((12, 33), 0.8)),
    ],
)
def test_a_picture_size_a_frame_rate_or_visibility_that_makes_no_sense_is_one_line(
    source: Path, field: str, value: np.ndarray[Any, Any]
) -> None:
    fields = dict(np.load(source / "wlasl100_holistic.npz"))
    np.savez(source / "wlasl100_holistic.npz", **(fields | {field: value}))
    with pytest.raises(UserFacingError, match="a picture size or a frame rate makes no sense"):
        prepare_wlasl100(source, source / "out")


def test_an_aspect_that_makes_no_sense_is_one_line(source: Path) -> None:
    (source / "wlasl_index.csv").write_text("video_id,gloss,label,split,signer_id,aspect\n00001,eat,0,train,,nan\n")
    with pytest.raises(UserFacingError, match="not WLASL's index"):
        prepare_wlasl100(source, source / "out")


@pytest.mark.parametrize("split", ["validation", ""])
def test_a_split_that_does_not_exist_is_one_line(source: Path, split: str) -> None:
    index = source / "wlasl_index.csv"
    index.write_text(index.read_text().replace("00002,go,1,test", f"00002,go,1,{split}"))
    with pytest.raises(UserFacingError, match=rf"not WLASL's index \(there is no split '{split}'\)"):
        prepare_wlasl100(source, source / "out")
    assert not (source / "out").exists()


def test_a_folder_without_the_data_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"wlasl_index\.csv is missing"):
        prepare_wlasl100(tmp_path, tmp_path / "out")
