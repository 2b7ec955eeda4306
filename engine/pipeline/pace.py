"""Whether a machine keeps up with what it watches.

The policy for slow machines: a frame that is overtaken in the mailbox is left out, and windows are resampled by time
stamps, so fewer frames a second cost some accuracy and no delay. Whoever watches is told of it where it matters.
"""

from dataclasses import dataclass
from typing import Final

ENOUGH_RATE: Final = 20.0
"""Frames a second that the models and the segmenter read: of more than these they see nothing."""
ENOUGH_SHARE: Final = 0.8
"""A machine that reads this share of the frames keeps up well enough."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Frames a second.

    Attributes:
        captured: that the source gives.
        read: whose keypoints are found; 0 before the first.
    """

    captured: float
    read: float

    @property
    def slow(self) -> bool:
        """Whether it is worth saying that the machine does not keep up."""
        return 0 < self.read < ENOUGH_RATE and self.read <= ENOUGH_SHARE * self.captured
