"""What all commands have in common."""

import argparse
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import engine.commands
from engine.__main__ import COMMANDS, main
from engine.commands import recognise
from tests.engine.commands.conftest import Call

ROOT = Path(__file__).parents[3]
FULL = Path("/dev/full")


def start(*arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "engine", *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_every_module_with_a_name_is_a_command() -> None:
    sources = {path.stem.replace("_", "-"): path.read_text() for path in Path(engine.commands.__path__[0]).glob("*.py")}
    assert {command.NAME for command in COMMANDS} == {name for name, text in sources.items() if "\nNAME = " in text}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(command.NAME in shown for command in COMMANDS)


def test_what_an_option_lists_may_be_given_in_several_goes() -> None:
    """Or what came first would be dropped without a word: the signers to hold out, the second dataset."""
    listing = []
    for command in COMMANDS:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        listing += [action for action in parser._actions if action.option_strings and action.nargs in ("+", "*")]
    assert {option for action in listing for option in action.option_strings} >= {"--data", "--hold-out-signers"}
    for action in listing:
        assert type(action) is argparse._ExtendAction, action.option_strings


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ""),
        (["dance"], ""),
        (["recognise"], " recognise"),
        (["recognise", "a.mp4", "--top", "0"], " recognise"),
        (["prepare", "wlasl", "--source", ".", "--out", "out", "--rate", "fast"], " prepare"),
    ],
)
def test_a_senseless_command_line_costs_one_line(call: Call, arguments: list[str], asked: str) -> None:
    answer = call(*arguments)
    assert (answer.status, answer.lines, len(answer.complaints)) == (2, [], 1)
    assert answer.complaints[0].startswith("error: ")
    assert answer.complaints[0].endswith(f"See python -m engine{asked} --help.")


def test_that_the_cpu_does_the_work_is_told_to_whoever_wants_to_know_more(
    call: Call, model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with caplog.at_level(logging.INFO):
        assert call("recognise", recording, "--model", model).status == 0
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("INFO", "No CUDA GPU found: the CPU does the work.")
    ]


def test_control_c_exits_cleanly(call: Call, monkeypatch: pytest.MonkeyPatch, recording: Path) -> None:
    def interrupted(arguments: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(recognise, "run", interrupted)
    answer = call("recognise", recording)
    assert (answer.status, answer.lines, answer.complaints) == (130, [], [])


def test_stderr_holds_one_line_and_no_native_chatter(model: Path, empty_room: Path, no_video: Path) -> None:
    with start("recognise", empty_room, no_video, "--model", model, "--device", "cpu", "--json") as process:
        out, err = process.communicate()
    assert process.returncode == 2
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 1
    assert "text.mp4" in err


def test_a_reader_that_goes_away_is_no_error(model: Path, recording: Path) -> None:
    with start("recognise", *[recording] * 3, "--model", model, "--device", "cpu", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_a_disk_without_room_for_the_results_costs_one_line(
    model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["recognise", *[str(recording)] * 2, "--model", str(model), "--json"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "error: The results cannot be written: No space left on device. Send them elsewhere."


def test_nobody_needs_to_read_the_results(
    model: Path, recording: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["recognise", str(recording), "--model", str(model)]) == 0
    assert capsys.readouterr().err == ""
