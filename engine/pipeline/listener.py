"""What a live pipeline tells, and in which words."""

from enum import StrEnum
from typing import Protocol

from engine.types import Frame, Keypoints, StreamUpdate


class PipelineState(StrEnum):
    """Where a live pipeline stands; it moves downwards only, and ends in one of the last four."""

    NEW = "new"
    OPENING = "opening"
    """The source is being opened."""
    WARMING_UP = "warming up"
    """Pictures come; the first keypoints are on their way."""
    RUNNING = "running"
    ENDED = "ended"
    """The source came to its end."""
    STOPPED = "stopped"
    FAILED = "failed"
    """The source or the keypoints failed; `on_error` has told why."""
    LOST = "lost"
    """The source was delivering, is gone, and may come back; `on_error` has told so."""

    @property
    def final(self) -> bool:
        """All threads have ended and the source is closed."""
        return self in (PipelineState.ENDED, PipelineState.STOPPED, PipelineState.FAILED, PipelineState.LOST)


class PipelineListener(Protocol):
    """Receives what happens in a live pipeline.

    Everything is called on the pipeline's threads: keep what you need and return at once, because a listener
    that dawdles holds the pipeline up. Each method is called by one thread at a time. A listener may ask the
    pipeline anything and may call `stop`, which then does not wait.
    """

    def on_state(self, state: PipelineState) -> None:
        """The pipeline has entered `state`; nothing is called after a final one."""

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        """Paint this: the picture and the skeleton that belongs on it.

        Pictures come in order of time. While keypoints are found at a good 20 frames a second, each is one that has
        been processed and brings its own skeleton, which therefore sits on the hands whatever the delay. Where
        they take longer, the picture goes on at the source's own rate and carries the newest skeleton there is,
        or none yet: `keypoints.time_ns` then lies before `frame.time_ns`. A picture that is still the newest when
        its own skeleton becomes known comes again with it.
        """

    def on_update(self, update: StreamUpdate) -> None:
        """Keypoints were decoded: in order of time, one update a frame. Needs a recogniser."""

    def on_error(self, message: str) -> None:
        """Something failed: one line for the user. The state tells whether the pipeline goes on without it."""
