"""The arithmetic of a training step: half precision where the device is faster with it."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Precision:
    """How to compute forward passes.

    Attributes:
        device: "cpu" or "cuda".
        kind: of the matrix products; None for single precision throughout.
    """

    device: str
    kind: torch.dtype | None

    def autocast(self) -> AbstractContextManager[None]:
        """A context in which matrix products run in `kind`."""
        return nullcontext() if self.kind is None else torch.autocast(self.device, self.kind)

    def scaler(self) -> torch.amp.GradScaler:
        """Scales losses so that gradients do not vanish in float16; does nothing for other kinds."""
        return torch.amp.GradScaler(self.device, enabled=self.kind is torch.float16)


def best_precision(device: str) -> Precision:
    """bfloat16 where the device computes it in hardware, float16 on older GPUs, single precision on other CPUs."""
    if device == "cuda":
        return Precision(
            device, torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
        )
    in_hardware = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return Precision(device, torch.bfloat16 if in_hardware else None)
