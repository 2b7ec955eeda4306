"""Durations and what is told of them."""

import time
from collections.abc import Callable, Sequence
from typing import TypedDict

from engine.spread import spread
from engine.types import NANOSECONDS


class Summary(TypedDict):
    """How many durations there were, their median and 95th percentile, and how many fit into a second."""

    n: int
    median_ms: float
    p95_ms: float
    per_second: float


def summarise(durations_ns: Sequence[int]) -> Summary:
    """Summarise at least one duration."""
    told = spread([duration_ns / 1e6 for duration_ns in durations_ns])
    assert told is not None, "at least one duration"
    return Summary(
        n=len(durations_ns),
        median_ms=round(told.median, 2),
        p95_ms=round(told.p95, 2),
        per_second=round(NANOSECONDS * len(durations_ns) / sum(durations_ns), 1),
    )


def time_calls(call: Callable[[], object], *, runs: int, warm_up: int) -> list[int]:
    """Call something again and again; returns the nanoseconds that each call took after the first few."""
    durations = []
    for _ in range(warm_up + runs):
        began_ns = time.perf_counter_ns()
        call()
        durations.append(time.perf_counter_ns() - began_ns)
    return durations[warm_up:]
