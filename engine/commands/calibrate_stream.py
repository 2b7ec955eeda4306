"""`calibrate-stream`: choose the threshold below which a model abstains on streams."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.commands.arguments import add_datasets_argument, add_json_argument, seed_number
from engine.commands.conditions import at_hand
from engine.commands.model_card import keep_card
from engine.commands.output import tell_result
from engine.data.dataset import load_dataset
from engine.data.streams.conditions import Condition, make_streams
from engine.data.streams.material import check_vocabulary, gather_material
from engine.errors import UserFacingError
from engine.evaluation.stream_curves import best_threshold
from engine.evaluation.stream_decoding import decode_streams
from engine.evaluation.stream_figures import BAR_RATE
from engine.files import make_folder
from engine.models.folder import TrainedModel, load_model, resolve_model, save_model
from engine.recognition.recogniser import Recogniser

NAME = "calibrate-stream"
HELP = "choose the threshold below which a model abstains on streams"

CONDITIONS: Final = (Condition.MIXED, Condition.UNKNOWN, Condition.DISTRACTORS)
"""Signs of the vocabulary, and what must not be taken for them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", required=True, metavar="M", help="name or folder of a model")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="the model folder to write (default: --model, where that is a path)",
    )
    add_datasets_argument(
        parser,
        "folders made by `prepare`: first that of the model's vocabulary, then one with others, if there is any",
    )
    parser.add_argument("--seed", type=seed_number, default=0, help="decides the streams (default: %(default)s)")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Decode streams of the split "val", take the threshold with the best F1, write it into a model folder."""
    folder = resolve_model(arguments.model)
    out = arguments.out or _own_folder(arguments.model, folder)
    model = load_model(folder)
    datasets = [load_dataset(path) for path in arguments.data]
    check_vocabulary(datasets[0], model.glosses, model=model.name)
    make_folder(out)
    material = gather_material(model.glosses, datasets, "val")
    # Whatever the model's own: pieces of a held sign are merged where they agree, and abstentions always do.
    recogniser = Recogniser(_abstaining_below(0.0, model))
    outcomes = [
        outcome
        for condition in at_hand(CONDITIONS, material)
        for outcome in decode_streams(recogniser, make_streams(condition, material, rate=BAR_RATE, seed=arguments.seed))
    ]
    threshold = best_threshold(outcomes)
    save_model(out, _abstaining_below(threshold, model))
    keep_card(out, folder)
    tell_result(
        f"{out} abstains on streams below {threshold:g}.",
        {"model": str(out), "stream_threshold": threshold},
        as_json=arguments.json,
    )
    return 0


def _abstaining_below(threshold: float, model: TrainedModel) -> TrainedModel:
    """Return the model with this threshold for streams."""
    return replace(model, calibration=replace(model.calibration, stream_threshold=threshold))


def _own_folder(name_or_path: str, folder: Path) -> Path:
    """The folder of a model that was given by its path: a name alone must not change what came along."""
    if Path(name_or_path).resolve() != folder.resolve():
        raise UserFacingError(f"{name_or_path} came along and stays as it is: name a folder to write to with --out.")
    return folder
