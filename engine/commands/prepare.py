"""`prepare`: a public dataset into the training format."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from engine.data.wlasl import prepare_wlasl100

NAME = "prepare"
HELP = "put a dataset into the training format"

DATASETS: Final[dict[str, Callable[[Path, Path], int]]] = {"wlasl100": prepare_wlasl100}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("dataset", choices=sorted(DATASETS), help="which dataset")
    parser.add_argument("--source", type=Path, required=True, help="the folder that holds it")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")


def run(arguments: argparse.Namespace) -> int:
    """Convert and say how many clips there are."""
    count = DATASETS[arguments.dataset](arguments.source, arguments.out)
    print(f"{arguments.out}: {count} clips")
    return 0
