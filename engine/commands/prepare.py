"""`prepare`: a public dataset into the training format."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from engine.commands.arguments import add_json_argument, frame_rate, positive_integer
from engine.commands.output import tell_result
from engine.data.annotations.autsl import read_autsl
from engine.data.annotations.msasl import read_msasl
from engine.data.annotations.nmfs_csl import read_nmfs_csl
from engine.data.annotations.rows import Annotations
from engine.data.annotations.slr500 import read_slr500
from engine.data.annotations.wlasl import read_wlasl
from engine.data.asl_webcam import prepare_asl_webcam
from engine.data.assemble import USUAL_RATE, assemble
from engine.data.dataset import SPLITS, Prepared
from engine.data.held_out import HeldOut
from engine.data.wlasl import prepare_wlasl100
from engine.data.wlasl_hands import prepare_wlasl300, prepare_wlasl2000
from engine.errors import UserFacingError
from engine.files import make_folder
from engine.sources.recording import HIGHEST_RATE, LOWEST_RATE

NAME = "prepare"
HELP = "put a dataset into the training format"


class Preparation(Protocol):
    """Reads a dataset whose landmarks lie in `source` and writes it to `out`."""

    def __call__(self, source: Path, out: Path, *, held_out: HeldOut) -> Prepared: ...


WITH_LANDMARKS: Final[dict[str, Preparation]] = {
    "wlasl100": prepare_wlasl100,
    "wlasl300": prepare_wlasl300,
    "wlasl2000": prepare_wlasl2000,
    "asl_webcam": prepare_asl_webcam,
}
"""Datasets that come as files of landmarks."""

WITH_VIDEOS: Final[dict[str, Callable[[Path], Annotations]]] = {
    "wlasl": read_wlasl,
    "msasl": read_msasl,
    "nmfs-csl": read_nmfs_csl,
    "slr500": read_slr500,
    "autsl": read_autsl,
}
"""Datasets that come as annotations and videos: how to read the annotations. The keypoints are the user's own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("dataset", choices=sorted(WITH_LANDMARKS | WITH_VIDEOS), help="which dataset")
    parser.add_argument("--source", type=Path, required=True, help="the folder that holds its files (docs/data.md)")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument(
        "--hold-out-signers",
        nargs="+",
        action="extend",
        default=[],
        metavar="SIGNER",
        help="make all clips of these signers the test split and train on nobody of them",
    )
    parser.add_argument(
        "--spare-unknown-signers",
        action="store_true",
        help="with --hold-out-signers: train on clips of which nobody knows the signer, who may be one of them",
    )
    videos = parser.add_argument_group(f"for {', '.join(WITH_VIDEOS)}")
    videos.add_argument(
        "--keypoints",
        type=Path,
        metavar="DIR",
        help="a file of keypoints for each video: .npz or .pose as `extract` writes them, or MMPose's COCO-WholeBody "
        "JSON (default: the folder keypoints in --source)",
    )
    videos.add_argument(
        "--rate",
        type=frame_rate(LOWEST_RATE, HIGHEST_RATE),
        metavar="FPS",
        help=f"frames a second of the videos, for JSON, which does not tell (default: {USUAL_RATE:g})",
    )
    videos.add_argument("--subset", type=positive_integer, metavar="N", help="keep the first N glosses, as in WLASL100")
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Convert and say how many clips there are, and what was left out."""
    prepared = _prepare(arguments)
    splits = ", ".join(f"{prepared.splits[split]} {split}" for split in SPLITS if prepared.splits.get(split))
    tell_result(
        "\n".join([f"{arguments.out}: {prepared.clips} clips ({splits})", *prepared.notes]),
        {"out": str(arguments.out), "clips": prepared.clips, "splits": prepared.splits, "notes": prepared.notes},
        as_json=arguments.json,
    )
    return 0


def _prepare(arguments: argparse.Namespace) -> Prepared:
    name, source = arguments.dataset, arguments.source
    if arguments.spare_unknown_signers and not arguments.hold_out_signers:
        raise UserFacingError(
            "--spare-unknown-signers needs --hold-out-signers: name who is held out, or leave it out."
        )
    held_out = HeldOut(tuple(arguments.hold_out_signers), spares_unknown=arguments.spare_unknown_signers)
    if name in WITH_VIDEOS:
        annotations = WITH_VIDEOS[name](source)
        make_folder(arguments.out)
        return assemble(
            annotations,
            arguments.keypoints or source / "keypoints",
            arguments.out,
            rate=arguments.rate or USUAL_RATE,
            subset=arguments.subset,
            held_out=held_out,
        )
    if given := [option for option in ("keypoints", "rate", "subset") if getattr(arguments, option) is not None]:
        raise UserFacingError(f"--{given[0]} is not for {name}, whose landmarks come with it. Leave it out.")
    make_folder(arguments.out)
    return WITH_LANDMARKS[name](source, arguments.out, held_out=held_out)
