"""`evaluate-stream`: how a model does on untrimmed streams of which the truth is known. See docs/streams.md."""

import argparse
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from engine.commands.arguments import add_json_argument, add_recogniser_arguments, load_recogniser
from engine.commands.output import print_json
from engine.data.dataset import SPLITS, load_dataset
from engine.evaluation.stream_curves import CurvePoint, threshold_curve
from engine.evaluation.stream_decoding import decode_streams
from engine.evaluation.stream_figures import (
    BAR_RATE,
    FAST_RATE,
    SLOW_RATE,
    Bar,
    Figure,
    Figures,
    alarm_causes,
    bars,
    stream_figures,
)
from engine.evaluation.stream_metrics import Outcome
from engine.evaluation.streams.conditions import Condition, Material, make_streams
from engine.evaluation.streams.material import gather_material

NAME = "evaluate-stream"
HELP = "measure a model on streams made of clips: what it says, how soon, and what it ought not to say"

log = logging.getLogger(__name__)

RATES: Final = (SLOW_RATE, 15.0, BAR_RATE, FAST_RATE)
"""At which the mixed streams are played; the others at `BAR_RATE` alone."""
COLUMNS: Final = (
    ("F1 .1", "f1_10", "{:.2f}"),
    (".25", "f1_25", "{:.2f}"),
    (".5", "f1_50", "{:.2f}"),
    ("WER", "word_error_rate", "{:.2f}"),
    ("ins", "insertions", "{:d}"),
    ("del", "deletions", "{:d}"),
    ("sub", "substitutions", "{:d}"),
    ("dup", "duplicates", "{:d}"),
    ("right", "accuracy", "{:.0%}"),
    ("missed", "miss_rate", "{:.0%}"),
    ("ms p50", "delay_ms_p50", "{:.0f}"),
    ("p95", "delay_ms_p95", "{:.0f}"),
    ("stable", "stable", "{:.0%}"),
    ("ms p50", "stable_ms_p50", "{:.0f}"),
    ("changes", "label_changes", "{:.2f}"),
    ("cov95", "coverage_at_95", "{:.0%}"),
    ("idle/min", "idle_alarms", "{:.2f}"),
    ("null/min", "null_alarms", "{:.2f}"),
    ("distr/min", "distractor_alarms", "{:.2f}"),
)
"""Head, figure and form of each column for people; `--json` has every figure."""
SHOWN_THRESHOLDS: Final = tuple(step / 20 for step in range(4, 20))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_recogniser_arguments(parser)
    parser.add_argument(
        "--data",
        type=Path,
        nargs="+",
        required=True,
        metavar="DIR",
        help="folders made by `prepare`: first that of the model's vocabulary; one with other glosses gives unknown "
        "signs, asl_webcam the null class",
    )
    parser.add_argument("--split", choices=SPLITS, required=True, help="val to tune by, test to report")
    parser.add_argument("--seed", type=_seed, default=0, help="decides the streams (default: %(default)s)")
    parser.add_argument(
        "--rate",
        type=_rate,
        nargs="+",
        metavar="FPS",
        help=f"play every condition at these frames a second (default: {BAR_RATE:g}, and mixed streams also at "
        f"{', '.join(f'{rate:g}' for rate in RATES if rate != BAR_RATE)})",
    )
    add_json_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the streams of each condition, decode them, and print one line a condition."""
    recogniser = load_recogniser(arguments)
    datasets = [load_dataset(folder) for folder in arguments.data]
    material = gather_material(recogniser.glosses, datasets, arguments.split)
    _tell_what_is_left_out(material)
    about = {"model": recogniser.name, "split": arguments.split, "seed": arguments.seed}
    if not arguments.json:
        print(f"{recogniser.name} on streams of {arguments.split} clips, seed {arguments.seed}")
        print(_row("condition", "fps", [head for head, _, _ in COLUMNS]))
    outcomes: dict[tuple[Condition, float], list[Outcome]] = {}
    measured: dict[tuple[Condition, float], Figures] = {}
    for condition in material.conditions:
        for rate in arguments.rate or (RATES if condition is Condition.MIXED else (BAR_RATE,)):
            streams = make_streams(condition, material, rate=rate, seed=arguments.seed)
            found = outcomes[condition, rate] = decode_streams(recogniser, streams)
            figures = measured[condition, rate] = stream_figures(found)
            if arguments.json:
                print_json(
                    about | {"condition": condition, "rate": rate} | figures | {"alarms_by": alarm_causes(found)}
                )
            else:
                print(
                    _row(condition, f"{rate:g}", [_cell(figures[name], form) for _, name, form in COLUMNS]), flush=True
                )
    curve_rate = BAR_RATE if not arguments.rate else arguments.rate[0]
    curve = threshold_curve(
        outcomes[Condition.MIXED, curve_rate],
        [each for condition in Condition for each in outcomes.get((condition, curve_rate), ()) if condition in QUIET],
    )
    if arguments.json:
        _print_rest_as_json(about, curve, bars(measured))
    else:
        _print_rest(measured, outcomes, curve)
    return 0


QUIET: Final = (Condition.IDLE, Condition.NULL, Condition.DISTRACTORS)


def _tell_what_is_left_out(material: Material) -> None:
    for condition in Condition:
        if condition not in material.conditions:
            log.warning("%s are left out: no dataset was given that holds them.", condition.capitalize())


def _print_rest_as_json(about: dict[str, Any], curve: Iterable[CurvePoint], reached: Iterable[Bar]) -> None:
    for point in curve:
        print_json(
            about
            | {"curve": "threshold", "threshold": point.threshold, "f1_50": point.f1}
            | {"word_error_rate": point.word_error_rate, "alarms": point.false_alarms}
        )
    for bar in reached:
        limit = "at_least" if bar.at_least else "at_most"
        print_json(about | {"bar": bar.what, "value": bar.value, limit: bar.limit, "cleared": bar.cleared})


def _print_rest(
    measured: dict[tuple[Condition, float], Figures],
    outcomes: dict[tuple[Condition, float], list[Outcome]],
    curve: Sequence[CurvePoint],
) -> None:
    for (condition, rate), figures in measured.items():
        if condition is Condition.UNKNOWN:
            rejected, known, best = (
                _cell(figures[name], "{:.0%}")
                for name in ("unknown_rejected", "known_rejected", "unknown_rejected_at_10")
            )
            print(
                f"\n{rate:g} fps: {rejected} of the unknown signs are rejected and {known} of the known; at most "
                f"{best} of the unknown while no more than 10% of the known are"
            )
        if condition is Condition.DISTRACTORS:
            causes = ", ".join(f"{cause} {times}" for cause, times in alarm_causes(outcomes[condition, rate]).items())
            print(f"\n{rate:g} fps: distractors that were taken for signs: {causes or 'none'}")
    print("\nAt other thresholds, mixed streams and false alarms a minute:")
    kinds = list(curve[0].false_alarms)
    print("  ".join(["threshold", "F1 .5", "  WER", *(f"{kind:>10}" for kind in kinds)]))
    for point in curve:
        if point.threshold in SHOWN_THRESHOLDS:
            alarms = [f"{point.false_alarms[kind]:10.2f}" for kind in kinds]
            cells = _cell(point.f1, "{:.2f}"), _cell(point.word_error_rate, "{:.2f}")
            print("  ".join([f"{point.threshold:9.2f}", f"{cells[0]:>5}", f"{cells[1]:>5}", *alarms]))
    print("\nBars:")
    for bar in bars(measured):
        sign = ">=" if bar.at_least else "<="
        state = "not measured" if bar.value is None else "cleared" if bar.cleared else "missed"
        print(f"  {bar.what:55} {_cell(bar.value, '{:.2f}'):>8}  {sign} {bar.limit:<6g} {state}")


def _row(condition: str, rate: str, cells: Iterable[str]) -> str:
    widths = [max(len(head), 5) for head, _, _ in COLUMNS]
    return " ".join(
        [f"{condition:13} {rate:>4}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))]
    )


def _cell(figure: Figure, form: str) -> str:
    return "-" if figure is None else form.format(figure)


def _seed(text: str) -> int:
    seed = int(text)
    if seed < 0:
        raise argparse.ArgumentTypeError(f"{text} is no seed: name a whole number from 0 on")
    return seed


def _rate(text: str) -> float:
    rate = float(text)
    if not 1 <= rate <= 240:
        raise argparse.ArgumentTypeError(f"{text} is no frame rate: name one between 1 and 240")
    return rate
