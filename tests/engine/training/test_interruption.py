"""A run that is interrupted at any step, goes on, and ends as if nothing had been."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from engine.__main__ import main
from engine.data.dataset import save_dataset
from engine.errors import Interrupted, UserFacingError
from engine.features.model_input import InputSpec
from engine.models import config
from engine.training import loop
from engine.training.interruption import SIGNALS, Interruption
from engine.training.loop import CHECKPOINT, METRICS, Run
from engine.training.masa import MotionAwareMaskedAutoencoder, pretrain
from engine.training.progress import EpochReport, Report
from engine.training.recipe import FineTuning, Masa, PreTraining
from engine.training.schedule import Schedule
from engine.training.supervised import Classification, new_classifier, train_classifier
from tests.engine.training.tiny import ENCODER, GLOSSES, dataset, moving_dataset

ROOT = Path(__file__).parents[3]
SMALL = config.ENCODERS["small"]
WINDOW = InputSpec(frames=16, rate=12.0)
STEPS = 3
SCHEDULE = Schedule(epochs=3, batch_size=4, learning_rate=0.01, averaging=0.8)
FINE_TUNING = FineTuning(encoder="small", input=WINDOW, schedule=SCHEDULE, feature_dropout=0.3, without_ways=0.5)
PRE_TRAINING = PreTraining(encoder="small", input=WINDOW, schedule=SCHEDULE, masa=Masa(K=16, ramp=0.5))

Training = Callable[[Path], nn.Module]
AfterStep = Callable[[int, Callable[[], None]], None]


@pytest.fixture(autouse=True)
def _heeded_signals() -> Iterator[None]:
    """Whoever runs the tests in a shell's background has SIGINT ignored for them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def fine_tuned(folder: Path) -> nn.Module:
    return train_classifier(dataset(copies=4), FINE_TUNING, Run(folder, seed=3), held_out=dataset(copies=1, first=4))


def pre_trained(folder: Path) -> nn.Module:
    return pretrain(moving_dataset(copies=4), PRE_TRAINING, Run(folder, seed=3))


@pytest.fixture(autouse=True)
def tiny_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", ENCODER)


@pytest.fixture
def after_step(monkeypatch: pytest.MonkeyPatch) -> AfterStep:
    """Do something while the step of that number, counted from 1 over all runs of the test, is under way."""

    def do_after(number: int, do: Callable[[], None]) -> None:
        taken = 0

        def counted(step: Callable[[Any], None]) -> Callable[[Any], None]:
            def after(objective: Any) -> None:
                nonlocal taken
                taken += 1
                if taken == number:
                    do()
                step(objective)

            return after

        for objective in (Classification, MotionAwareMaskedAutoencoder):
            monkeypatch.setattr(objective, "after_step", counted(objective.after_step))

    return do_after


def figures(folder: Path) -> list[tuple[int, dict[str, float], float]]:
    lines = [json.loads(line) for line in (folder / METRICS).read_text().splitlines()]
    return [(line["epoch"], line["figures"], line["learning_rate"]) for line in lines]


def assert_same(one: dict[str, Tensor], other: dict[str, Tensor]) -> None:
    assert one.keys() == other.keys()
    assert [name for name, tensor in one.items() if not torch.equal(tensor, other[name])] == []


