"""What whoever starts a benchmark can mend costs one line."""

import runpy
import sys
from pathlib import Path

import pytest

import benchmarks

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
    monkeypatch.setattr(sys, "argv", [name, *given])
    with pytest.raises(SystemExit) as left:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    assert left.value.code == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())
