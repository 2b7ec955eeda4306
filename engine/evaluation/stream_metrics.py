"""How well sign events tell what truly happened in streams, scored by time stamps.

Which event belongs to which sign is decided once, by `match_events`; errors, misses and delays follow from it. Events
without a gloss (abstentions) announce nothing and count only where rejection is measured (see `stream_curves`).
Several streams are pooled: counts are added before anything is divided. A figure for which there is nothing to count
is None.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from engine.data.streams.truth import Kind, Segment
from engine.spread import Spread, spread
from engine.types import NANOSECONDS, SignEvent

Item = TypeVar("Item")

MATCHED_IOU: Final = 0.1
"""From this temporal IoU on an event belongs to a sign."""
TAIL_NS: Final = NANOSECONDS // 2
"""How far around a sign a second event of the same gloss is its duplicate: hands on their way up or down."""
IOUS: Final = (0.1, 0.25, 0.5)
QUIET_KINDS: Final = (Kind.IDLE, Kind.NULL, Kind.DISTRACTOR)
"""Where everything that is announced is a false alarm."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the window showed from a moment on: the best candidate, or None where it was not sure."""

    time_ns: int
    gloss: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What truly happened in one stream, and what was said of it.

    Attributes:
        segments: the truth.
        events: as they were announced.
        labels: of every window that was judged.
    """

    segments: tuple[Segment, ...]
    events: tuple[SignEvent, ...]
    labels: tuple[Label, ...] = ()

    @property
    def signs(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind is Kind.SIGN]


@dataclass(frozen=True, slots=True)
class Matching:
    """Every announced event of one stream in exactly one of four lists, and the signs that have none.

    Attributes:
        right: events with the sign whose gloss they tell.
        substituted: events with the sign that they take for another one.
        duplicates: further events of a gloss around the sign that was already announced rightly.
        inserted: events that belong to no sign.
        deleted: signs of which nothing was announced.
    """

    right: tuple[tuple[SignEvent, Segment], ...]
    substituted: tuple[tuple[SignEvent, Segment], ...]
    duplicates: tuple[SignEvent, ...]
    inserted: tuple[SignEvent, ...]
    deleted: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Counts over streams; every true sign is right, substituted or deleted, every event right or one of the others.

    Attributes:
        signs: true ones.
        right: announced under their own gloss.
        substitutions: announced under another gloss.
        deletions: not announced.
        insertions: events that belong to no sign, duplicates left out.
        duplicates: signs that were said again.
    """

    signs: int
    right: int
    substitutions: int
    deletions: int
    insertions: int
    duplicates: int

    @property
    def rate(self) -> float | None:
        """The word error rate: all four kinds of errors over the true signs; may exceed 1."""
        wrong = self.substitutions + self.deletions + self.insertions + self.duplicates
        return share(wrong, self.signs)

    @property
    def accuracy(self) -> float | None:
        """Share of the true signs that are right."""
        return share(self.right, self.signs)

    @property
    def miss_rate(self) -> float | None:
        """Share of the true signs of which nothing was announced."""
        return share(self.deletions, self.signs)


@dataclass(frozen=True, slots=True)
class Stability:
    """What the window showed while signs were made.

    Attributes:
        stable: share of signs at whose end the right label stood; not where the window was not sure then.
        stable_ms: of these: milliseconds from the sign's start until that label came to stay.
        changes: how often a label was followed by another one, a sign; being not sure is no label.
    """

    stable: float
    stable_ms: Spread | None
    changes: float


def share(part: float, whole: float) -> float | None:
    """`part / whole`, None of nothing."""
    return part / whole if whole else None


def temporal_iou(event: SignEvent, segment: Segment) -> float:
    """Duration of the intersection over that of the union, 0..1."""
    union = max(event.end_ns, segment.end_ns) - min(event.start_ns, segment.start_ns)
    return max(0, overlap_ns(event, segment)) / union if union else 1.0


def overlap_ns(event: SignEvent, segment: Segment) -> int:
    """Duration of the intersection; negative: how far apart they are."""
    return min(event.end_ns, segment.end_ns) - max(event.start_ns, segment.start_ns)


def match_events(outcome: Outcome) -> Matching:
    """Give each sign at most one event and each event at most one sign.

    First events and signs of the same gloss, then those that are left, both from the largest IoU down to `MATCHED_IOU`.
    """
    events = [event for event in outcome.events if event.gloss is not None]
    signs = outcome.signs
    right = _paired(events, signs, least=MATCHED_IOU, same_gloss=True)
    events, signs = _without(events, (event for event, _ in right)), _without(signs, (sign for _, sign in right))
    substituted = _paired(events, signs, least=MATCHED_IOU, same_gloss=False)
    events = _without(events, (event for event, _ in substituted))
    duplicates = [event for event in events if any(_repeats(event, sign) for _, sign in right)]
    return Matching(
        right=tuple(right),
        substituted=tuple(substituted),
        duplicates=tuple(duplicates),
        inserted=tuple(_without(events, duplicates)),
        deleted=tuple(_without(signs, (sign for _, sign in substituted))),
    )


