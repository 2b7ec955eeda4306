"""What `pretrain` and `finetune` share: their arguments, and the run that they describe."""

import argparse
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from engine.commands.arguments import add_datasets_argument, add_json_argument, seed_number
from engine.commands.output import print_json, tell_result
from engine.files import make_folder
from engine.recognition.devices import DEVICES, choose_device
from engine.training.loop import Run
from engine.training.progress import EpochReport, Report
from engine.training.workers import joined_workers

log = logging.getLogger(__name__)


def add_training_arguments(parser: argparse.ArgumentParser, *, data: str, out: str) -> None:
    """Declare what every training command takes."""
    parser.add_argument("--config", required=True, metavar="RECIPE", help="name or path of a recipe (.toml)")
    add_datasets_argument(parser, data)
    parser.add_argument("--out", type=Path, required=True, help=out)
    parser.add_argument(
        "--checkpoints", type=Path, help="where an interrupted run is kept (default: runs/<name of --out>)"
    )
    parser.add_argument("--seed", type=seed_number, default=0, help="of all random numbers")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to train (default: %(default)s)")
    parser.add_argument("--tensorboard", action="store_true", help="write curves for TensorBoard, too")
    add_json_argument(parser)


@contextmanager
def described_run(arguments: argparse.Namespace) -> Iterator[Run]:
    """The run that the arguments describe, joined with its fellow processes if torchrun started several.

    Raises:
        UserFacingError: there is no such device, or the result could not be written.
    """
    choice = choose_device(arguments.device)
    make_folder(arguments.out)
    if choice.notice:
        log.warning(choice.notice)
    with joined_workers(choice.device) as workers:
        yield Run(
            folder=arguments.checkpoints or Path("runs") / arguments.out.resolve().name,
            seed=arguments.seed,
            device=choice.device,
            workers=workers,
            tensorboard=arguments.tensorboard,
        )


def reporter(arguments: argparse.Namespace) -> Report:
    """Prints each epoch."""

    def tell(report: EpochReport) -> None:
        if arguments.json:
            print_json(asdict(report))
        else:
            print(report.line(), flush=True)

    return tell


def announce(arguments: argparse.Namespace, **written: str) -> None:
    """Say where the result is."""
    tell_result(f"Wrote {arguments.out}.", written, as_json=arguments.json)
