"""Two processes on CPUs (gloo), as torchrun starts them."""

import os
from collections import Counter
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import multiprocessing

from engine.models import config
from engine.training.batches import DeviceClips
from engine.training.loop import METRICS, Run
from engine.training.masa import pretrain
from engine.training.recipe import Masa, PreTraining
from engine.training.schedule import Schedule
from engine.training.workers import gathered, joined_workers
from tests.engine.training.tiny import ENCODER, dataset, moving_dataset


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


def test_two_processes_end_with_the_same_weights_and_one_report(tmp_path: Path) -> None:
    port = 20_000 + os.getpid() % 20_000
    multiprocessing.spawn(_work, args=(str(port), str(tmp_path)), nprocs=2)
    one, other = (safetensors.torch.load_file(tmp_path / f"{rank}.safetensors") for rank in range(2))
    assert set(one) == set(other)
    for name, tensor in one.items():
        torch.testing.assert_close(tensor, other[name], atol=0, rtol=0)
    assert len((tmp_path / METRICS).read_text().splitlines()) == 2


def _work(rank: int, port: str, folder: str) -> None:
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    torch.set_num_threads(1)
    config.ENCODERS["small"] = ENCODER
    recipe = PreTraining(
        encoder="small", schedule=Schedule(epochs=2, batch_size=4, averaging=0.5), masa=Masa(K=8, decoder_blocks=1)
    )
    with joined_workers("cpu") as workers:
        assert gathered(torch.full((rank + 1, 1), float(rank))).flatten().tolist() == [0.0, 1.0, 1.0]
        encoder = pretrain(moving_dataset(copies=2), recipe, Run(Path(folder), workers=workers))
        learned = {name: weight.detach().contiguous() for name, weight in encoder.named_parameters()}
        safetensors.torch.save_file(learned, Path(folder) / f"{rank}.safetensors")
