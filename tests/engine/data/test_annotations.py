"""The public layouts of the datasets that come as annotations and videos."""

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.data.annotations.autsl import read_autsl
from engine.data.annotations.msasl import read_msasl
from engine.data.annotations.nmfs_csl import read_nmfs_csl
from engine.data.annotations.rows import Row, Stretch, for_validation
from engine.data.annotations.slr500 import read_slr500
from engine.data.annotations.wlasl import read_wlasl
from engine.errors import UserFacingError


def test_wlasl(tmp_path: Path) -> None:
    def instance(video_id: str, split: str, signer: int) -> dict[str, object]:
        return {"video_id": video_id, "split": split, "signer_id": signer, "fps": 25, "frame_start": 1, "frame_end": -1}

    entries = [
        {"gloss": "Book", "instances": [instance("69241", "train", 118), instance("07083", "val", -1)]},
        {"gloss": "drink", "instances": [instance("17722", "train", 3), instance("17733", "test", 3)]},
    ]
    (tmp_path / "WLASL_v0.3.json").write_text(json.dumps(entries))
    annotations = read_wlasl(tmp_path)
    assert annotations.glosses == ("book", "drink")
    # 17722 is a training copy that WLASL holds twice.
    assert annotations.rows == (
        Row("69241", "book", "train", "118"),
        Row("07083", "book", "val"),
        Row("17733", "drink", "test", "3"),
    )


def test_msasl(tmp_path: Path) -> None:
    def clip(label: int, text: str, url: str, signer: int) -> dict[str, object]:
        times = {"start_time": 1.5, "end_time": 3.0, "start": 45, "end": 90, "fps": 30.0, "box": [0, 0, 1, 1]}
        return {"label": label, "clean_text": text, "url": url, "signer_id": signer, "org_text": text, **times}

    train = [
        clip(1, "Nice", "https://www.youtube.com/watch?v=AbC-_123456", 0),
        clip(0, "hello", "www.youtube.com/watch?v=zzzzzzzzzzz&t=3", 4),
    ]
    (tmp_path / "MSASL_train.json").write_text(json.dumps(train))
    (tmp_path / "MSASL_val.json").write_text(json.dumps([clip(1, "nice", "https://youtu.be/yyyyyyyyyyy", 7)]))
    (tmp_path / "MSASL_test.json").write_text(json.dumps([clip(0, "hello", "elsewhere", -1)]))
    annotations = read_msasl(tmp_path)
    assert annotations.glosses == ("hello", "nice")
    assert annotations.rows == (
        Row("train_00000", "nice", "train", "0", Stretch("AbC-_123456", 1.5, 3.0)),
        Row("train_00001", "hello", "train", "4", Stretch("zzzzzzzzzzz", 1.5, 3.0)),
        Row("val_00000", "nice", "val", "7", Stretch("yyyyyyyyyyy", 1.5, 3.0)),
        Row("test_00000", "hello", "test"),
    )


def write_lists(folder: Path, train: list[str], test: list[str]) -> None:
    (folder / "traintestlist").mkdir()
    (folder / "traintestlist" / "trainlist01.txt").write_text("\n".join(train))
    (folder / "traintestlist" / "testlist01.txt").write_text("\n".join(test))


def test_nmfs_csl(tmp_path: Path) -> None:
    write_lists(tmp_path, [f"0003/v{number}.avi 3" for number in range(10)], ["0003/w.avi", "0700/x.avi"])
    annotations = read_nmfs_csl(tmp_path)
    assert annotations.glosses == ("0003", "0700")
    assert Counter(row.split for row in annotations.rows) == {"train": 10, "test": 2}
    assert annotations.rows[0] == Row("0003/v0", "0003", "train")
    (tmp_path / "dictionary.txt").write_text("3 你好\n700 谢谢\n", encoding="utf-8")
    assert read_nmfs_csl(tmp_path).glosses == ("你好", "谢谢")


def test_slr500_by_its_names(tmp_path: Path) -> None:
    words = [f"{label:06}\tword{label}" for label in range(21)]
    (tmp_path / "dictionary.txt").write_text("\n".join(words))
    annotations = read_slr500(tmp_path)
    assert annotations.glosses == tuple(f"word{label}" for label in range(21))
    assert len(annotations.rows) == 21 * 50 * 5
    assert Row("P01_01_00_0", "word0", "train", "1") in annotations.rows
    assert Row("P37_02_00_4", "word20", "test", "37") in annotations.rows
    splits = {row.signer: row.split for row in annotations.rows}
    held_back = for_validation([row for row in annotations.rows if row.split == "train"])
    assert {row.signer for row in held_back} == {"34", "35", "36"}
    assert len(held_back) == 3 * 21 * 5
    assert sum(split == "test" for split in splits.values()) == 14


