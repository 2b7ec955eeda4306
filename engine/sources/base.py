"""What every source of frames looks like to the pipeline."""

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self

from engine.types import Frame


class FrameSource(Protocol):
    """A stream of frames that is opened, iterated and closed on one and the same thread.

    Iteration ends when the source does (end of file) and raises `UserFacingError` where the source fails,
    `SourceLostError` where it may come back (an unplugged camera). A source of live pictures blocks until the next
    one; a source with a clock of its own (`live` is False) yields as fast as it is asked, starts over when it is
    iterated again, and whoever wants real time paces it by `Frame.time_ns` (see engine.sources.pacing).
    """

    @property
    def name(self) -> str:
        """What to call it in the window: a file's name, a camera's name."""

    @property
    def live(self) -> bool:
        """True for a camera: frames that are not taken in time are gone."""

    def __enter__(self) -> Self:
        """Open the source; raises `UserFacingError` with one clear line where that fails."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release whatever was opened; safe to call more than once."""

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames in order of time, which is strictly increasing."""
