from pathlib import Path

import numpy as np
import pytest

from engine.sources.pose_file import load_pose
from engine.sources.recording import load_recording
from engine.sources.session import save_session
from tests.engine.commands.conftest import Call
from tests.engine.sources.test_session import session


def test_a_video_becomes_a_recording_with_a_frame_a_picture(call: Call, empty_room: Path, tmp_path: Path) -> None:
    answer = call("extract", empty_room, "--out", tmp_path / "new", "--json")
    assert answer.status == 0
    (record,) = answer.records
    assert record["out"] == str(tmp_path / "new" / "room.npz")
    assert (record["frames"], record["left_hand_seen"], record["right_hand_seen"]) == (8, 0, 0)
    clip = load_recording(Path(record["out"]))
    assert len(clip) == 8
    assert clip.size == (160, 120)


def test_the_pose_format_holds_the_same_joints(call: Call, recording: Path, tmp_path: Path) -> None:
    answer = call("extract", recording, "--out", tmp_path, "--format", "pose")
    assert answer.status == 0
    clip, copy = load_recording(recording), load_pose(tmp_path / "sign.pose")
    np.testing.assert_allclose(copy.joints, clip.joints, atol=0.01)


def test_people_read_how_often_each_hand_was_seen(call: Call, recording: Path, tmp_path: Path) -> None:
    (line,) = call("extract", recording, "--out", tmp_path / "out").lines
    assert "60 frames" in line
    assert "left hand in 0%" in line
    assert "right hand in 50%" in line


def test_two_files_of_one_name_do_not_overwrite_each_other(call: Call, recording: Path, tmp_path: Path) -> None:
    twin = tmp_path / "other" / recording.name
    twin.parent.mkdir()
    twin.write_bytes(recording.read_bytes())
    answer = call("extract", recording, twin, "--out", tmp_path / "out", "--json")
    assert answer.status == 2
    assert [record["file"] for record in answer.records] == [str(recording)]
    assert str(twin) in answer.complaints[0]


def test_a_bad_file_leaves_nothing_behind_and_the_others_are_done(
    call: Call, recording: Path, no_video: Path, tmp_path: Path
) -> None:
    answer = call("extract", no_video, recording, "--out", tmp_path / "out")
    assert answer.status == 2
    assert len(answer.complaints) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["sign.npz"]


def test_a_folder_that_cannot_be_made_is_one_line(call: Call, recording: Path) -> None:
    answer = call("extract", recording, "--out", recording / "inside")
    assert answer.status == 2
    assert len(answer.complaints) == 1


def test_an_unknown_format_is_refused(call: Call, recording: Path, tmp_path: Path) -> None:
    answer = call("extract", recording, "--out", tmp_path, "--format", "mp4")
    assert (answer.status, len(answer.complaints)) == (2, 1)


def test_a_pose_file_is_not_overwritten_by_its_own_reduction(call: Call, recording: Path, tmp_path: Path) -> None:
    assert call("extract", recording, "--out", tmp_path, "--format", "pose").status == 0
    path = tmp_path / "sign.pose"
    before = path.read_bytes()
    (tmp_path / "folder").mkdir()
    answer = call("extract", path, "--out", tmp_path / "folder" / "..", "--format", "pose")
    assert answer.status == 2
    why = "it would be replaced by its own keypoints. Change --out."
    assert answer.complaints == [f"error: {path} was left out: {why}"]
    assert path.read_bytes() == before


def test_a_session_is_not_overwritten_by_its_own_keypoints(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "talk.npz"
    save_session(path, session())
    before = path.read_bytes()
    answer = call("extract", path, "--out", tmp_path)
    assert answer.status == 2
    assert "is a session" in answer.complaints[0]
    assert path.read_bytes() == before


def test_a_folder_is_searched_and_its_subfolders_are_kept(call: Call, recording: Path, tmp_path: Path) -> None:
    videos, out = tmp_path / "videos", tmp_path / "videos" / "keypoints"
    for place in ("0003/a.npz", "0003/deeper/b.NPZ", "0700/a.npz"):
        (videos / place).parent.mkdir(parents=True, exist_ok=True)
        (videos / place).write_bytes(recording.read_bytes())
    (videos / "0003" / "notes.txt").write_text("no video")
    answer = call("extract", videos, "--out", out, "--json")
    assert answer.status == 0
    expected = [out / "0003" / "a.npz", out / "0003" / "deeper" / "b.npz", out / "0700" / "a.npz"]
    assert [record["out"] for record in answer.records] == [str(path) for path in expected]
    assert all(len(load_recording(path)) == 60 for path in expected)


def test_a_call_that_was_interrupted_goes_on(call: Call, recording: Path, tmp_path: Path) -> None:
    videos, out = tmp_path / "videos", tmp_path / "keypoints"
    videos.mkdir()
    for name in ("a", "b", "c"):
        (videos / f"{name}.npz").write_bytes(recording.read_bytes())
    assert call("extract", videos / "b.npz", "--out", out).status == 0
    before = (out / "b.npz").stat().st_mtime_ns
    answer = call("extract", videos, "--out", out, "--skip-existing", "--json")
    assert [Path(record["file"]).name for record in answer.records] == ["a.npz", "c.npz"]
    assert answer.complaints == [f"1 of 3 files had keypoints in {out} already."]
    assert (out / "b.npz").stat().st_mtime_ns == before


def test_a_folder_without_anything_to_read_does_not_cost_the_other_files(
    call: Call, recording: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    answer = call("extract", tmp_path / "empty", recording, "--out", tmp_path / "out", "--json")
    assert (answer.status, len(answer.records)) == (2, 1)
    assert "holds no file to read: none ends in .avi" in answer.complaints[0]


@pytest.mark.parametrize("place", ["videos", "."])
def test_results_may_lie_beside_the_videos_or_above_them(
    call: Call, empty_room: Path, tmp_path: Path, place: str
) -> None:
    videos = tmp_path / "mine" / "videos"
    videos.mkdir(parents=True)
    empty_room.rename(videos / "cow.avi")
    out = tmp_path / "mine" / place
    for _ in range(2):  # what the first call writes is no video of the second
        answer = call("extract", videos, "--out", out, "--json")
        assert answer.status == 0
        assert [record["out"] for record in answer.records] == [str(out / "cow.npz")]
    answer = call("extract", videos, "--out", out, "--skip-existing")
    assert (answer.status, answer.lines) == (0, [])
    assert answer.complaints == [f"1 of 1 files had keypoints in {out} already."]


def test_keypoints_that_lie_beside_their_video_are_taken_as_they_are(
    call: Call, recording: Path, empty_room: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    recording.rename(folder / "talk.npz")
    empty_room.rename(folder / "talk.avi")
    answer = call("extract", folder, "--out", tmp_path / "out", "--json")
    assert answer.status == 0
    assert [(record["file"], record["frames"]) for record in answer.records] == [(str(folder / "talk.npz"), 60)]


def test_a_video_that_was_left_out_is_left_out_again_when_the_call_goes_on(
    call: Call, empty_room: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "videos"
    folder.mkdir()
    (folder / "a.mkv").write_bytes(empty_room.read_bytes())
    (folder / "a.avi").write_bytes(empty_room.read_bytes())
    for _ in range(2):
        answer = call("extract", folder, "--out", tmp_path / "out", "--skip-existing")
        assert answer.status == 2
        assert f"error: {folder / 'a.mkv'} was left out: another file" in answer.complaints[0]