def test_slr500_by_its_lists(tmp_path: Path) -> None:
    (tmp_path / "dictionary.txt").write_text("0 hello\n1 thanks\n")
    write_lists(tmp_path, ["000000/P01_01_00_0_color.avi"], ["000001/P40_01_01_0_color.avi"])
    assert read_slr500(tmp_path).rows == (
        Row("000000/P01_01_00_0_color", "hello", "train", "1"),
        Row("000001/P40_01_01_0_color", "thanks", "test", "40"),
    )
    (tmp_path / "traintestlist" / "testlist01.txt").write_text("000007/P40_01_07_0_color.avi")
    with pytest.raises(UserFacingError, match="label 7"):
        read_slr500(tmp_path)


def test_autsl(tmp_path: Path) -> None:
    (tmp_path / "SignList_ClassId_TR_EN.csv").write_text("ClassId,TR,EN\n0,abla,sister\n1,acele,hurry\n")
    (tmp_path / "train_labels.csv").write_text("signer0_sample1,1\nsigner3_sample12,0\n")
    (tmp_path / "ground_truth.csv").write_text("sample,label\nsigner1_sample2,0\n")
    annotations = read_autsl(tmp_path)
    assert annotations.glosses == ("abla", "acele")
    assert annotations.rows == (
        Row("signer0_sample1", "acele", "train", "0"),
        Row("signer3_sample12", "abla", "train", "3"),
        Row("signer1_sample2", "abla", "val", "1"),
    )


@pytest.mark.parametrize(
    ("reader", "file", "content"),
    [
        (read_wlasl, "WLASL_v0.3.json", '[{"gloss": "a"}]'),
        (read_wlasl, "WLASL_v0.3.json", '[{"gloss": 1, "instances": []}]'),
        (read_wlasl, "WLASL_v0.3.json", '{"a": 1}'),
        (read_wlasl, "WLASL_v0.3.json", "not JSON"),
        (read_wlasl, "WLASL_v0.3.json", '[{"gloss": "a", "instances": [{"video_id": "1", "split": "dev"}]}]'),
        (read_msasl, "MSASL_train.json", '[{"label": "x", "clean_text": "a"}]'),
        (read_msasl, "MSASL_train.json", "[[]]"),
        (read_slr500, "dictionary.txt", "hello"),
        (read_autsl, "SignList_ClassId_TR_EN.csv", "a,b\n1,2\n"),
    ],
)
def test_other_content_is_one_line(tmp_path: Path, reader: object, file: str, content: str) -> None:
    (tmp_path / file).write_text(content)
    with pytest.raises(UserFacingError, match=f"{file} is not ") as caught:
        reader(tmp_path)  # type: ignore[operator]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("reader", [read_wlasl, read_msasl, read_nmfs_csl, read_slr500, read_autsl])
def test_an_empty_folder_is_one_line(tmp_path: Path, reader: object) -> None:
    with pytest.raises(UserFacingError, match="is missing"):
        reader(tmp_path)  # type: ignore[operator]


def rows(gloss: str, signers: list[str]) -> list[Row]:
    return [Row(f"{gloss}{number}", gloss, "train", signer) for number, signer in enumerate(signers)]


@pytest.mark.parametrize(
    ("training", "chosen"),
    [
        (rows("eat", [str(number) for number in range(20)]), {"eat18", "eat19"}),
        (rows("eat", ["1", "2", "3", "4", "10"]), {"eat4"}),
        (rows("eat", ["1", "2", "3", "4"] * 5), {"eat9", "eat19"}),
        (rows("eat", [""] * 19) + rows("go", [""] * 3) + rows("who", [""] * 2), {"eat9", "go2"}),
        ([], set()),
    ],
    ids=["a tenth of the signers", "one of few signers", "too few signers", "nobody knows who signs", "nothing"],
)
def test_a_part_of_the_training_clips_is_for_validation(training: list[Row], chosen: set[str]) -> None:
    assert {row.video for row in for_validation(training)} == chosen
