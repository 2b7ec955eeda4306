"""From annotations and a folder of keypoints to a dataset, by the command a researcher types."""

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from engine.__main__ import main
from engine.data import assemble
from engine.data.dataset import load_dataset
from engine.data.keypoint_files import KeypointFiles, at_uniform_rate
from engine.errors import UserFacingError
from engine.sources.pose_file import save_pose
from engine.sources.recording import save_recording
from engine.types import KeypointClip
from tests.engine.data.wholebody import person, write
from tests.engine.signers import sign


@pytest.fixture
def wlasl(tmp_path: Path) -> Path:
    """Three videos with keypoints, of each kind one, a damaged one and one without; two glosses, three signers."""

    def instance(video_id: str, split: str, signer: int) -> dict[str, object]:
        return {"video_id": video_id, "split": split, "signer_id": signer}

    entries = [
        {"gloss": "book", "instances": [instance("00001", "train", 1), instance("00002", "val", 2)]},
        {"gloss": "go", "instances": [instance(f"0000{number}", "train", 3) for number in (3, 4, 5)]},
    ]
    (tmp_path / "WLASL_v0.3.json").write_text(json.dumps(entries))
    keypoints = tmp_path / "keypoints"
    keypoints.mkdir()
    save_recording(keypoints / "00001.npz", sign(rate=30.0, start_s=4.0))
    save_pose(keypoints / "00002.pose", sign(shape=1, rate=25.0))
    write(keypoints / "results_00003.json", [[person()]] * 6)
    (keypoints / "00004.npz").write_bytes(b"PK nonsense")
    return tmp_path


def prepare(source: Path, *more: str, dataset: str = "wlasl") -> int:
    return main(["prepare", dataset, "--source", str(source), "--out", str(source / "out"), *more])


