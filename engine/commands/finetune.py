"""`finetune`: train a model on labelled clips and put it into a model folder."""

import argparse
import logging
from dataclasses import asdict, replace
from pathlib import Path

from engine.commands.arguments import add_json_argument
from engine.commands.output import print_json
from engine.data.dataset import load_dataset
from engine.evaluation.isolated import calibrate, labels_for, score_clips
from engine.models.folder import Calibration, TrainedModel, save_model
from engine.recognition.devices import DEVICES, choose_device
from engine.recognition.recogniser import Recogniser
from engine.training.recipe import load_recipe
from engine.training.supervised import EpochReport, train_classifier

log = logging.getLogger(__name__)

NAME = "finetune"
HELP = "train a model on labelled clips"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--config", required=True, metavar="RECIPE", help="name or path of a recipe (.toml)")
    parser.add_argument("--data", type=Path, required=True, help="a folder made by `prepare`")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument(
        "--checkpoints", type=Path, help="where an interrupted run is kept (default: runs/<name of --out>)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to train (default: %(default)s)")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train on the split "train", calibrate on "val", write the folder."""
    recipe = load_recipe(arguments.config)
    dataset = load_dataset(arguments.data)
    choice = choose_device(arguments.device)
    if choice.notice:
        log.warning(choice.notice)
    training, held_out = dataset.split("train"), dataset.split("val")
    network = train_classifier(
        training,
        recipe,
        run=arguments.checkpoints or Path("runs") / arguments.out.name,
        seed=arguments.seed,
        device=choice.device,
        report=(lambda report: print_json(asdict(report))) if arguments.json else _print_line,
    )
    model = TrainedModel(
        name=arguments.out.name,
        glosses=dataset.glosses,
        input=recipe.input,
        calibration=Calibration(),
        network=network.cpu(),
    )
    recogniser = Recogniser(model)
    calibration = calibrate(score_clips(recogniser, held_out), labels_for(recogniser, held_out))
    save_model(arguments.out, replace(model, calibration=calibration))
    if arguments.json:
        print_json({"model": str(arguments.out)})
    else:
        print(f"Wrote {arguments.out}.")
    return 0


def _print_line(report: EpochReport) -> None:
    print(
        f"epoch {report.epoch}  loss {report.loss:.3f}  training top-1 {report.train_top1:.1%}  "
        f"rate {report.learning_rate:.1e}  {report.seconds_left / 60:.1f} min left",
        flush=True,
    )
