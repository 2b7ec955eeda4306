"""The last ten seconds in figures: how the hands moved, what the recogniser thought, and how long all of it took."""

import math
from collections.abc import Callable
from typing import Final

from app.bridge import News
from app.hand_speed import HandSpeed
from app.probability_trace import ProbabilityTrace
from app.session import Session
from app.trace import Trace
from engine.spread import Spread
from engine.types import Activity, Keypoints

HANDS: Final = 2
LATENCIES: Final = 3


class LastSeconds:
    """What plots show of the run that plays; it outlives them, so that another language or a late look loses nothing.

    Attributes:
        motion: speed of the left and of the right hand in shoulder widths a second.
        probabilities: of the candidates, none where nobody signs.
        latency: milliseconds that keypoints take, keypoints and waiting, and the model; on the window's clock.
    """

    def __init__(self, session: Session, clock: Callable[[], int]) -> None:
        self._session = session
        self._clock = clock
        self._hands = HandSpeed()
        self._heard_ns: int | None = None
        self.motion = Trace(HANDS)
        self.probabilities = ProbabilityTrace()
        self.latency = Trace(LATENCIES)
        session.started.connect(self._start_over)

    def hear(self, news: News) -> None:
        """Take in what the pipeline tells."""
        if news.picture is not None and news.picture.keypoints is not None:
            self._add_motion(news.picture.keypoints)
        if news.update is not None:
            signing = news.update.activity is Activity.SIGNING
            if not signing or news.prediction is not None:
                candidates = news.prediction.candidates if signing and news.prediction is not None else ()
                self.probabilities.add(news.update.time_ns, candidates)

    def tick(self) -> None:
        """Measure how long all takes; to be called several times a second."""
        statistics = self._session.statistics
        if statistics is not None and self._session.facts.delivers:
            spreads = (statistics.keypoint_ms, statistics.delay_ms, statistics.model_ms)
            self.latency.add(self._clock(), [_median(spread) for spread in spreads])

    def _add_motion(self, keypoints: Keypoints) -> None:
        if keypoints.time_ns != self._heard_ns:  # a newer picture may come with the same keypoints
            self._heard_ns = keypoints.time_ns
            self.motion.add(keypoints.time_ns, self._hands.push(keypoints))

    def _start_over(self) -> None:
        self._heard_ns = None
        self._hands = HandSpeed()
        for trace in (self.motion, self.probabilities, self.latency):
            trace.clear()


def _median(spread: Spread | None) -> float:
    return math.nan if spread is None else spread.median
