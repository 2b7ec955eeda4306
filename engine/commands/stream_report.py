"""How `evaluate-stream` tells what it measured: a table for people, or JSON lines."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from engine.commands.output import print_json
from engine.data.streams.conditions import Condition
from engine.evaluation.stream_curves import CurvePoint
from engine.evaluation.stream_figures import Bar, Figure, Measurement, alarm_causes

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
"""Head, figure and form of each column; docs/streams.md explains them."""
SHOWN_THRESHOLDS: Final = tuple(step / 20 for step in range(4, 20))


class Report(Protocol):
    """Tells each measurement at once, and what follows from all of them in the end."""

    def add(self, measurement: Measurement) -> None:
        """Tell one condition at one rate."""

    def close(self, curve: Sequence[CurvePoint], reached: Sequence[Bar]) -> None:
        """Tell what other thresholds would do, and which bars are cleared."""


class JsonReport:
    """A line a measurement, a line a threshold, a line a bar; each says which `record` it is and what it is `about`."""

    def __init__(self, about: dict[str, Any]) -> None:
        self._about = about

    def add(self, measurement: Measurement) -> None:
        print_json(
            self._record("condition")
            | {"condition": measurement.condition, "rate": measurement.rate}
            | measurement.figures
            | {"alarms_by": alarm_causes(measurement.outcomes)}
        )

    def close(self, curve: Sequence[CurvePoint], reached: Sequence[Bar]) -> None:
        for point in curve:
            print_json(
                self._record("threshold")
                | {"threshold": point.threshold, "f1_50": point.f1, "word_error_rate": point.word_error_rate}
                | {"alarms": point.false_alarms}
            )
        for bar in reached:
            limit = "at_least" if bar.at_least else "at_most"
            reached_bar = {"bar": bar.what, "value": bar.value, limit: bar.limit, "cleared": bar.cleared}
            print_json(self._record("bar") | reached_bar)

    def _record(self, kind: str) -> dict[str, Any]:
        return {"record": kind} | self._about


class TableReport:
    """A row a measurement, and under the table what does not fit into it."""

    def __init__(self, about: dict[str, Any]) -> None:
        print("{model} on streams of {split} clips, seed {seed}".format(**about))
        _print_row("condition", "fps", [head for head, _, _ in COLUMNS])
        self._notes: list[str] = []

    def add(self, measurement: Measurement) -> None:
        figures, rate = measurement.figures, f"{measurement.rate:g}"
        _print_row(measurement.condition, rate, [_cell(figures[name], form) for _, name, form in COLUMNS])
        if measurement.condition is Condition.UNKNOWN:
            rejected, known, best = (
                _cell(figures[name], "{:.0%}")
                for name in ("unknown_rejected", "known_rejected", "unknown_rejected_at_10")
            )
            self._notes.append(
                f"Signs rejected at {rate} fps: {rejected} of the unknown and {known} of the known; {best} of the "
                "unknown where at most 10% of the known are."
            )
        if causes := alarm_causes(measurement.outcomes):
            told = ", ".join(f"{cause} {times}" for cause, times in causes.items())
            self._notes.append(f"False alarms in {measurement.condition} at {rate} fps: {told}.")

    def close(self, curve: Sequence[CurvePoint], reached: Sequence[Bar]) -> None:
        print("", *self._notes, sep="\n")
        if curve:
            _print_curve(curve)
        print("\nBars:")
        for bar in reached:
            state = "not measured" if bar.value is None else "cleared" if bar.cleared else "missed"
            limit = f"{'>=' if bar.at_least else '<='} {bar.limit:g}"
            print(f"  {bar.what:55} {_cell(bar.value, '{:.2f}'):>8}  {limit:8}  {state}")


def _print_curve(curve: Sequence[CurvePoint]) -> None:
    print("\nMixed streams, and false alarms a minute, at other thresholds:")
    kinds = list(curve[0].false_alarms)
    print("threshold  F1 .5    WER", *(f"{kind:>10}" for kind in kinds))
    for point in curve:
        if point.threshold in SHOWN_THRESHOLDS:
            f1, errors = _cell(point.f1, "{:.2f}"), _cell(point.word_error_rate, "{:.2f}")
            alarms = (f"{point.false_alarms[kind]:10.2f}" for kind in kinds)
            print(f"{point.threshold:9.2f}  {f1:>5}  {errors:>5}", *alarms)


def _print_row(condition: str, rate: str, cells: Iterable[str]) -> None:
    widths = [max(len(head), 5) for head, _, _ in COLUMNS]
    aligned = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    print(f"{condition:13} {rate:>4}", *aligned, flush=True)


def _cell(figure: Figure, form: str) -> str:
    return "-" if figure is None else form.format(figure)
