"""Two processes on CPUs (gloo), as torchrun starts them."""

import itertools
import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from pathlib import Path
from unittest.mock import patch

import pytest
import safetensors.torch
import torch
from torch import Tensor, distributed, multiprocessing, nn

from engine.errors import Interrupted, UserFacingError
from engine.features.model_input import InputSpec
from engine.models import config
from engine.models.classifier import SignClassifier
from engine.models.config import ModelConfig
from engine.training import loop
from engine.training.augment import Augmentation
from engine.training.batches import DeviceClips
from engine.training.loop import METRICS, Run
from engine.training.masa import MotionAwareMaskedAutoencoder, pretrain
from engine.training.precision import Precision
from engine.training.recipe import FineTuning, Masa, PreTraining
from engine.training.schedule import Schedule
from engine.training.supervised import Classification, train_classifier
from engine.training.workers import gathered, greatest, joined_workers
from tests.engine.training.tiny import ENCODER, GLOSSES, dataset, moving_dataset

WINDOW = InputSpec(frames=16, rate=12.0)
PRE_TRAINING = PreTraining(
    encoder="small", schedule=Schedule(epochs=2, batch_size=4, averaging=0.5), masa=Masa(K=8, decoder_blocks=1)
)
FINE_TUNING = FineTuning(encoder="small", input=WINDOW, schedule=Schedule(epochs=3, batch_size=4, averaging=0.5))
GRADIENT = "gradient of "
ONE_STEP = FineTuning(
    encoder="small",
    input=WINDOW,
    augmentation=Augmentation(**{strength.name: 0.0 for strength in fields(Augmentation)}),
    schedule=Schedule(epochs=1, batch_size=6, warmup=0.0, learning_rate=1e-3, averaging=0.0),
    feature_dropout=0.0,
    frame_dropout=0.0,
    label_smoothing=0.0,
)
"""Nothing of it is drawn at random but first weights and the batch, which is the whole of its data."""


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_clip_is_trained_on_once_an_epoch(workers: int) -> None:
    clips = DeviceClips(dataset(copies=3), "cpu")
    shares = [
        list(clips.shuffled(4, torch.Generator().manual_seed(7), worker=worker, workers=workers))
        for worker in range(workers)
    ]
    assert len({len(share) for share in shares}) == 1
    assert all(len(labels) >= 1 for share in shares for _, labels in share)
    # Clips of the test data differ in length, so their ends tell which one is which.
    seen = Counter(float(end) for share in shares for batch, _ in share for end in batch.end)
    everything = Counter(float(end) for batch, _ in clips.in_order(9) for end in batch.end)
    assert seen.keys() == everything.keys()
    assert all(seen[end] >= count for end, count in everything.items())
    if workers == 1:
        assert seen == everything


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two processes have trained, all of it in one launch: to start them takes longest."""
    folder = tmp_path_factory.mktemp("workers")
    # As torchrun's agent does: it holds the store on a port that is free, and the workers meet there.
    store = distributed.TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
    multiprocessing.spawn(_work, args=(str(store.port), str(folder)), nprocs=2)
    return folder


def learned(folder: Path, name: str, *, rank: int) -> dict[str, Tensor]:
    return safetensors.torch.load_file(folder / f"{name}-{rank}.safetensors")


def assert_same(one: dict[str, Tensor], other: dict[str, Tensor]) -> None:
    assert one.keys() == other.keys()
    assert [name for name, tensor in one.items() if not torch.equal(tensor, other[name])] == []


@pytest.mark.parametrize(("name", "epochs"), [("pretrain", 2), ("finetune", 3)])
def test_two_processes_end_with_the_same_weights_and_one_report(folder: Path, name: str, epochs: int) -> None:
    assert_same(learned(folder, name, rank=0), learned(folder, name, rank=1))
    lines = (folder / name / METRICS).read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == list(range(1, epochs + 1))


def test_the_keys_of_all_processes_join_the_queue_of_each(folder: Path) -> None:
    one, other, before = (learned(folder, name, rank=rank) for name, rank in (("queue", 0), ("queue", 1), ("empty", 0)))
    assert_same(one, other)
    new = (one["queue"] != before["queue"]).any(dim=1)
    assert int(new.sum()) == PRE_TRAINING.schedule.batch_size


def test_two_processes_take_the_step_that_one_would_take(folder: Path, tmp_path: Path) -> None:
    alone = dict(_first_step(Run(tmp_path)))
    gradients = {name: tensor for name, tensor in alone.items() if name.startswith(GRADIENT)}
    assert max(float(gradient.abs().max()) for gradient in gradients.values()) > 0.01
    for rank in range(2):
        together = learned(folder, "step", rank=rank)
        assert together.keys() == alone.keys()
        for name, gradient in gradients.items():
            torch.testing.assert_close(together[name], gradient, rtol=1e-3, atol=1e-6, msg=name)
            # AdamW's first step is about the gradient's sign; that of one that vanishes is rounding.
            clear = gradient.abs() > 1e-5
            weight = name.removeprefix(GRADIENT)
            torch.testing.assert_close(together[weight][clear], alone[weight][clear], rtol=1e-5, atol=1e-6, msg=weight)


def test_a_signal_to_one_process_stops_both_after_the_same_step_and_loses_nothing(folder: Path) -> None:
    assert (folder / "stopped-0").read_text() == (folder / "stopped-1").read_text() == str(int(signal.SIGTERM))
    for rank in range(2):
        assert_same(learned(folder, "cut", rank=rank), learned(folder, "finetune", rank=0))


def test_a_process_without_a_gpu_of_its_own_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("LOCAL_RANK", "1")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(UserFacingError, match="more processes than this machine has GPUs, 1:"), joined_workers("cuda"):
        pass


def _first_step(run: Run) -> Iterable[tuple[str, Tensor]]:
    """Gradients and weights after a step.

    Batch norm is replaced: each worker's has the statistics of its share of the batch, so that it cannot be the same.
    Single precision throughout, whatever the processor would choose.
    """
    torch.manual_seed(0)
    still = replace(ENCODER, dropout=0.0)
    network = SignClassifier(ModelConfig(still, classes=len(GLOSSES), input=WINDOW))
    for module in list(network.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.BatchNorm1d):
                setattr(module, name, nn.LayerNorm(child.num_features))
    with patch.object(loop, "best_precision", lambda device: Precision(device, None)):
        train_classifier(dataset(copies=2), ONE_STEP, run, first=network)
    for name, weight in network.named_parameters():
        yield name, weight
        if weight.grad is not None:
            yield GRADIENT + name, weight.grad


def _queue_after(batches: int, *, rank: int) -> Iterable[tuple[str, Tensor]]:
    """Keys of the clips that semantic alignment has seen; nothing but the objective passes any on."""
    torch.manual_seed(0)
    objective = MotionAwareMaskedAutoencoder(PRE_TRAINING)
    clips = DeviceClips(moving_dataset(copies=4), "cpu")
    order = torch.Generator().manual_seed(0)
    shares = clips.shuffled(PRE_TRAINING.schedule.batch_size, order, worker=rank, workers=2)
    for batch, labels in itertools.islice(shares, batches):
        objective(batch, labels, 1.0)
    yield "queue", objective.networks.queue


def _signal_at(step: int | None) -> Callable[[Classification], None]:
    """Asks this process to stop after so many steps."""
    steps = itertools.count(1)

    def after_step(_: Classification) -> None:
        if next(steps) == step:
            signal.raise_signal(signal.SIGTERM)

    return after_step


def _work(rank: int, port: str, name: str) -> None:
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    os.environ["TORCHELASTIC_USE_AGENT_STORE"] = "True"
    torch.set_num_threads(1)
    config.ENCODERS["small"] = ENCODER
    folder = Path(name)

    def keep(name: str, tensors: Iterable[tuple[str, Tensor]]) -> None:
        kept = {name: tensor.detach().contiguous() for name, tensor in tensors}
        safetensors.torch.save_file(kept, folder / f"{name}-{rank}.safetensors")

    with joined_workers("cpu") as workers:
        assert gathered(torch.full((rank + 1, 1), float(rank))).flatten().tolist() == [0.0, 1.0, 1.0]
        assert greatest(rank, "cpu") == 1
        keep("empty", _queue_after(0, rank=rank))
        keep("queue", _queue_after(1, rank=rank))
        training = dataset(copies=3)
        run = Run(folder / "pretrain", workers=workers)
        keep("pretrain", pretrain(moving_dataset(copies=2), PRE_TRAINING, run).named_parameters())
        run = replace(run, folder=folder / "finetune")
        keep("finetune", train_classifier(training, FINE_TUNING, run).named_parameters())
        keep("step", _first_step(replace(run, folder=folder / "step")))
        run = replace(run, folder=folder / "cut")
        try:
            with patch.object(Classification, "after_step", _signal_at(4 if rank == 1 else None)):
                train_classifier(training, FINE_TUNING, run)
        except Interrupted as stopped:
            (folder / f"stopped-{rank}").write_text(str(stopped.signal))
        keep("cut", train_classifier(training, FINE_TUNING, run).named_parameters())
