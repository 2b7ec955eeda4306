import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.training.progress import Clock, EpochReport, JsonLines, TensorBoard


def report(epoch: int) -> EpochReport:
    return EpochReport(
        epoch=epoch,
        epochs=9,
        figures={"loss": 1.5},
        learning_rate=1e-3,
        clips_per_second=120.0,
        seconds_left=90.0,
    )


def test_the_line_tells_loss_rate_and_time_left() -> None:
    assert report(3).line() == "epoch 3/9  loss 1.500  rate 1.0e-03  120 clips/s  1.5 min left"


def test_an_epoch_of_which_nothing_was_left_to_do_has_no_pace() -> None:
    clock = Clock()
    told = replace(report(3), clips_per_second=clock.steps_a_second(), seconds_left=clock.seconds_for(6))
    assert told.line() == "epoch 3/9  loss 1.500  rate 1.0e-03"


@pytest.mark.parametrize("rest", [b'{"epoch": 4, "figu', b"\xff\x00\xfe"])
def test_a_run_that_goes_on_repeats_no_epoch_in_its_file(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "run" / "metrics.jsonl"
    write = JsonLines(path, done=0)
    for epoch in (1, 2, 3):
        write(report(epoch))
    with path.open("ab") as file:
        file.write(rest)  # the machine went down here
    write = JsonLines(path, done=2)
    write(report(3))
    assert [json.loads(line)["epoch"] for line in path.read_text().splitlines()] == [1, 2, 3]


def test_a_line_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    write = JsonLines(path, done=0)
    path.unlink()
    path.mkdir()
    with pytest.raises(UserFacingError, match=r"^Cannot write .*metrics\.jsonl: Is a directory\. .* goes on\.$"):
        write(report(1))


def test_curves_are_written_for_tensorboard(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="TensorBoard is an optional dependency")
    TensorBoard(tmp_path, done=0)(report(1))
    (events,) = tmp_path.glob("events*")
    assert b"loss" in events.read_bytes()


def test_without_tensorboard_there_is_one_line_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(UserFacingError, match="leave --tensorboard out"):
        TensorBoard(tmp_path, done=0)


def test_curves_that_cannot_be_written_are_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="TensorBoard is an optional dependency")
    (tmp_path / "run").write_text("in the way")
    with pytest.raises(UserFacingError, match=r"^Cannot write .*run: "):
        TensorBoard(tmp_path / "run", done=0)
