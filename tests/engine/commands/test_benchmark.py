from pathlib import Path

import pytest

from engine.commands import benchmark
from engine.commands.timing import summarise, time_calls
from tests.engine.commands.conftest import Call


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in (("FRAMES", 10), ("RUNS", 2), ("WARM_UP", 1)):
        monkeypatch.setattr(benchmark, name, number)


def test_every_stage_is_measured(call: Call, model: Path, empty_room: Path) -> None:
    answer = call("benchmark", empty_room, "--model", model, "--seconds", "1", "--json")
    assert answer.status == 0
    records = {record["stage"]: record for record in answer.records}
    assert list(records) == ["setup", "keypoints", "model input", "network", "predict", "live"]
    assert records["setup"]["model"] == "tiny"
    assert records["predict"]["n"] == 2
    assert records["live"]["processed_per_second"] > 0
    assert set(records["live"]["delay_ms"]) == {"median", "p95"}


def test_known_keypoints_are_not_measured(call: Call, model: Path, recording: Path) -> None:
    answer = call("benchmark", recording, "--model", model, "--seconds", "1")
    assert answer.status == 0
    titles = [line.split("  ")[0] for line in answer.lines if not line.startswith(" ")]
    assert titles == ["setup", "model input", "network", "predict", "live"]


def test_a_missing_source_is_one_line(call: Call, model: Path, tmp_path: Path) -> None:
    answer = call("benchmark", tmp_path / "missing.mp4", "--model", model)
    assert (answer.status, answer.lines, len(answer.complaints)) == (2, [], 1)


def test_a_summary_tells_median_p95_and_rate() -> None:
    milliseconds = [number * 1_000_000 for number in range(1, 102)]
    assert summarise(milliseconds) == {"n": 101, "median_ms": 51.0, "p95_ms": 96.0, "per_second": 19.6}


def test_warm_up_calls_are_made_but_not_counted() -> None:
    calls: list[None] = []
    assert len(time_calls(lambda: calls.append(None), runs=4, warm_up=3)) == 4
    assert len(calls) == 7
