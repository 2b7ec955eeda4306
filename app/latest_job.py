"""Slow work off the interface thread of which only the newest counts."""

from app.jobs import Jobs


class LatestJob(Jobs):
    """Runs jobs one after the other on a thread; of those that wait, only the newest is ever run.

    Made for jobs each of which brings everything to the state that was last asked for ("play this"), so that
    those in between need not happen.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, most_waiting=1)

    def close(self, timeout: float) -> bool:
        """Begin nothing more and wait for what runs; returns whether it has ended within `timeout` seconds."""
        self._forget()
        return super().close(timeout)
