"""Where a model runs, and on how much of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import torch

from engine.errors import UserFacingError

DEVICES: Final = ("auto", "cpu", "cuda")


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The device that was chosen, "cpu" or "cuda", and what the user should know about it."""

    device: str
    notice: str | None = None


def choose_device(wish: str = "auto") -> DeviceChoice:
    """Resolve a wish; "auto" takes the GPU where there is one and says so where there is none.

    Raises:
        UserFacingError: the wish is unknown, or asks for a GPU that is not there.
    """
    if wish not in DEVICES:
        raise UserFacingError(f"Unknown device {wish!r}: choose one of {', '.join(DEVICES)}.")
    if wish == "cpu":
        return DeviceChoice("cpu")
    if torch.cuda.is_available():
        return DeviceChoice("cuda")
    if wish == "cuda":
        raise UserFacingError("No CUDA GPU can be used here: choose the device cpu, or auto.")
    return DeviceChoice("cpu", notice="No CUDA GPU found: the CPU does the work.")


@contextmanager
def one_thread(device: str = "cpu") -> Iterator[None]:
    """Let torch use one thread of the CPU meanwhile: beside MediaPipe on two cores, two of them make both slower.

    What was set before holds again afterwards; on a GPU nothing changes.
    """
    threads = torch.get_num_threads()
    if device != "cpu" or threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
