"""What a checkpoint is as a file; that a run goes on from it is in test_interruption.py."""

import stat
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import UserFacingError
from engine.training.checkpoint import Position, RunState, load_checkpoint, save_checkpoint

MAPPED = Path("/proc/self/maps")


def run_state() -> RunState:
    network = nn.Linear(2, 2)
    optimiser = torch.optim.AdamW(network.parameters())
    network(torch.ones(2)).sum().backward()
    optimiser.step()
    return RunState({"network": network}, optimiser, torch.amp.GradScaler(enabled=False), "this run")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_checkpoint(tmp_path / "checkpoint.safetensors", run_state(), Position(epoch=3, step=5))
    return tmp_path / "checkpoint.safetensors"


def test_a_run_finds_where_it_was(path: Path) -> None:
    position = load_checkpoint(path, run_state())
    assert (position.epoch, position.step) == (3, 5)


@pytest.mark.skipif(not MAPPED.exists(), reason="this system does not list what is mapped")
def test_nothing_stays_mapped_from_a_checkpoint_that_was_read_so_that_windows_lets_it_be_replaced(path: Path) -> None:
    resumed = run_state()
    load_checkpoint(path, resumed)
    assert resumed.optimiser.state_dict()["state"]
    assert str(path) not in MAPPED.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_whoever_may_read_what_else_is_written_there_may_read_a_checkpoint(path: Path) -> None:
    plain = path.with_name("plain.txt")
    plain.write_text("")
    assert stat.filemode(path.stat().st_mode) == stat.filemode(plain.stat().st_mode)


def test_a_checkpoint_that_cannot_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="cannot be read"):
        load_checkpoint(tmp_path, run_state())  # a folder stands for whatever the system refuses to read
