"""Milliseconds of an encoder's forward pass over one window with both hands in every frame, on one CPU core.

python -m benchmarks.encoder_latency [--frames 32 64] [--rounds 50]
"""

import time

import torch

from benchmarks.bad_input import command_line, run
from engine.commands.arguments import positive_integer
from engine.features.model_input import ModelInput
from engine.joints import BODY_JOINTS, HAND_JOINTS
from engine.models.config import ENCODERS
from engine.models.encoder import MasaEncoder
from engine.spread import spread


def main() -> None:
    """Measure every size."""
    parser = command_line(__doc__)
    parser.add_argument("--frames", type=positive_integer, nargs="+", default=[32, 64])
    parser.add_argument("--rounds", type=positive_integer, default=50)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'encoder':8} {'weights':>9} {'frames':>6} {'median':>8} {'p95':>8}")
    for name, config in ENCODERS.items():
        encoder = MasaEncoder(config).eval()
        weights = sum(weight.numel() for weight in encoder.parameters())
        for frames in arguments.frames:
            times = spread(_rounds(encoder, _full_window(frames), arguments.rounds))
            assert times is not None, "at least one round"
            print(f"{name:8} {weights / 1e6:7.2f} M {frames:6d} {times.median:5.1f} ms {times.p95:5.1f} ms")


def _full_window(frames: int) -> ModelInput:
    return ModelInput(
        hands=torch.randn(1, frames, 2, HAND_JOINTS, 2),
        places=torch.randn(1, frames, 2, HAND_JOINTS, 2),
        hands_present=torch.ones(1, frames, 2, dtype=torch.bool),
        body=torch.randn(1, frames, BODY_JOINTS, 2),
        body_present=torch.ones(1, frames, BODY_JOINTS, dtype=torch.bool),
        frames_present=torch.ones(1, frames, dtype=torch.bool),
    )


@torch.inference_mode()
def _rounds(encoder: MasaEncoder, window: ModelInput, rounds: int) -> list[float]:
    """Milliseconds of each round; the first three are not counted."""
    times = []
    for _ in range(rounds + 3):
        began = time.perf_counter()
        encoder(window)
        times.append((time.perf_counter() - began) * 1e3)
    return times[3:]


if __name__ == "__main__":
    run(main)
