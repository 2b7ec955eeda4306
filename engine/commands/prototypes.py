"""`prototypes`: the average motion of each gloss, for the demo and the vocabulary."""

import argparse
from pathlib import Path

from engine.data.dataset import load_dataset
from engine.errors import UserFacingError
from engine.sources.prototypes import PROTOTYPES, save_prototypes
from engine.training.prototypes import FEWEST_CLIPS, average_signs

NAME = "prototypes"
HELP = "average the training clips of each gloss into a moving skeleton"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--data", type=Path, required=True, help="a folder made by `prepare`")
    parser.add_argument("--out", type=Path, default=PROTOTYPES, help="the file to write")


def run(arguments: argparse.Namespace) -> int:
    """Average the training split and write the file."""
    dataset = load_dataset(arguments.data).split("train")
    prototypes = average_signs(dataset)
    if not prototypes:
        raise UserFacingError(f"{arguments.data} has no gloss with {FEWEST_CLIPS} training clips: nothing to average.")
    save_prototypes(arguments.out, prototypes)
    print(f"{arguments.out}: {len(prototypes)} prototypes of {len(dataset.glosses)} glosses")
    return 0
