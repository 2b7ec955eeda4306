"""`benchmark`: what each stage costs on this machine."""

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import torch

from engine.commands.arguments import add_json_argument, add_recogniser_arguments, load_chosen_model, positive_integer
from engine.commands.live_benchmark import measure_live
from engine.commands.output import print_json
from engine.commands.reading import find_keypoints
from engine.commands.timing import summarise, time_calls
from engine.features.batch import collate
from engine.features.model_input import ModelInput, model_input
from engine.keypoints.holistic import live_extractor
from engine.models.folder import TrainedModel
from engine.recognition.recogniser import Recogniser
from engine.recognition.stream import StreamRecogniser
from engine.sources import open_source
from engine.types import KeypointClip

NAME = "benchmark"
HELP = "measure the latency and throughput of each stage, alone and in the live pipeline"

FRAMES: Final = 200
"""How many frames' keypoints are timed."""
WARM_UP: Final = 5
RUNS: Final = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="?",
        default="demo",
        metavar="SOURCE",
        help="a video of a signer, played in a loop, or camera:N; without it the demo, whose keypoints are known",
    )
    add_recogniser_arguments(parser)
    parser.add_argument(
        "--seconds", type=positive_integer, default=15, help="how long the live pipeline plays (default: %(default)s)"
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    show = print_json if arguments.json else _print_row
    model, device = load_chosen_model(arguments)
    recogniser = Recogniser(model, device=device)
    if device == "cpu":
        torch.set_num_threads(1)  # as the recogniser does, which shares the cores with MediaPipe
    found = find_keypoints(open_source(arguments.source, loop=True), most=FRAMES, extractor_factory=live_extractor)
    show(_setup(arguments.source, recogniser))
    if found.keypoint_ns:
        show({"stage": "keypoints", **summarise(found.keypoint_ns[WARM_UP:])})
    for record in _measure_model(model, recogniser, _first_window(found.clip, recogniser.window_ns)):
        show(record)

    source = open_source(arguments.source, loop=True)
    live = measure_live(source, live_extractor, StreamRecogniser(recogniser), seconds=arguments.seconds)
    show({"stage": "live", **live})
    return 0


def _setup(source: str, recogniser: Recogniser) -> dict[str, Any]:
    return {
        "stage": "setup",
        "source": source,
        "model": recogniser.name,
        "device": recogniser.device,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "torch": torch.__version__,
    }


def _measure_model(model: TrainedModel, recogniser: Recogniser, window: KeypointClip) -> Iterator[dict[str, Any]]:
    """Time what follows the keypoints, each stage alone, over one full window."""
    span = (int(window.times_ns[0]), int(window.times_ns[-1]))

    def prepare() -> ModelInput:
        return model_input(collate([window], [span]).to(recogniser.device), model.input)

    frames = prepare()

    @torch.inference_mode()
    def classify() -> None:
        model.network(frames).logits.cpu()  # fetching the result waits for a GPU

    stages: dict[str, Callable[[], object]] = {
        "model input": prepare,
        "network": classify,
        "predict": lambda: recogniser.predict(window, span=span),
    }
    for name, call in stages.items():
        yield {"stage": name, **summarise(time_calls(call, runs=RUNS, warm_up=WARM_UP))}


def _first_window(clip: KeypointClip, window_ns: int) -> KeypointClip:
    inside = np.flatnonzero(clip.times_ns - clip.times_ns[0] <= window_ns)
    return KeypointClip(joints=clip.joints[inside], times_ns=clip.times_ns[inside], size=clip.size)


def _print_row(record: dict[str, Any]) -> None:
    title = f"{record['stage']:12}"
    if "per_second" in record:
        print(f"{title} median {record['median_ms']:8.2f} ms   p95 {record['p95_ms']:8.2f} ms   ", end="")
        print(f"{record['per_second']:7.1f} a second", flush=True)
        return
    print(title)
    for name, value in record.items():
        if name != "stage":
            print(f"  {name.replace('_', ' '):22} {_shown(value)}", flush=True)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    return str(value)
