"""`python -m engine train-segmenter`, as a researcher types it."""

from pathlib import Path

import numpy as np
import pytest

from engine.commands import train_segmenter
from engine.data.dataset import LabelledClip, save_dataset
from engine.data.streams import conditions
from engine.joints import BODY
from engine.models.segmenter import load_segmenter
from tests.engine.commands.conftest import Call
from tests.engine.signers import sign


@pytest.fixture
def signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(conditions, "IDLE_STRETCHES", 4)
    monkeypatch.setattr(conditions, "DISTRACTORS", 6)
    return saved(tmp_path / "signs", "eat", "train", "val")


def saved(folder: Path, gloss: str, *splits: str) -> Path:
    clips = [
        (LabelledClip(sign(shape=shape), gloss, split, "1", f"{split}{shape}"), 25.0)
        for split in splits
        for shape in range(3)
    ]
    save_dataset(folder, (gloss,), clips)
    return folder


def test_a_segmenter_is_trained_and_written(call: Call, signs: Path, tmp_path: Path) -> None:
    answer = call(
        "train-segmenter", "--data", signs, "--out", tmp_path / "out", "--rounds", 1, "--epochs", 2, "--ahead", 2
    )
    assert (answer.status, answer.complaints) == (0, [])
    assert [line.split()[0] for line in answer.lines] == ["epoch", "epoch", "signs", "Wrote"]
    assert load_segmenter(tmp_path / "out").network.config.ahead == 2


def test_with_json_progress_is_no_result(call: Call, signs: Path, tmp_path: Path) -> None:
    answer = call("train-segmenter", "--data", signs, "--out", tmp_path / "out", "--rounds", 1, "--epochs", 1, "--json")
    assert answer.records == [{"segmenter": str(tmp_path / "out")}]
    assert answer.complaints[0].startswith("epoch")


@pytest.mark.parametrize(
    "wrong", [("--rounds", "0"), ("--epochs", "0"), ("--others", "-1"), ("--seed", "-1"), ("--epochs", "many")]
)
def test_a_count_that_makes_no_sense_is_refused(
    call: Call, signs: Path, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    answer = call("train-segmenter", "--data", signs, "--out", tmp_path / "out", *wrong)
    assert (answer.status, len(answer.complaints)) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_an_answer_that_would_wait_for_seconds_is_refused(call: Call, signs: Path, tmp_path: Path) -> None:
    answer = call("train-segmenter", "--data", signs, "--out", tmp_path / "out", "--ahead", "50")
    assert answer.status == 2
    assert answer.complaints == ["error: An answer cannot wait for 50 frames: choose --ahead from 0 to 20."]


def test_clips_in_which_nobody_signs_are_not_taken_for_signs(call: Call, signs: Path, tmp_path: Path) -> None:
    webcam = saved(tmp_path / "webcam", "-", "train", "val")
    answer = call("train-segmenter", "--data", webcam, signs, "--out", tmp_path / "out")
    assert answer.status == 2
    assert answer.complaints == [f"error: {webcam} holds clips in which nobody signs: name a dataset of signs first."]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("split", ["train", "val"])
def test_signs_of_nobody_whose_shoulders_are_seen_are_refused(
    call: Call, signs: Path, tmp_path: Path, split: str
) -> None:
    fields = dict(np.load(signs / "clips.npz"))
    of_split = np.repeat(fields["split"] == split, fields["length"])
    fields["joints"][of_split, BODY] = 0
    np.savez(signs / "clips.npz", **fields)
    answer = call("train-segmenter", "--data", signs, "--out", tmp_path / "out")
    assert answer.status == 2
    assert answer.complaints == [
        f"error: Split {split} holds no sign made by somebody whose shoulders are seen: streams are measured by them. "
        "Name a dataset that has bodies first."
    ]
    assert not (tmp_path / "out").exists()


def test_clips_to_judge_by_are_asked_for_before_anything_is_made(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_segmenter, "make_streams", lambda *_, **__: pytest.fail("streams were made"))
    answer = call("train-segmenter", "--data", saved(tmp_path / "signs", "eat", "train"), "--out", tmp_path / "out")
    assert answer.status == 2
    assert answer.complaints == ["error: No clips in split val: choose from train."]
    assert not (tmp_path / "out").exists()
