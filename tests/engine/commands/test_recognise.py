import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.commands.reading import open_file
from engine.sources.pose_file import save_pose
from engine.sources.recording import load_recording
from engine.sources.video import VideoSource
from tests.engine.commands.conftest import Call


def test_a_file_becomes_one_json_line(call: Call, model: Path, recording: Path) -> None:
    answer = call("recognise", recording, "--model", model, "--json")
    assert answer.status == 0
    (record,) = answer.records
    assert list(record) == ["file", "frames", "top", "rejected", "timing_ms"]
    assert record["file"] == str(recording)
    assert record["frames"] == 60
    assert record["rejected"] is False
    assert set(record["timing_ms"]) == {"keypoints", "model", "total"}


def test_candidates_come_best_first_and_add_up_to_one(call: Call, model: Path, recording: Path) -> None:
    top = call("recognise", recording, "--model", model, "--json").records[0]["top"]
    probabilities = [entry["probability"] for entry in top]
    assert {entry["gloss"] for entry in top} == {"eat", "go", "who"}
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1, abs=1e-3)


def test_top_limits_the_candidates(call: Call, model: Path, recording: Path) -> None:
    assert len(call("recognise", recording, "--model", model, "--json", "--top", "2").records[0]["top"]) == 2


def test_the_same_motion_is_the_same_sign_in_either_format(call: Call, model: Path, recording: Path) -> None:
    pose = recording.with_suffix(".pose")
    save_pose(pose, load_recording(recording))
    first, second = call("recognise", recording, pose, "--model", model, "--json").records
    assert [entry["gloss"] for entry in first["top"]] == [entry["gloss"] for entry in second["top"]]
    assert [entry["probability"] for entry in first["top"]] == pytest.approx(
        [entry["probability"] for entry in second["top"]], abs=1e-2
    )


def test_people_read_a_line_a_file(call: Call, model: Path, recording: Path) -> None:
    (line,) = call("recognise", recording, "--model", model).lines
    assert line.startswith(str(recording))
    assert "%" in line
    assert "uncertain" not in line


def test_a_name_that_stdout_cannot_show_is_escaped(
    call: Call, model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ox = recording.rename(recording.with_name("牛.npz"))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    assert call("recognise", ox, "--model", model).status == 0
    assert rb"\u725b.npz" in written.getvalue()


def test_below_its_threshold_the_model_says_that_it_is_uncertain(
    call: Call, make_model: Callable[..., Path], recording: Path
) -> None:
    cautious = make_model(threshold=1.0)
    assert call("recognise", recording, "--model", cautious, "--json").records[0]["rejected"] is True
    assert "uncertain" in call("recognise", recording, "--model", cautious).lines[0]


def test_a_video_without_a_signer_is_rejected(call: Call, model: Path, empty_room: Path) -> None:
    (record,) = call("recognise", empty_room, "--model", model, "--json").records
    assert record["frames"] == 8
    assert record["rejected"] is True
    assert record["timing_ms"]["keypoints"] > 0


def test_a_bad_file_costs_one_line_and_the_status_but_not_the_other_files(
    call: Call, model: Path, recording: Path, no_video: Path, tmp_path: Path
) -> None:
    unreadable = tmp_path / ("long" * 100 + ".mp4")
    files = (tmp_path / "missing.mp4", no_video, tmp_path, unreadable, recording)
    answer = call("recognise", *files, "--model", model, "--json")
    assert answer.status == 2
    assert [record["file"] for record in answer.records] == [str(recording)]
    missing, text, folder, long = answer.complaints
    assert "missing.mp4" in missing
    assert "text.mp4" in text
    assert str(tmp_path) in folder
    assert f"{unreadable} cannot be read: " in long


def test_neither_a_camera_nor_the_demo_is_a_trimmed_clip(call: Call, model: Path) -> None:
    answer = call("recognise", "camera:0", "demo", "--model", model)
    assert answer.status == 2
    assert len(answer.complaints) == 2


@pytest.mark.parametrize("damage", ["weights.safetensors", "config.json", "labels.json"])
def test_a_damaged_model_is_refused_with_one_line(
    call: Call, model: Path, recording: Path, tmp_path: Path, damage: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(model, damaged)
    (damaged / damage).write_bytes(b"\x00damaged")
    answer = call("recognise", recording, "--model", damaged)
    assert answer.status == 2
    assert answer.lines == []
    assert len(answer.complaints) == 1


def test_an_unknown_model_is_named(call: Call, recording: Path) -> None:
    answer = call("recognise", recording, "--model", "no-such-model")
    assert answer.status == 2
    assert "no-such-model" in answer.complaints[0]


@pytest.mark.parametrize("name", ["demo", "camera:0"])
def test_a_file_that_is_called_like_another_source_is_read_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Those two never end."""
    monkeypatch.chdir(tmp_path)
    Path(name).touch()
    assert isinstance(open_file(name), VideoSource)
