"""A source that starts over when it ends."""

from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

from engine.sources.base import FrameSource
from engine.types import NANOSECONDS, Frame

SEAM_NS: Final = NANOSECONDS // 25
"""Between the last frame of a round and the first of the next."""


class LoopedSource:
    """Plays a source that is not live again and again; stream time and frame numbers keep increasing."""

    live = False

    def __init__(self, source: FrameSource) -> None:
        assert not source.live, "a live source has no beginning to go back to"
        self._source = source

    @property
    def name(self) -> str:
        return self._source.name

    def __enter__(self) -> Self:
        self._source.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.__exit__(kind, error, trace)

    def __iter__(self) -> Iterator[Frame]:
        index, next_ns = 0, None
        while True:
            first_of_round, offset_ns = index, None
            for frame in self._source:
                if offset_ns is None:
                    offset_ns = 0 if next_ns is None else next_ns - frame.time_ns
                yield _moved(frame, time_ns=frame.time_ns + offset_ns, index=index)
                next_ns = frame.time_ns + offset_ns + SEAM_NS
                index += 1
            if index == first_of_round:
                return


def _moved(frame: Frame, *, time_ns: int, index: int) -> Frame:
    keypoints = None if frame.keypoints is None else replace(frame.keypoints, time_ns=time_ns)
    return replace(frame, time_ns=time_ns, index=index, keypoints=keypoints)
