"""The window's command line."""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.settings import DEVICES
from engine.command_line import CommandLine


@dataclass(frozen=True, slots=True)
class Options:
    """What the window was started with.

    Attributes:
        source: `camera:N`, `demo` or a path; None for what was watched last, at first the first camera.
        model: name or folder; None for the one that was used last, at first the one that comes along.
        device: one of `DEVICES`; None for the one that was used last, at first "auto".
        exit_after: seconds after which the window closes; None for when the user does.
        screenshot: where a picture of the window is written when it closes.
    """

    source: str | None = None
    model: str | None = None
    device: str | None = None
    exit_after: float | None = None
    screenshot: Path | None = None


def parse_options(arguments: Sequence[str]) -> Options:
    """Read the command line, without the name of the programme.

    Raises:
        UserFacingError: an argument is unknown or its value is none.
        SystemExit: for `--help`, which has been printed.
    """
    parser = CommandLine(
        prog="main.py", description="Watches a signer and names the signs it sees.", allow_abbrev=False
    )
    parser.add_argument(
        "--source",
        metavar="camera:N|PATH|demo",
        help="what to watch; as last time unless given; camera:0@1280x720@30 asks for a size and a rate",
    )
    parser.add_argument("--model", metavar="M", help="name or folder of a model; as last time unless given")
    parser.add_argument("--device", choices=DEVICES, help="where the model runs; as last time unless given")
    parser.add_argument("--exit-after", metavar="S", type=_seconds, help="close the window after S seconds")
    parser.add_argument("--screenshot", metavar="PNG", type=_png, help="write a picture of the window when it closes")
    return Options(**vars(parser.parse_args(arguments)))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _png(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{text!r} does not end in .png")
    return path
