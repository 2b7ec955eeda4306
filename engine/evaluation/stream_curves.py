"""What other thresholds would have done, from the events alone: nothing is recognised again.

An event is re-decided by its probability: at or above the threshold it announces its best candidate, below it abstains.
Where the decoder itself says nothing (it merged two events, or took them for background), no threshold brings it back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.data.streams.truth import Kind
from engine.evaluation.metrics import PRECISION
from engine.evaluation.stream_metrics import (
    Outcome,
    false_alarms,
    overlap_ns,
    segment_f1,
    segment_of,
    share,
    word_errors,
)
from engine.types import SignEvent

THRESHOLDS: Final = (*(step / 100 for step in range(100)), 0.995, 0.999)
PRICE_OF_SILENCE: Final = 0.005
"""What an honest miss may cost where it takes the place of a doubtful hit."""
KNOWN_REJECTED: Final = 0.1
"""At most this share of the known signs may be rejected while unknown ones are."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What one threshold does.

    Attributes:
        threshold: 0..1.
        f1: segment F1 at IoU 0.5.
        word_error_rate: see `WordErrors`.
        false_alarms: a minute of each kind of quiet segment.
    """

    threshold: float
    f1: float | None
    word_error_rate: float | None
    false_alarms: dict[Kind, float]


@dataclass(frozen=True, slots=True)
class Rejection:
    """Which signs are rejected: of which no event announces any gloss.

    Attributes:
        known, unknown: share of the signs inside and outside the vocabulary that is rejected as the events are.
        unknown_at_10: share of the unknown ones at the highest threshold that rejects at most `KNOWN_REJECTED` of the
            known; 0 where none rejects so few.
    """

    known: float
    unknown: float
    unknown_at_10: float


def at_threshold(outcomes: Iterable[Outcome], threshold: float) -> list[Outcome]:
    """Decide every event again."""
    return [
        replace(outcome, events=tuple(_decided(event, threshold) for event in outcome.events)) for outcome in outcomes
    ]


def _decided(event: SignEvent, threshold: float) -> SignEvent:
    best = event.candidates[0].gloss if event.candidates else event.gloss
    return replace(event, gloss=best if event.probability >= threshold else None)


def threshold_curve(signs: Sequence[Outcome], quiet: Sequence[Outcome]) -> list[CurvePoint]:
    """F1 and word error rate on `signs` against the false alarms of `quiet`, one point a threshold."""
    points = []
    for threshold in THRESHOLDS:
        decided = at_threshold(signs, threshold)
        points.append(
            CurvePoint(
                threshold=threshold,
                f1=segment_f1(decided, iou=0.5),
                word_error_rate=word_errors(decided).rate,
                false_alarms=false_alarms(at_threshold(quiet, threshold)),
            )
        )
    return points


def best_threshold(outcomes: Sequence[Outcome]) -> float:
    """The highest threshold whose F1 at IoU 0.5 is within `PRICE_OF_SILENCE` of the best one.

    F1 hardly changes over a wide range, in which every step up takes doubtful hits away.
    """
    scores = {threshold: segment_f1(at_threshold(outcomes, threshold), iou=0.5) or 0.0 for threshold in THRESHOLDS}
    least = max(scores.values()) - PRICE_OF_SILENCE
    return max(threshold for threshold, score in scores.items() if score >= least)


def coverage_at_precision(outcomes: Sequence[Outcome]) -> float | None:
    """The largest share of the signs that are right at a threshold at which `PRECISION` of all announcements are.

    0 where no threshold is that precise, None where there are no signs.
    """
    covered: list[float] = [0.0]
    for threshold in THRESHOLDS:
        decided = at_threshold(outcomes, threshold)
        errors = word_errors(decided)
        if errors.accuracy is None:
            return None
        said = errors.right + errors.substitutions + errors.insertions + errors.duplicates
        if said and errors.right / said >= PRECISION:
            covered.append(errors.accuracy)
    return max(covered)


def rejection(outcomes: Sequence[Outcome]) -> Rejection | None:
    """Measure it on streams that hold signs of both kinds; None on others."""
    known, unknown = (_probabilities(outcomes, kind) for kind in (Kind.SIGN, Kind.UNKNOWN_SIGN))
    if not (known and unknown):
        return None
    accepted = [_probabilities(outcomes, kind, accepted=True) for kind in (Kind.SIGN, Kind.UNKNOWN_SIGN)]
    at_10 = [_below(unknown, threshold) for threshold in THRESHOLDS if _below(known, threshold) <= KNOWN_REJECTED]
    return Rejection(
        known=accepted[0].count(NOTHING_SAID) / len(known),
        unknown=accepted[1].count(NOTHING_SAID) / len(unknown),
        unknown_at_10=max(at_10, default=0.0),
    )


NOTHING_SAID: Final = -1.0


def _probabilities(outcomes: Iterable[Outcome], kind: Kind, *, accepted: bool = False) -> list[float]:
    """Of each segment of a kind the largest probability of the events that fall into it, accepted ones or all."""
    found = []
    for outcome in outcomes:
        of_segment: dict[int, float] = {}
        for event in outcome.events:
            segment = segment_of(event, outcome)
            if segment is not None and overlap_ns(event, segment) > 0 and not (accepted and event.gloss is None):
                of_segment[id(segment)] = max(event.probability, of_segment.get(id(segment), 0.0))
        found += [of_segment.get(id(segment), NOTHING_SAID) for segment in outcome.segments if segment.kind is kind]
    return found


def _below(probabilities: Sequence[float], threshold: float) -> float:
    return share(sum(probability < threshold for probability in probabilities), len(probabilities)) or 0.0