@pytest.mark.parametrize("train", [fine_tuned, pre_trained])
@pytest.mark.parametrize("step", [1, STEPS + 2, 2 * STEPS, 3 * STEPS], ids="step {}".format)
def test_a_signal_in_mid_epoch_loses_nothing(tmp_path: Path, after_step: AfterStep, train: Training, step: int) -> None:
    whole = train(tmp_path / "whole")
    after_step(step, lambda: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(Interrupted, match="the same command goes on") as stopped:
        train(tmp_path / "cut")
    assert stopped.value.signal == signal.SIGTERM
    again = 0

    def count() -> None:
        nonlocal again
        again += 1

    after_step(1, count)
    assert_same(whole.state_dict(), train(tmp_path / "cut").state_dict())
    assert again == (step < 3 * STEPS)
    assert figures(tmp_path / "cut") == figures(tmp_path / "whole")


@pytest.mark.parametrize("train", [fine_tuned, pre_trained])
def test_a_process_that_is_killed_goes_on_from_the_middle_of_an_epoch(
    tmp_path: Path, after_step: AfterStep, monkeypatch: pytest.MonkeyPatch, train: Training
) -> None:
    whole = train(tmp_path / "whole")
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", -1.0)

    def die() -> None:
        raise MemoryError

    after_step(STEPS + 2, die)
    with pytest.raises(MemoryError):
        train(tmp_path / "cut")
    with safetensors.safe_open(tmp_path / "cut" / CHECKPOINT, framework="pt") as file:
        assert (file.metadata()["epoch"], file.metadata()["step"]) == ("1", "1")
    assert_same(whole.state_dict(), train(tmp_path / "cut").state_dict())
    assert figures(tmp_path / "cut") == figures(tmp_path / "whole")


def test_a_signal_after_the_last_step_loses_nothing(tmp_path: Path) -> None:
    def train(report: Report = lambda _: None) -> nn.Module:
        return train_classifier(dataset(copies=4), FINE_TUNING, Run(tmp_path), report=report)

    def stop_at_the_end(report: EpochReport) -> None:
        if report.epoch == report.epochs:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(Interrupted, match="after the last epoch"):
        train(stop_at_the_end)
    kept = safetensors.torch.load_file(tmp_path / CHECKPOINT)
    averaged = {name.removeprefix("averaged/module."): tensor for name, tensor in kept.items()}
    learned = train().state_dict()
    assert_same(learned, {name: averaged[name] for name in learned})
    assert [epoch for epoch, *_ in figures(tmp_path)] == [1, 2, 3]


def test_a_run_that_goes_on_at_the_end_of_an_epoch_tells_no_pace_of_it(tmp_path: Path, after_step: AfterStep) -> None:
    def train(report: Report = lambda _: None) -> None:
        train_classifier(dataset(copies=4), FINE_TUNING, Run(tmp_path), report=report)

    after_step(2 * STEPS, lambda: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(Interrupted):
        train()
    told: list[EpochReport] = []
    train(told.append)
    assert [report.epoch for report in told] == [2, 3]
    assert [report.clips_per_second is None for report in told] == [True, False]
    assert [report.seconds_left is None for report in told] == [True, False]


def test_an_epoch_that_cannot_be_written_down_is_kept_in_the_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", -1.0)
    metrics = tmp_path / "cut" / METRICS

    def in_the_way(report: EpochReport) -> None:
        if report.epoch == 1:
            metrics.unlink()
            metrics.mkdir()

    def train(name: str, report: Report) -> nn.Module:
        run = Run(tmp_path / name, seed=3)
        return train_classifier(dataset(copies=4), FINE_TUNING, run, report=report)

    whole = train("whole", lambda _: None)
    with pytest.raises(UserFacingError, match=r"metrics\.jsonl: Is a directory\. Mend that: the same command goes on"):
        train("cut", in_the_way)
    metrics.rmdir()
    told: list[EpochReport] = []
    again = train("cut", told.append)
    assert [report.epoch for report in told] == [3]
    assert_same(whole.state_dict(), again.state_dict())


def test_a_checkpoint_from_before_there_were_steps_in_it_is_good(tmp_path: Path, after_step: AfterStep) -> None:
    whole = fine_tuned(tmp_path / "whole")
    after_step(STEPS, lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(Interrupted):
        fine_tuned(tmp_path / "cut")
    path = tmp_path / "cut" / CHECKPOINT
    with safetensors.safe_open(path, framework="pt") as file:
        kept = {name: file.metadata()[name] for name in ("fingerprint", "scaler")} | {"epoch": "1"}
    safetensors.torch.save_file(safetensors.torch.load_file(path), path, metadata=kept)
    assert_same(whole.state_dict(), fine_tuned(tmp_path / "cut").state_dict())


def test_weights_that_are_not_numbers_spare_the_checkpoint_in_mid_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY_S", -1.0)
    network = new_classifier(FINE_TUNING, classes=len(GLOSSES))
    gradients: list[Tensor] = []

    def spoil_the_second(gradient: Tensor) -> Tensor:
        gradients.append(gradient)
        return gradient * (torch.nan if len(gradients) == 2 else 1)

    network.head.bias.register_hook(spoil_the_second)
    with pytest.raises(UserFacingError, match="weights that are not numbers"):
        train_classifier(dataset(copies=4), FINE_TUNING, Run(tmp_path), first=network)
    kept = safetensors.torch.load_file(tmp_path / CHECKPOINT)
    assert all(bool(tensor.isfinite().all()) for tensor in kept.values())


def test_a_second_signal_acts_as_ever_and_afterwards_all_is_as_before() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with Interruption() as interruption:
        assert interruption.noted == 0
        signal.raise_signal(signal.SIGINT)
        assert interruption.noted == signal.SIGINT
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert [signal.getsignal(number) for number in SIGNALS] == before
    with Interruption():
        pass
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interruption() as interruption:
            signal.raise_signal(signal.SIGINT)
            assert interruption.noted == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_training_in_another_thread_leaves_signals_alone(tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    seen: list[Any] = []

    def train() -> None:
        recipe = replace(FINE_TUNING, schedule=replace(SCHEDULE, epochs=1))
        train_classifier(
            dataset(copies=2),
            recipe,
            Run(tmp_path),
            report=lambda _: seen.extend(signal.getsignal(number) for number in SIGNALS),
        )

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    assert seen == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
def test_a_command_that_is_terminated_goes_on_when_it_is_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(config.ENCODERS, "small", SMALL)
    monkeypatch.chdir(tmp_path)
    clips = [(item, 25.0) for item in (*dataset(copies=6).clips, *dataset(split="val", copies=1, first=6).clips)]
    save_dataset(tmp_path / "data", GLOSSES, clips)
    (tmp_path / "recipe.toml").write_text(
        'for = "finetune"\nencoder = "small"\nschedule.epochs = 8\nschedule.batch_size = 3\n'
        "input.frames = 16\ninput.rate = 12.0\n"
    )

    given = ["finetune", "--config", "recipe.toml", "--data", "data", "--device", "cpu", "--out"]
    with subprocess.Popen(
        [sys.executable, "-m", "engine", *given, "cut"],
        # Sums of as many threads as here: others round differently.
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(torch.get_num_threads())},
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("epoch 1/8")
        process.terminate()
        _, err = process.communicate()
    (line,) = err.splitlines()
    assert line.startswith("Interrupted in epoch ")
    assert process.returncode == 128 + signal.SIGTERM
    assert main([*given, "cut"]) == 0
    assert "epoch 1/8" not in capsys.readouterr().out
    assert main([*given, "whole"]) == 0
    assert_same(*(safetensors.torch.load_file(tmp_path / "runs" / name / CHECKPOINT) for name in ("whole", "cut")))
    assert figures(tmp_path / "runs" / "cut") == figures(tmp_path / "runs" / "whole")
