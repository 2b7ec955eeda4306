"""Arguments that several commands share, and what they stand for."""

import argparse
import logging
from collections.abc import Callable
from pathlib import Path

from engine.models.folder import TrainedModel, load_model, resolve_model
from engine.recognition.devices import DEVICES, choose_device
from engine.recognition.recogniser import Recogniser

log = logging.getLogger(__name__)


def positive_integer(text: str) -> int:
    """Parse a count, for argparse."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def whole_number(text: str) -> int:
    """Parse a count that may be nothing, for argparse."""
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def seed_number(text: str) -> int:
    """Parse a seed, for argparse: as many as there are of PyTorch's."""
    number = whole_number(text)
    if number >= 2**64:
        raise ValueError
    return number


def frame_rate(lowest: float, highest: float) -> Callable[[str], float]:
    """Make what parses frames a second between two limits, for argparse."""

    def parse(text: str) -> float:
        rate = float(text)
        if not lowest <= rate <= highest:  # written so that a nan is refused
            raise ValueError
        return rate

    parse.__name__ = f"frame rate from {lowest:g} to {highest:g}"
    return parse


# As argparse calls them in its complaints.
positive_integer.__name__ = "positive integer"
whole_number.__name__ = "whole number, which is 0 or more"
seed_number.__name__ = "whole number from 0 to 2^64 - 1"


def add_recogniser_arguments(parser: argparse.ArgumentParser) -> None:
    """Let the user choose the model and where it runs."""
    parser.add_argument("--model", metavar="M", help="name or folder of a model; the one that came along unless given")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the model runs (default: %(default)s)")


def add_datasets_argument(parser: argparse.ArgumentParser, words: str) -> None:
    """Let the user name one folder of clips or more; `words` say of what kind."""
    parser.add_argument("--data", type=Path, nargs="+", action="extend", required=True, metavar="DIR", help=words)


def add_json_argument(parser: argparse.ArgumentParser) -> None:
    """Let the user choose between JSON lines and text for people."""
    parser.add_argument("--json", action="store_true", help="print JSON lines")


def load_chosen_model(arguments: argparse.Namespace) -> tuple[TrainedModel, str]:
    """Load the model that `add_recogniser_arguments` asked for; returns it with the device to run it on.

    Raises:
        UserFacingError: the model or the device cannot be used.
    """
    choice = choose_device(arguments.device)
    if choice.notice:
        log.info(choice.notice)  # nobody asked for a GPU, and results are the same without
    return load_model(resolve_model(arguments.model)), choice.device


def load_recogniser(arguments: argparse.Namespace) -> Recogniser:
    """Load the recogniser that `add_recogniser_arguments` asked for.

    Raises:
        UserFacingError: the model or the device cannot be used.
    """
    model, device = load_chosen_model(arguments)
    return Recogniser(model, device=device)
