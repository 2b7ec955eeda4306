"""`evaluate`: accuracy of a model on the trimmed clips of a dataset."""

import argparse
from dataclasses import asdict
from pathlib import Path

from engine.commands.arguments import add_json_argument, add_recogniser_arguments, load_recogniser
from engine.commands.output import print_json
from engine.data.dataset import load_dataset
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import Accuracy, accuracy
from engine.evaluation.reliability import Abstention, abstention

NAME = "evaluate"
HELP = "measure a model's accuracy on trimmed clips"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_recogniser_arguments(parser)
    parser.add_argument("--data", type=Path, required=True, help="a folder made by `prepare`")
    parser.add_argument(
        "--split",
        nargs="+",
        action="extend",
        required=True,
        metavar="SPLIT",
        help="train, val or test; several are taken together",
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score every clip and print one line."""
    recogniser = load_recogniser(arguments)
    dataset = load_dataset(arguments.data).split(*arguments.split)
    labels = labels_for(recogniser, dataset)
    scores = score_clips(recogniser, dataset.clips)
    result = accuracy(scores, labels)
    accepted = abstention(scores, labels, threshold=recogniser.threshold)
    about = {"model": recogniser.name, "split": "+".join(dict.fromkeys(arguments.split))}
    if arguments.json:
        print_json(about | asdict(result) | asdict(accepted))
    else:
        print(_line(about["model"], about["split"], result, accepted))
    return 0


def _line(model: str, split: str, result: Accuracy, accepted: Abstention) -> str:
    right = "" if accepted.accepted_right is None else f", of which {accepted.accepted_right:.1f} % are right"
    return (
        f"{model} on {split}, {result.n} clips: "
        f"top-1 {result.top1_instance:.1f} % [{result.ci95[0]:.1f}, {result.ci95[1]:.1f}], "
        f"top-5 {result.top5_instance:.1f} %; "
        f"per class {result.top1_class:.1f} / {result.top5_class:.1f} %; "
        f"accepts {accepted.accepted:.0f} %{right}"
    )
