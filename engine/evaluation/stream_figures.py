"""All figures of a condition in one flat record, and the bars that a good live recogniser clears."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from engine.data.streams.conditions import Condition
from engine.data.streams.truth import Kind
from engine.evaluation.stream_curves import coverage_at_precision, rejection
from engine.evaluation.stream_metrics import (
    IOUS,
    QUIET_KINDS,
    Outcome,
    announcement_delays,
    false_alarms,
    match_events,
    segment_f1,
    segment_of,
    stability,
    word_errors,
)
from engine.spread import Spread

Figure = float | None
Figures = dict[str, Figure]

ALARMS: Final = {Kind.IDLE: "idle_alarms", Kind.NULL: "null_alarms", Kind.DISTRACTOR: "distractor_alarms"}
BAR_RATE: Final = 25.0
SLOW_RATE, FAST_RATE = 12.0, 30.0


def stream_figures(outcomes: Sequence[Outcome]) -> Figures:
    """Measure everything: shares 0..1, times in milliseconds, alarms a minute; None where there is nothing to count."""
    errors = word_errors(outcomes)
    figures: Figures = {f"f1_{round(iou * 100)}": segment_f1(outcomes, iou=iou) for iou in IOUS}
    figures |= {"word_error_rate": errors.rate} | asdict(errors)
    figures |= {"accuracy": errors.accuracy, "miss_rate": errors.miss_rate}
    figures |= _spread("delay_ms", announcement_delays(outcomes))
    steady = stability(outcomes)
    figures |= {"stable": steady.stable if steady else None} | _spread(
        "stable_ms", steady.stable_ms if steady else None
    )
    figures["label_changes"] = steady.changes if steady else None
    figures["coverage_at_95"] = coverage_at_precision(outcomes)
    alarms = false_alarms(outcomes)
    figures |= {name: alarms.get(kind) for kind, name in ALARMS.items()}
    rejected = rejection(outcomes)
    figures["known_rejected"] = rejected.known if rejected else None
    figures["unknown_rejected"] = rejected.unknown if rejected else None
    figures["unknown_rejected_at_10"] = rejected.unknown_at_10 if rejected else None
    return figures


def _spread(name: str, spread: Spread | None) -> Figures:
    return {f"{name}_p50": spread.median if spread else None, f"{name}_p95": spread.p95 if spread else None}


def alarm_causes(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many false alarms each kind of distraction raised: "typing", "part of a sign"; see `Segment.detail`."""
    causes = Counter(
        segment.detail or str(segment.kind)
        for outcome in outcomes
        for event in match_events(outcome).inserted
        if (segment := segment_of(event, outcome)) and segment.kind in QUIET_KINDS
    )
    return dict(causes.most_common())


@dataclass(frozen=True, slots=True)
class Measurement:
    """One condition at one frame rate.

    Attributes:
        condition, rate: of the streams.
        outcomes: one a stream.
        figures: of all of them together, see `stream_figures`.
    """

    condition: Condition
    rate: float
    outcomes: tuple[Outcome, ...]
    figures: Figures

    @classmethod
    def of(cls, condition: Condition, rate: float, outcomes: Sequence[Outcome]) -> "Measurement":
        """Measure."""
        return cls(condition, rate, tuple(outcomes), stream_figures(outcomes))


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and what it ought to be.

    Attributes:
        what: the figure's name for people.
        value: what was measured; None where it was not.
        limit: what it may be at most, or at least where `at_least` is set.
    """

    what: str
    value: Figure
    limit: float
    at_least: bool = False

    @property
    def cleared(self) -> bool:
        if self.value is None:
            return False
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def bars(measured: Iterable[Measurement]) -> list[Bar]:
    """Hold what was measured at `BAR_RATE` against the bars; conditions that were not measured have no value."""
    of = {(measurement.condition, measurement.rate): measurement.figures for measurement in measured}

    def figure(condition: Condition, name: str, rate: float = BAR_RATE) -> Figure:
        return of.get((condition, rate), {}).get(name)

    slow, fast = (figure(Condition.MIXED, "accuracy", rate) for rate in (SLOW_RATE, FAST_RATE))
    lost = None if slow is None or fast is None else (fast - slow) * 100
    return [
        Bar("segment F1 at IoU 0.5, rests and transitions", figure(Condition.MIXED, "f1_50"), 0.80, at_least=True),
        Bar("word error rate, rests and transitions", figure(Condition.MIXED, "word_error_rate"), 0.25),
        Bar("false alarms a minute, idle", figure(Condition.IDLE, "idle_alarms"), 0.2),
        Bar("false alarms a minute, distractors", figure(Condition.DISTRACTORS, "distractor_alarms"), 2.0),
        Bar(
            "unknown signs rejected at 10 % of known ones",
            figure(Condition.UNKNOWN, "unknown_rejected_at_10"),
            0.70,
            at_least=True,
        ),
        Bar("sign end to announcement, ms, median", figure(Condition.MIXED, "delay_ms_p50"), 300.0),
        Bar("sign end to announcement, ms, p95", figure(Condition.MIXED, "delay_ms_p95"), 700.0),
        Bar("points of accuracy lost from 30 to 12 frames a second", lost, 3.0),
    ]
