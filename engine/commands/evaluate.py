"""`evaluate`: accuracy of a model on the trimmed clips of a dataset."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from engine.data.dataset import load_dataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import Accuracy, accuracy
from engine.models.folder import resolve_model
from engine.recognition.devices import DEVICES
from engine.recognition.recogniser import Recogniser

NAME = "evaluate"
HELP = "measure a model's accuracy on trimmed clips"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", help="name or folder of a model; without it, the default")
    parser.add_argument("--data", type=Path, required=True, help="a folder made by `prepare`")
    parser.add_argument(
        "--split",
        nargs="+",
        action="extend",
        required=True,
        metavar="SPLIT",
        help="train, val or test; several are taken together",
    )
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the model runs")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Score every clip and print one line."""
    recogniser = Recogniser.load(resolve_model(arguments.model), device=arguments.device)
    dataset = load_dataset(arguments.data).split(*arguments.split)
    labels = labels_for(recogniser, dataset)
    result = accuracy(score_clips(recogniser, dataset), labels)
    about = {"model": recogniser.name, "split": "+".join(dict.fromkeys(arguments.split))}
    print(json.dumps(about | asdict(result)) if arguments.json else _line(about["model"], about["split"], result))
    return 0


def _line(model: str, split: str, result: Accuracy) -> str:
    return (
        f"{model} on {split}, {result.n} clips: "
        f"top-1 {result.top1_instance:.1f} % [{result.ci95[0]:.1f}, {result.ci95[1]:.1f}], "
        f"top-5 {result.top5_instance:.1f} %; "
        f"per class {result.top1_class:.1f} / {result.top5_class:.1f} %"
    )
