"""The last lines of the log, for whoever wants to see or to report what happened."""

import logging
from collections import deque
from typing import Final

LINES: Final = 500
"""As many as a report needs; older ones are forgotten."""


class LogLines(logging.Handler):
    """Keeps what is logged while it is attached to the root logger; any thread may log."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._lines: deque[str] = deque(maxlen=LINES)

    @property
    def text(self) -> str:
        """The lines, oldest first."""
        self.acquire()
        try:
            return "\n".join(self._lines)
        finally:
            self.release()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def attach(self) -> None:
        logging.getLogger().addHandler(self)

    def detach(self) -> None:
        logging.getLogger().removeHandler(self)