def _paired(
    events: Sequence[SignEvent], signs: Sequence[Segment], *, least: float, same_gloss: bool
) -> list[tuple[SignEvent, Segment]]:
    """Pair events and signs one to one, greedily, from the largest IoU down; the pairs keep the order of `events`."""
    found = sorted(
        (-iou, row, column)
        for row, event in enumerate(events)
        for column, sign in enumerate(signs)
        if (not same_gloss or event.gloss == sign.gloss) and (iou := temporal_iou(event, sign)) >= least
    )
    of_event: dict[int, int] = {}
    for _, row, column in found:
        if row not in of_event and column not in of_event.values():
            of_event[row] = column
    return [(events[row], signs[column]) for row, column in sorted(of_event.items())]


def _without(items: Iterable[Item], others: Iterable[Item]) -> list[Item]:
    """Leave out what is the same object; equal events may come twice."""
    gone = {id(other) for other in others}
    return [item for item in items if id(item) not in gone]


def _repeats(event: SignEvent, sign: Segment) -> bool:
    return event.gloss == sign.gloss and overlap_ns(event, sign) > -TAIL_NS


def word_errors(outcomes: Iterable[Outcome]) -> WordErrors:
    """Count what is right and what is not."""
    total: Counter[str] = Counter()
    for outcome in outcomes:
        matching = match_events(outcome)
        total["signs"] += len(outcome.signs)
        total["right"] += len(matching.right)
        total["substitutions"] += len(matching.substituted)
        total["deletions"] += len(matching.deleted)
        total["insertions"] += len(matching.inserted)
        total["duplicates"] += len(matching.duplicates)
    return WordErrors(**{name: total[name] for name in WordErrors.__dataclass_fields__})


def segment_f1(outcomes: Iterable[Outcome], *, iou: float) -> float | None:
    """F1 over events and signs, of which those count that agree in gloss and overlap with at least this temporal IoU.

    None where there are no signs.
    """
    found = said = signs = 0
    for outcome in outcomes:
        events = [event for event in outcome.events if event.gloss is not None]
        found += len(_paired(events, outcome.signs, least=iou, same_gloss=True))
        said += len(events)
        signs += len(outcome.signs)
    return 2 * found / (said + signs) if signs else None


def false_alarms(outcomes: Iterable[Outcome]) -> dict[Kind, float]:
    """Insertions a minute of each kind of quiet segment that occurs (see `QUIET_KINDS`).

    An insertion falls into the segment that it overlaps most, or else into the nearest one. The way from a quiet
    segment to the next segment counts as time of the quiet one.
    """
    alarms: Counter[Kind] = Counter()
    duration_ns: Counter[Kind] = Counter()
    for outcome in outcomes:
        ends = (
            *(segment.start_ns for segment in outcome.segments[1:]),
            *(each.end_ns for each in outcome.segments[-1:]),
        )
        for segment, end_ns in zip(outcome.segments, ends, strict=True):
            duration_ns[segment.kind] += end_ns - segment.start_ns
        hit = (segment_of(event, outcome) for event in match_events(outcome).inserted)
        alarms.update(segment.kind for segment in hit if segment)
    minute_ns = 60 * NANOSECONDS
    return {kind: alarms[kind] / (duration_ns[kind] / minute_ns) for kind in QUIET_KINDS if duration_ns[kind]}


def segment_of(event: SignEvent, outcome: Outcome) -> Segment | None:
    """The segment that an event overlaps most, or that is nearest to it; None where there are no segments."""
    return max(outcome.segments, key=lambda segment: overlap_ns(event, segment), default=None)


def announcement_delays(outcomes: Iterable[Outcome]) -> Spread | None:
    """Milliseconds from the true end of a sign to the moment at which it was announced, of the right ones."""
    return spread(
        [(event.emitted_ns - sign.end_ns) / 1e6 for outcome in outcomes for event, sign in match_events(outcome).right]
    )


def stability(outcomes: Iterable[Outcome]) -> Stability | None:
    """How soon the window shows the right label of a sign for good, and how restless it is meanwhile."""
    signs = changes = 0
    stable_ms = []
    for outcome in outcomes:
        for sign in outcome.signs:
            shown = [label for label in outcome.labels if sign.start_ns <= label.time_ns <= sign.end_ns]
            signs += 1
            changes += max(0, len(_begun([label for label in shown if label.gloss is not None])) - 1)
            if shown and shown[-1].gloss == sign.gloss:
                stable_ms.append((_begun(shown)[-1].time_ns - sign.start_ns) / 1e6)
    if not signs:
        return None
    return Stability(stable=len(stable_ms) / signs, stable_ms=spread(stable_ms), changes=changes / signs)


def _begun(shown: Sequence[Label]) -> list[Label]:
    """The labels that are not those before them."""
    return [label for number, label in enumerate(shown) if number == 0 or label.gloss != shown[number - 1].gloss]
