"""`prototypes`: the average motion of each gloss, for the demo and the vocabulary."""

import argparse
from dataclasses import replace
from pathlib import Path

from engine.commands.arguments import add_json_argument
from engine.commands.output import tell_result
from engine.data.dataset import load_dataset
from engine.errors import UserFacingError
from engine.files import make_folder
from engine.sources.prototypes import load_prototypes, save_prototypes
from engine.training.prototypes import FEWEST_RECORDINGS, average_signs

NAME = "prototypes"
HELP = "average the training clips of each gloss into a moving skeleton"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--data", type=Path, required=True, help="a folder made by `prepare`")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    parser.add_argument("--without", type=Path, metavar="FILE", help="prototypes whose glosses need no other")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Average the training split and write the file."""
    dataset = load_dataset(arguments.data).split("train")
    there = load_prototypes(arguments.without) if arguments.without else {}
    if arguments.out.is_dir():
        raise UserFacingError(f"{arguments.out} is a folder. Name a file inside it.")
    make_folder(arguments.out.parent)
    prototypes = average_signs(replace(dataset, glosses=tuple(each for each in dataset.glosses if each not in there)))
    if not prototypes:
        few = f"no gloss with {FEWEST_RECORDINGS} training recordings that are not all of one signer"
        raise UserFacingError(f"{arguments.data} has {few}: nothing to average.")
    save_prototypes(arguments.out, prototypes)
    tell_result(
        f"{arguments.out}: {len(prototypes)} prototypes of {len(dataset.glosses)} glosses",
        {"out": str(arguments.out), "prototypes": len(prototypes), "glosses": len(dataset.glosses)},
        as_json=arguments.json,
    )
    return 0
