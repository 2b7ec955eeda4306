"""What came during the last seconds."""

from collections import deque
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from engine.types import NANOSECONDS

SECONDS: Final = 10

T = TypeVar("T")


class Recent(Generic[T]):
    """Keeps the samples of the last `SECONDS` seconds, each with its moment.

    Attributes:
        changes: how often anything has changed; whoever draws the samples knows by this when to draw again.
        samples: with their nanoseconds, in order.
    """

    def __init__(self) -> None:
        self.changes = 0
        self.samples: deque[tuple[int, T]] = deque()

    def keep(self, time_ns: int, sample: T) -> None:
        """Take the sample of one moment; a moment in the past starts anew."""
        self.changes += 1
        if self.samples and time_ns < self.samples[-1][0]:
            self.samples.clear()
        self.samples.append((time_ns, sample))
        while time_ns - self.samples[0][0] > SECONDS * NANOSECONDS:
            self.samples.popleft()

    def clear(self) -> None:
        """Forget everything."""
        self.changes += 1
        self.samples.clear()

    @property
    def seconds(self) -> npt.NDArray[np.float64]:
        """(N,) before the newest moment, from -SECONDS to 0, increasing."""
        times = np.array([time_ns for time_ns, _ in self.samples], np.int64)
        return (times - times[-1:]) / NANOSECONDS
