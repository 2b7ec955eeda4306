"""A run that is asked to stop does so after a whole step, when its state can be saved."""

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Final, Self

from engine.training.workers import greatest

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Within it the first SIGINT or SIGTERM is noted instead of ending the process; a second one acts as ever.

    Python lets the main thread alone do so; in others, signals stay what they are. So does one that is ignored, as
    SIGINT is by whatever a shell script has put into the background.
    """

    def __init__(self) -> None:
        self._noted = 0
        self._before: dict[int, Callable[[int, FrameType | None], Any] | int] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                handler = signal.getsignal(number)
                if handler not in (None, signal.SIG_IGN):
                    self._before[number] = handler
                    signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._restore()

    @property
    def noted(self) -> int:
        """The number of the signal that asked this process to stop; 0 where none did."""
        return self._noted

    def noted_by_any(self, device: str) -> int:
        """`noted`, of whichever worker: signals reach them at different steps, and none can take a step alone."""
        return greatest(self._noted, device)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._noted = number
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
