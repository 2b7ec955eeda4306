"""`prepare`: a public dataset into the training format."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from engine.data.asl_webcam import prepare_asl_webcam
from engine.data.dataset import SPLITS, Prepared
from engine.data.wlasl import prepare_wlasl100
from engine.data.wlasl_hands import prepare_wlasl300, prepare_wlasl2000

NAME = "prepare"
HELP = "put a dataset into the training format"


class Preparation(Protocol):
    """Reads a dataset whose landmarks lie in `source` and writes it to `out`."""

    def __call__(self, source: Path, out: Path, *, signers: Sequence[str]) -> Prepared: ...


WITH_LANDMARKS: Final[dict[str, Preparation]] = {
    "wlasl100": prepare_wlasl100,
    "wlasl300": prepare_wlasl300,
    "wlasl2000": prepare_wlasl2000,
    "asl_webcam": prepare_asl_webcam,
}
"""Datasets that come as files of landmarks."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("dataset", choices=sorted(WITH_LANDMARKS), help="which dataset")
    parser.add_argument("--source", type=Path, required=True, help="the folder that holds it, as it is published")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument(
        "--hold-out-signers",
        nargs="+",
        default=[],
        metavar="SIGNER",
        help="make all clips of these signers the test split and train on nobody of them",
    )


def run(arguments: argparse.Namespace) -> int:
    """Convert and say how many clips there are, and what was left out."""
    prepared = WITH_LANDMARKS[arguments.dataset](arguments.source, arguments.out, signers=arguments.hold_out_signers)
    splits = ", ".join(f"{prepared.splits[split]} {split}" for split in SPLITS if prepared.splits.get(split))
    print(f"{arguments.out}: {prepared.clips} clips ({splits})")
    for note in prepared.notes:
        print(note)
    return 0
