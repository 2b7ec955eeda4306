"""An extractor that is made when the first picture wants it."""

from collections.abc import Callable

from engine.keypoints.extractor import KeypointExtractor
from engine.types import Frame, Keypoints


class LazyExtractor:
    """A `KeypointExtractor` that costs nothing for sources whose frames bring their keypoints along."""

    def __init__(self, make: Callable[[], KeypointExtractor]) -> None:
        self._make = make
        self._extractor: KeypointExtractor | None = None

    def __call__(self, frame: Frame) -> Keypoints:
        if frame.keypoints is not None:
            return frame.keypoints
        if self._extractor is None:
            self._extractor = self._make()
        return self._extractor(frame)

    def close(self) -> None:
        if self._extractor is not None:
            self._extractor.close()
            self._extractor = None
