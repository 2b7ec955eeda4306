"""`narrow`: make a model of a smaller vocabulary out of one of a larger, which becomes the background."""

import argparse
from pathlib import Path

from engine.commands.arguments import add_datasets_argument, add_json_argument
from engine.commands.model_card import write_card
from engine.commands.output import tell_result
from engine.commands.rejection import in_vain
from engine.data.dataset import calibrating_strangers, load_dataset
from engine.errors import UserFacingError
from engine.evaluation.calibration import calibrated
from engine.files import make_folder
from engine.models.folder import load_model, resolve_model, save_model
from engine.models.narrowing import narrowed

NAME = "narrow"
HELP = "make a model of a smaller vocabulary out of one of a larger"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", required=True, metavar="M", help="name or folder of the larger model")
    add_datasets_argument(
        parser,
        "folders made by `prepare`: the first one's glosses are kept; clips of other glosses in the others calibrate "
        "what is rejected",
    )
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Keep the glosses of the first dataset, calibrate on the split "val" of all, write the folder."""
    datasets = [load_dataset(folder) for folder in arguments.data]
    first, *others = datasets
    held_out = first.split("val")
    model = narrowed(load_model(resolve_model(arguments.model)), first.glosses, name=arguments.out.resolve().name)
    unknown = calibrating_strangers(others, frozenset(first.glosses))
    if why := in_vain(arguments.data[1:], unknown, split="val"):
        raise UserFacingError(f"{why} Name another dataset, or the first one alone.")
    make_folder(arguments.out)
    model = calibrated(model, held_out, unknown)
    save_model(arguments.out, model)
    data = list(zip(arguments.data, datasets, strict=True))
    write_card(arguments.out, command=arguments.command, data=data, held_out=held_out)
    tell_result(f"Wrote {arguments.out}.", {"model": str(arguments.out)}, as_json=arguments.json)
    return 0