def test_every_kind_of_keypoints_is_read_and_what_is_missing_is_counted(
    wlasl: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert prepare(wlasl, "--rate", "12.5") == 0
    output = capsys.readouterr().out
    assert "3 clips (2 train, 1 val)" in output
    assert "1 of 5 videos have no keypoints" in output
    assert "1 of 4 videos have keypoints that cannot be used" in output
    assert "00004.npz is not a keypoint recording" in caplog.text
    dataset = load_dataset(wlasl / "out")
    assert dataset.glosses == ("book", "go")
    recorded, posed, mmposed = dataset.clips
    assert np.array_equal(recorded.clip.joints, sign(rate=30.0).joints)
    assert int(recorded.clip.times_ns[1]) == pytest.approx(1e9 / 30, abs=20)
    assert (posed.gloss, posed.split, posed.signer, posed.name) == ("book", "val", "2", "00002")
    assert int(mmposed.clip.times_ns[-1]) == 5 * 80_000_000


def test_what_was_prepared_is_told_in_json(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(wlasl, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["out"] == str(wlasl / "out")
    assert (told["clips"], told["splits"]) == (3, {"train": 2, "val": 1})
    assert any("1 of 5 videos have no keypoints" in note for note in told["notes"])


def test_a_subset_keeps_the_first_glosses(wlasl: Path) -> None:
    assert prepare(wlasl, "--subset", "1") == 0
    dataset = load_dataset(wlasl / "out")
    assert dataset.glosses == ("book",)
    assert len(dataset.clips) == 2


def test_signers_are_held_out(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(wlasl, "--hold-out-signers", "1") == 0
    assert "(1 train, 1 val, 1 test)" in capsys.readouterr().out


def test_a_signer_who_signs_nothing_is_told_before_any_keypoints_are_read(
    wlasl: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(assemble, "read_keypoints")
    assert prepare(wlasl, "--hold-out-signers", "9") == 2
    assert capsys.readouterr().err == "error: No clip is signed by '9', see --hold-out-signers: name some of 1, 2, 3.\n"


def test_what_could_not_be_written_is_not_read(
    wlasl: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(assemble, "read_keypoints")
    (wlasl / "out").touch()
    assert prepare(wlasl) == 2
    assert capsys.readouterr().err == f"error: Cannot write {wlasl / 'out'}: File exists. Choose another place.\n"


def test_nobody_is_spared_where_nobody_is_held_out(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(wlasl, "--spare-unknown-signers") == 2
    error = capsys.readouterr().err
    assert "--spare-unknown-signers needs --hold-out-signers" in error
    assert error.count("\n") == 1
    assert not (wlasl / "out").exists()


def test_a_number_is_no_name_of_a_clip(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    instances = [{"video_id": 69241, "split": "train", "signer_id": 1}]
    (wlasl / "WLASL_v0.3.json").write_text(json.dumps([{"gloss": "book", "instances": instances}]))
    assert prepare(wlasl) == 2
    error = capsys.readouterr().err
    assert "(video_id must be text, not 69241)" in error
    assert error.count("\n") == 1


def test_keypoints_may_lie_elsewhere(wlasl: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (wlasl / "keypoints").rename(elsewhere / "mine")
    assert prepare(wlasl) == 2
    assert prepare(wlasl, "--keypoints", str(elsewhere)) == 0


def test_no_keypoints_at_all_is_one_line(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wlasl / "none").mkdir()
    assert prepare(wlasl, "--keypoints", str(wlasl / "none")) == 2
    error = capsys.readouterr().err
    assert "None of the 5 videos has keypoints" in error
    assert error.count("\n") == 1


def test_options_that_mean_nothing_for_a_dataset_are_refused(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare(wlasl, "--subset", "3", dataset="wlasl100") == 2
    assert "--subset is not for wlasl100" in capsys.readouterr().err
    for option, value, kind in (
        ("--rate", "0", "frame rate from 1 to 1000"),
        ("--rate", "x", "frame rate from 1 to 1000"),
        ("--subset", "0", "positive integer"),
        ("--subset", "x", "positive integer"),
    ):
        assert prepare(wlasl, option, value) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"argument {option}: invalid {kind} value: {value!r}." in line


def test_clips_are_cut_out_of_whole_videos_and_trimmed_ones_are_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def clip(start: float, end: float) -> dict[str, object]:
        url = "https://www.youtube.com/watch?v=AbC-_123456"
        return {"label": 0, "clean_text": "eat", "url": url, "signer_id": 1, "start_time": start, "end_time": end}

    (tmp_path / "MSASL_train.json").write_text(json.dumps([clip(0.4, 0.8), clip(0, 1), clip(50, 60)]))
    for split in ("val", "test"):
        (tmp_path / f"MSASL_{split}.json").write_text("[]")
    whole = sign(rate=25.0)
    save_recording(tmp_path / "keypoints" / "AbC-_123456.npz", whole)
    save_recording(tmp_path / "keypoints" / "train_00001.npz", sign(shape=1))
    assert prepare(tmp_path, dataset="msasl") == 0
    cut, trimmed = (item.clip for item in load_dataset(tmp_path / "out").clips)
    assert np.array_equal(cut.joints, whole.joints[10:21])
    assert len(trimmed) == len(sign(shape=1))
    assert "train_00002: no frame lies between 50 and 60 seconds" in caplog.text


def test_files_are_found_with_their_folder_or_without(tmp_path: Path) -> None:
    for name in ("train/0001/a_color.npz", "0002/a.npz", "b.json", "0003/b.pose", "c._color.json", "c.npz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    files = KeypointFiles(tmp_path)
    assert files.find("0001/a") == files.find("0001/a_color") == tmp_path / "train/0001/a_color.npz"
    assert files.find("0002/a") == tmp_path / "0002/a.npz"
    assert files.find("a") is None
    assert files.find("0004/a") is None
    assert files.find("b") is None
    assert files.find("c") == tmp_path / "c.npz"


def test_dropped_frames_are_filled_with_the_nearest() -> None:
    joints = np.arange(4, dtype=np.float32)[:, None, None] * np.ones((4, 49, 3), np.float32)
    times = np.array([7, 8, 9, 12], np.int64) * 40_000_000
    clip, rate = at_uniform_rate(KeypointClip(joints, times, (640, 480)), rate=10.0)
    assert rate == 25.0
    assert clip.joints[:, 0, 0].tolist() == [0, 1, 2, 2, 3, 3]
    assert clip.times_ns[0] == 0


def test_one_frame_has_the_rate_that_was_given_and_absurd_times_are_one_line() -> None:
    clip = sign()
    one = KeypointClip(clip.joints[:1], clip.times_ns[:1], clip.size)
    assert at_uniform_rate(one, rate=10.0)[1] == 10.0
    far = KeypointClip(clip.joints[:3], np.array([0, 1, 2**62], np.int64), clip.size)
    with pytest.raises(UserFacingError, match=r"4\.34e-10 frames a second, which makes no sense"):
        at_uniform_rate(far, rate=10.0)
    far = KeypointClip(clip.joints[:4], np.array([0, 1, 2, 2**62], np.int64), clip.size)
    with pytest.raises(UserFacingError, match="makes no sense"):
        at_uniform_rate(far, rate=10.0)


@pytest.mark.parametrize(
    ("signers", "options", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], (), {"train": 10, "val": 2}),
        ([1, 2, 3, 4, 5, 6], ("--hold-out-signers", "6"), {"train": 8, "val": 2, "test": 2}),
        ([1] * 6, (), {"train": 10, "val": 2}),
    ],
    ids=["one of several signers", "one of those who are not held out", "one clip of each gloss"],
)
def test_a_dataset_of_ones_own_has_clips_to_calibrate_on(
    tmp_path: Path,
    signers: list[int],
    options: tuple[str, ...],
    expected: dict[str, int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    clips = {"book": "b", "go": "g"}
    entries = [
        {
            "gloss": gloss,
            "instances": [
                {"video_id": f"{letter}{take}", "split": "train", "signer_id": signer}
                for take, signer in enumerate(signers)
            ],
        }
        for gloss, letter in clips.items()
    ]
    (tmp_path / "WLASL_v0.3.json").write_text(json.dumps(entries))
    for letter in clips.values():
        for take in range(len(signers)):
            save_recording(tmp_path / "keypoints" / f"{letter}{take}.npz", sign())
    assert prepare(tmp_path, "--json", *options) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["splits"] == expected
    assert "2 training clips are for validation now, of which there were none." in told["notes"]
    assert {item.gloss for item in load_dataset(tmp_path / "out").split("val").clips} == set(clips)


def test_a_validation_split_without_keypoints_is_made_up_for(wlasl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wlasl / "keypoints" / "00002.pose").unlink()
    save_recording(wlasl / "keypoints" / "00005.npz", sign())
    assert prepare(wlasl, "--json") == 0
    assert json.loads(capsys.readouterr().out)["splits"] == {"train": 2, "val": 1}


def test_accents_that_macos_writes_apart_are_the_same_letters(tmp_path: Path) -> None:
    save_recording(tmp_path / unicodedata.normalize("NFD", "fenêtre_1.npz"), sign())
    assert KeypointFiles(tmp_path).find(unicodedata.normalize("NFC", "fenêtre_1")) is not None
