from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.dataset import (
    BACKGROUND,
    ClipDataset,
    LabelledClip,
    joined,
    load_dataset,
    pooled,
    save_dataset,
    with_background,
)
from engine.errors import UserFacingError
from tests.engine.signers import sign


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clips = [
        (LabelledClip(sign(shape=0, rate=30.0), "eat", "train", "7", "a"), 30.0),
        (LabelledClip(sign(shape=1, raised=12), "go", "val", "", "b"), 25.0),
    ]
    save_dataset(tmp_path / "new" / "data", ["eat", "go", "who"], clips)
    return tmp_path / "new" / "data"


def test_clips_come_back_as_they_were(folder: Path) -> None:
    dataset = load_dataset(folder)
    assert dataset.glosses == ("eat", "go", "who")
    assert dataset.labels() == [0, 1]
    first, second = dataset.clips
    assert (first.gloss, first.split, first.signer, first.name) == ("eat", "train", "7", "a")
    assert np.array_equal(first.clip.joints, sign(shape=0, rate=30.0).joints)
    assert np.allclose(first.clip.times_ns, sign(shape=0, rate=30.0).times_ns, atol=2)
    assert len(second.clip) == 32


def test_splits_are_taken_apart_and_an_empty_one_is_an_error(folder: Path) -> None:
    dataset = load_dataset(folder)
    assert [item.name for item in dataset.split("val").clips] == ["b"]
    assert len(dataset.split("train", "val").clips) == 2
    with pytest.raises(UserFacingError, match="test"):
        dataset.split("test")


def test_joining_keeps_the_first_vocabulary_and_pooling_keeps_them_all(folder: Path) -> None:
    dataset = load_dataset(folder)
    foreign = LabelledClip(sign(), "run", "train", "", "c")
    known = LabelledClip(sign(), "who", "train", "", "d")
    other = ClipDataset(("run", "who"), (foreign, known))
    assert [item.name for item in joined(dataset, other).clips] == ["a", "b", "d"]
    assert joined(dataset, other).glosses == dataset.glosses
    assert [item.name for item in pooled(dataset, other).clips] == ["a", "b", "c", "d"]
    assert pooled(dataset, other).glosses == ("eat", "go", "who", "run")
    assert pooled(dataset, other).labels() == [0, 1, 3, 2]


def test_a_missing_or_foreign_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="prepare"):
        load_dataset(tmp_path)
    (tmp_path / "clips.npz").write_bytes(b"nonsense")
    with pytest.raises(UserFacingError, match="not a dataset"):
        load_dataset(tmp_path)


def test_a_truncated_dataset_is_one_line(folder: Path) -> None:
    path = folder / "clips.npz"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UserFacingError, match="damaged"):
        load_dataset(folder)


def test_a_clip_without_frames_is_refused(tmp_path: Path) -> None:
    whole = sign()
    empty = replace(whole, joints=whole.joints[:0], times_ns=whole.times_ns[:0])
    save_dataset(tmp_path, ["eat"], [(LabelledClip(empty, "eat", "train", "", "a"), 25.0)])
    with pytest.raises(UserFacingError, match="a clip is empty"):
        load_dataset(tmp_path)


def test_a_sign_without_a_gloss_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="has no gloss"):
        save_dataset(tmp_path, ["eat", ""], [(LabelledClip(sign(), "", "train", "", "a"), 25.0)])


def test_nothing_at_all_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="no clip is left"):
        save_dataset(tmp_path, ["eat"], [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate", np.nan),
        ("rate", 1e-12),
        ("rate", 1e12),
        ("glosses", "eat"),
        ("glosses", ""),
        ("label", -1),
        ("size", np.inf),
        ("size", 0),
        ("length", "x"),
        ("joints", np.nan),
        ("joints", 1e300),
        ("joints", 1j),
        ("split", "rest"),
        ("length", 1),
    ],
)
def test_fields_that_make_no_sense_are_one_line(folder: Path, field: str, value: object) -> None:
    fields = dict(np.load(folder / "clips.npz"))
    fields[field] = np.full(fields[field].shape, value)
    np.savez(folder / "clips.npz", **fields)
    with pytest.raises(UserFacingError, match="damaged"):
        load_dataset(folder)


@pytest.mark.parametrize("number", [np.float64, np.int32])
def test_joints_in_other_numbers_are_read_as_ours(folder: Path, number: type[np.number[Any]]) -> None:
    fields = dict(np.load(folder / "clips.npz"))
    fields["joints"] = np.ones_like(fields["joints"], number)
    np.savez(folder / "clips.npz", **fields)
    for item in load_dataset(folder).clips:
        assert item.clip.joints.dtype == np.float32
        assert (item.clip.joints == 1).all()


def test_the_background_is_what_the_vocabulary_does_not_know(folder: Path) -> None:
    everything = load_dataset(folder)
    known = ClipDataset(("eat",), everything.clips[:1])
    dataset = with_background(known, everything)
    assert (dataset.vocabulary, dataset.has_background) == (("eat",), True)
    assert [(item.name, item.gloss) for item in dataset.clips] == [("a", "eat"), ("b", BACKGROUND)]
    assert dataset.labels() == [0, 1]
    assert not known.has_background
    with pytest.raises(UserFacingError, match="outside the vocabulary"):
        with_background(everything, known)


def test_a_recording_of_a_known_sign_is_no_background_under_another_gloss(folder: Path) -> None:
    first, second = load_dataset(folder).clips[:2]
    joints = np.random.default_rng(0).random(first.clip.joints.shape, np.float32) * 100
    sign = replace(first, clip=replace(first.clip, joints=joints))
    synonym = replace(sign, gloss="synonym", name="synonym")
    everything = ClipDataset(("eat", "synonym", second.gloss), (sign, synonym, second))
    dataset = with_background(ClipDataset(("eat",), (sign,)), everything)
    assert [item.name for item in dataset.clips] == ["a", "b"]
