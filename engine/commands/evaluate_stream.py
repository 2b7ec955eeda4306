"""`evaluate-stream`: how a model does on untrimmed streams of which the truth is known. See docs/streams.md."""

import argparse
import logging
from collections.abc import Iterator, Sequence
from typing import Final

from engine.commands.arguments import (
    add_datasets_argument,
    add_json_argument,
    add_recogniser_arguments,
    frame_rate,
    load_recogniser,
    seed_number,
)
from engine.commands.conditions import at_hand
from engine.commands.stream_report import JsonReport, Report, TableReport
from engine.data.dataset import SPLITS, ClipDataset, load_dataset
from engine.data.streams.conditions import QUIET_CONDITIONS, Condition, Material, make_streams
from engine.data.streams.material import gather_material
from engine.errors import UserFacingError
from engine.evaluation.stream_curves import CurvePoint, threshold_curve
from engine.evaluation.stream_decoding import decode_streams
from engine.evaluation.stream_figures import BAR_RATE, FAST_RATE, SLOW_RATE, Measurement, bars
from engine.recognition.recogniser import Recogniser

NAME = "evaluate-stream"
HELP = "measure a model on streams made of clips: what it says, how soon, and what it ought not to say"

log = logging.getLogger(__name__)

MIXED_RATES: Final = (SLOW_RATE, 15.0, BAR_RATE, FAST_RATE)
"""Frames a second at which the mixed streams are played; the others at `BAR_RATE` alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_recogniser_arguments(parser)
    add_datasets_argument(
        parser,
        "folders made by `prepare`: first that of the model's vocabulary; one with other glosses gives unknown "
        "signs, asl_webcam the null class",
    )
    parser.add_argument("--split", choices=SPLITS, required=True, help="val to tune by, test to report")
    parser.add_argument("--seed", type=seed_number, default=0, help="decides the streams (default: %(default)s)")
    parser.add_argument(
        "--rate",
        type=frame_rate(1, 240),
        nargs="+",
        action="extend",
        metavar="FPS",
        help=f"play every condition at these frames a second (default: {BAR_RATE:g}, and mixed streams also at "
        f"{', '.join(f'{rate:g}' for rate in MIXED_RATES if rate != BAR_RATE)})",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        action="extend",
        choices=[condition.value for condition in Condition],
        metavar="CONDITION",
        help=f"measure these conditions alone: {', '.join(Condition)}",
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the streams of each condition, decode them, and print one line a condition and rate."""
    recogniser = load_recogniser(arguments)
    datasets = [load_dataset(folder) for folder in arguments.data]
    material = gather_material(recogniser.glosses, datasets, arguments.split)
    _tell_strangers(recogniser, datasets[0].split(arguments.split))
    wanted = [condition for condition in Condition if not arguments.only or condition in arguments.only]
    conditions = at_hand(wanted, material)
    if not conditions:
        raise UserFacingError("Nothing is left to measure: add a dataset that --only needs to --data.")
    about = {"model": recogniser.name, "split": arguments.split, "seed": arguments.seed}
    report: Report = JsonReport(about) if arguments.json else TableReport(about)
    measured = []
    for measurement in _measure(recogniser, material, conditions, seed=arguments.seed, rates=arguments.rate):
        report.add(measurement)
        measured.append(measurement)
    report.close(_curve(measured), bars(measured))
    return 0


def _tell_strangers(recogniser: Recogniser, signs: ClipDataset) -> None:
    signed = {item.gloss for item in signs.clips}
    if strangers := signed.difference(recogniser.glosses):
        log.warning(
            "%d of the %d glosses of the first dataset are not in the vocabulary of %s: their clips are left out.",
            len(strangers),
            len(signed),
            recogniser.name,
        )


def _measure(
    recogniser: Recogniser,
    material: Material,
    conditions: Sequence[Condition],
    *,
    seed: int,
    rates: Sequence[float] | None,
) -> Iterator[Measurement]:
    for condition in conditions:
        for rate in rates or (MIXED_RATES if condition is Condition.MIXED else (BAR_RATE,)):
            streams = make_streams(condition, material, rate=rate, seed=seed)
            yield Measurement.of(condition, rate, decode_streams(recogniser, streams))


def _curve(measured: Sequence[Measurement]) -> list[CurvePoint]:
    """Of the mixed and the quiet streams at one rate: `BAR_RATE`, or the first one; nothing without mixed ones."""
    rates = [measurement.rate for measurement in measured if measurement.condition is Condition.MIXED]
    if not rates:
        return []
    rate = BAR_RATE if BAR_RATE in rates else rates[0]
    outcomes = {each.condition: each.outcomes for each in measured if each.rate == rate}
    quiet = [outcome for condition in QUIET_CONDITIONS for outcome in outcomes.get(condition, ())]
    return threshold_curve(outcomes[Condition.MIXED], quiet)
