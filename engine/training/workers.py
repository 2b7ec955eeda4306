"""Several processes that train one network, started by torchrun: one for each GPU, or gloo processes on CPUs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import torch
from torch import distributed

from engine.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class Workers:
    """This process among its fellows; `rank` counts from 0, which is the one that writes and reports."""

    rank: int = 0
    count: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes files and reports."""
        return self.rank == 0


ALONE: Final = Workers()


@contextmanager
def joined_workers(device: str) -> Iterator[Workers]:
    """Meet the other processes of a torchrun launch; alone where there was none.

    Raises:
        UserFacingError: there is no GPU for this process.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        yield ALONE
        return
    if device == "cuda":
        torch.cuda.set_device(_own_gpu())
    distributed.init_process_group("nccl" if device == "cuda" else "gloo")
    try:
        yield Workers(rank=distributed.get_rank(), count=distributed.get_world_size())
    finally:
        distributed.destroy_process_group()


def _own_gpu() -> int:
    number, there_are = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
    if number >= there_are:
        raise UserFacingError(
            f"torchrun started more processes than this machine has GPUs, {there_are}: lower --nproc-per-node, or "
            "choose --device cpu."
        )
    return number


def gathered(rows: torch.Tensor) -> torch.Tensor:
    """The rows (N, ...) of all workers, in the order of their ranks; N may differ. Without gradients."""
    if not distributed.is_initialized():
        return rows
    counts = [torch.zeros(1, dtype=torch.long, device=rows.device) for _ in range(distributed.get_world_size())]
    distributed.all_gather(counts, torch.tensor([len(rows)], device=rows.device))
    longest = max(int(count) for count in counts)
    padded = torch.zeros(longest, *rows.shape[1:], dtype=rows.dtype, device=rows.device)
    padded[: len(rows)] = rows
    everyone = [torch.empty_like(padded) for _ in counts]
    distributed.all_gather(everyone, padded)
    return torch.cat([part[: int(count)] for part, count in zip(everyone, counts, strict=True)])


def greatest(number: int, device: str) -> int:
    """The greatest of the numbers that the workers give, and each of them must: all get the same answer."""
    if not distributed.is_initialized():
        return number
    given = torch.tensor(number, device=device)
    distributed.all_reduce(given, distributed.ReduceOp.MAX)
    return int(given)


def wait_for_all() -> None:
    """Go on when every worker has come as far as this."""
    if distributed.is_initialized():
        distributed.barrier()
