"""When a stretch of signing begins and ends."""

from dataclasses import dataclass
from typing import Final

from engine.types import NANOSECONDS, Activity

ONSET_NS: Final = NANOSECONDS * 8 // 100
"""Hands must be up for this long before signing has begun: a hand that is seen for one frame is a mistake."""
REST_NS: Final = NANOSECONDS * 3 // 10
"""Hands must be down for this long before signing has ended: trackers lose hands for a few frames."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Signing without a rest, in stream time: from the first frame with raised hands to the last one so far."""

    start_ns: int
    end_ns: int

    @property
    def duration_ns(self) -> int:
        return self.end_ns - self.start_ns


class SigningDetector:
    """Turns what single frames show into stretches of signing."""

    def __init__(self) -> None:
        self._stretch: Stretch | None = None
        self._signing = False

    @property
    def signing(self) -> Stretch | None:
        """The stretch under way."""
        return self._stretch if self._signing else None

    def push(self, activity: Activity, time_ns: int) -> Stretch | None:
        """Take in what the next frame shows; returns the stretch that has just ended, if one has."""
        if activity is Activity.SIGNING:
            start = time_ns if self._stretch is None else self._stretch.start_ns
            self._stretch = Stretch(start, time_ns)
            self._signing = self._signing or self._stretch.duration_ns >= ONSET_NS
            return None
        patience = REST_NS if self._signing else ONSET_NS
        if self._stretch is None or time_ns - self._stretch.end_ns < patience:
            return None
        return self.finish()

    def finish(self) -> Stretch | None:
        """End the stretch under way and return it."""
        ended = self.signing
        self._stretch, self._signing = None, False
        return ended
