"""What whoever starts a benchmark can mend costs one line."""

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

import benchmarks
from benchmarks.compare_extractors import Reference
from engine.data.wlasl import HOLISTIC_100
from engine.errors import UserFacingError

NOWHERE = "nowhere.d"
BAD_INPUT = {
    "comparison": [("--data", NOWHERE)],
    "compare_extractors": [("--clips", NOWHERE, "--data", "."), ("--clips", ".", "--data", ".")],
    "evaluation_page": [("--data", NOWHERE)],
    "hints": [("--data", NOWHERE), ("--data", ".", "--clips", ".")],
    "interface_stalls": [("--source", NOWHERE), ("--model", NOWHERE), ("--other-model", NOWHERE)],
    "joined_video": [("--clips", NOWHERE, "--out", "joined.mp4"), ("--clips", ".", "--out", "joined.mp4")],
    "personal_signs": [("--data", NOWHERE)],
    "practice_feedback": [("--data", NOWHERE)],
    "robustness": [("--data", NOWHERE), ("--data", ".", "--model", NOWHERE)],
    "startup": [("--source", NOWHERE)],
    "window_latency": [(NOWHERE,)],
    "worse_pictures": [("--clips", NOWHERE), ("--clips", ".")],
}
NEEDS_NOTHING = {"encoder_latency", "pictures"}
NO_COUNT = [
    ("comparison", "--data", ".", "--seeds", "-1"),
    ("encoder_latency", "--frames", "0"),
    ("encoder_latency", "--rounds", "0"),
    ("hints", "--data", ".", "--every", "0"),
    ("interface_stalls", "--seconds", "nan"),
    ("joined_video", "--clips", ".", "--out", "joined.mp4", "--seed", "-1"),
    ("joined_video", "--clips", ".", "--out", "joined.mp4", "--signs", "0"),
    ("personal_signs", "--data", ".", "--draws", "0"),
    ("startup", "--rounds", "0"),
    ("window_latency", NOWHERE, "--seconds", "0"),
]


def test_every_benchmark_that_reads_something_is_asked_below() -> None:
    sources = Path(benchmarks.__path__[0]).glob("*.py")
    started = {path.stem for path in sources if "__main__" in path.read_text(encoding="utf-8")}
    assert started == set(BAD_INPUT) | NEEDS_NOTHING


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize(("name", "given"), [(name, given) for name, calls in BAD_INPUT.items() for given in calls])
def test_a_missing_or_empty_folder_is_one_line(
    name: str,
    given: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(benchmarks.__path__[0]).parent))  # for those that start another process
    monkeypatch.chdir(tmp_path)
    assert complaint(name, *given, monkeypatch=monkeypatch, capfd=capfd).startswith("error: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize("given", NO_COUNT)
def test_a_count_that_makes_no_sense_is_one_line(
    given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    said = complaint(*given, monkeypatch=monkeypatch, capfd=capfd)
    assert said.startswith(f"error: argument {given[-2]}: invalid ")


def complaint(name: str, *given: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> str:
    """What a benchmark says that refuses its command line or its input: one line, with exit status 2."""
    monkeypatch.setattr(sys, "argv", [name, *given])
    with pytest.raises(SystemExit) as left:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    assert left.value.code == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_a_video_that_the_reference_lacks_is_one_line(tmp_path: Path) -> None:
    np.savez(
        tmp_path / HOLISTIC_100,
        xyz=np.zeros((2, 75, 3), np.int16),
        visibility=np.zeros((2, 33), np.uint8),
        length=np.array([2], np.int32),
        video_id=np.array(["00001"]),
        size=np.array([[640, 480]], np.int32),
        fps=np.array([25], np.float32),
    )
    reference = Reference(tmp_path)
    assert len(list(reference.frames("00001"))) == 2
    with pytest.raises(UserFacingError, match="no landmarks of video 00002"):
        list(reference.frames("00002"))
