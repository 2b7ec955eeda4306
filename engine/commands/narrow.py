"""`narrow`: make a model of a smaller vocabulary out of one of a larger, which becomes the background."""

import argparse
from pathlib import Path

from engine.data.dataset import load_dataset
from engine.evaluation.isolated import calibrated
from engine.models.folder import load_model, resolve_model, save_model
from engine.models.narrowing import narrowed

NAME = "narrow"
HELP = "make a model of a smaller vocabulary out of one of a larger"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", required=True, metavar="M", help="name or folder of the larger model")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="a folder made by `prepare`: its glosses are kept"
    )
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")


def run(arguments: argparse.Namespace) -> int:
    """Keep the glosses of the data, calibrate on its split "val", write the folder."""
    dataset = load_dataset(arguments.data)
    model = narrowed(load_model(resolve_model(arguments.model)), dataset.glosses, name=arguments.out.name)
    save_model(arguments.out, calibrated(model, dataset.split("val")))
    print(f"Wrote {arguments.out}.")
    return 0
