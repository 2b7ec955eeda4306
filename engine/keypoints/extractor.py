"""What turns a frame into keypoints."""

from typing import Protocol

from engine.types import Frame, Keypoints


class KeypointExtractor(Protocol):
    """Finds the 49 joints in successive frames of one stream; made, used and closed on one thread."""

    def __call__(self, frame: Frame) -> Keypoints:
        """Return the joints of `frame`; a frame that brings its keypoints along is not looked at."""

    def close(self) -> None:
        """Release the networks; safe to call more than once."""
