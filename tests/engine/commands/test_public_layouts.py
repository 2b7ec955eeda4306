"""From a dataset's videos, as they are published, to the training format: `extract`, then `prepare`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.data.dataset import load_dataset
from tests.engine.commands.conftest import Call

Layout = Callable[[Path], dict[str, tuple[str, str]]]
"""Writes the annotation files to a folder and tells each video's place and its gloss and split."""


def nmfs_csl(source: Path) -> dict[str, tuple[str, str]]:
    _lists(
        source, train=[f"{label}/P{take}.avi" for label in ("0003", "0700") for take in range(10)], test=["0003/Q.avi"]
    )
    (source / "dictionary.txt").write_text("3 你好\n700 谢谢\n", encoding="utf-8")
    glosses = {"0003": "你好", "0700": "谢谢"}
    train = {
        f"{label}/P{take}": (glosses[label], "val" if take == 9 else "train") for label in glosses for take in range(10)
    }
    return train | {"0003/Q": ("你好", "test")}


def slr500(source: Path) -> dict[str, tuple[str, str]]:
    (source / "dictionary.txt").write_text("000000\thello\n")
    names = {f"000000/P{signer:02}_01_00_0_color": signer for signer in range(1, 51)}
    return {name: ("hello", "test" if at > 36 else "val" if at > 33 else "train") for name, at in names.items()}


def slr500_by_lists(source: Path) -> dict[str, tuple[str, str]]:
    (source / "dictionary.txt").write_text("0 hello\n1 thanks\n")
    train = [f"000000/P{signer:02}_01_00_0_color.avi" for signer in range(1, 11)]
    _lists(source, train=train, test=["000001/P40_01_01_0_color.avi"])
    found = {
        f"000000/P{signer:02}_01_00_0_color": ("hello", "val" if signer == 10 else "train") for signer in range(1, 11)
    }
    return found | {"000001/P40_01_01_0_color": ("thanks", "test")}


def autsl(source: Path) -> dict[str, tuple[str, str]]:
    (source / "SignList_ClassId_TR_EN.csv").write_text("ClassId,TR,EN\n0,abla,sister\n1,acele,hurry\n")
    (source / "train_labels.csv").write_text("signer0_sample1,1\n")
    (source / "validation_labels.csv").write_text("signer1_sample2,0\n")
    (source / "test_labels.csv").write_text("signer2_sample3,0\n")
    return {
        "train/signer0_sample1_color": ("acele", "train"),
        "val/signer1_sample2_color": ("abla", "val"),
        "test/signer2_sample3_color": ("abla", "test"),
    }


def _lists(source: Path, *, train: list[str], test: list[str]) -> None:
    (source / "traintestlist").mkdir()
    (source / "traintestlist" / "trainlist01.txt").write_text("\n".join(train))
    (source / "traintestlist" / "testlist01.txt").write_text("\n".join(test))


@pytest.mark.parametrize(
    ("dataset", "layout"),
    [("nmfs-csl", nmfs_csl), ("slr500", slr500), ("slr500", slr500_by_lists), ("autsl", autsl)],
    ids=["nmfs-csl", "slr500", "slr500 by lists", "autsl"],
)
def test_videos_in_their_folders_find_their_labels(
    call: Call, recording: Path, tmp_path: Path, dataset: str, layout: Layout
) -> None:
    source, videos = tmp_path / "source", tmp_path / "source" / "videos"
    source.mkdir()
    expected = layout(source)
    for place in expected:
        # A recording in a video's place: what is tested is where it goes, not what the tracker finds in it.
        path = videos / f"{place}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(recording.read_bytes())
    assert call("extract", videos, "--out", source / "keypoints").status == 0
    answer = call("prepare", dataset, "--source", source, "--out", tmp_path / "out", "--json")
    assert answer.status == 0
    clips = load_dataset(tmp_path / "out").clips
    assert len(clips) == len(expected)
    assert sorted((item.gloss, item.split) for item in clips) == sorted(expected.values())
