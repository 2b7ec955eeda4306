"""A plot of the last seconds."""

from typing import Any

from PySide6.QtWidgets import QFrame

from app.recent import Recent
from app.widgets.naming import named


class LivePlot(QFrame):
    """Drawn when asked, not when a value comes, and only where somebody sees it."""

    def __init__(self, name: str, trace: Recent[Any]) -> None:
        super().__init__()
        named(self, name, role="panel")
        self._recent = trace
        self._drawn = 0

    @property
    def stale(self) -> bool:
        """Something has come since the plot was drawn."""
        return self._drawn != self._recent.changes

    def refresh(self) -> None:
        """Draw what has come since the last time, if anything can be seen of it."""
        if self.stale and self.isVisible():
            self._drawn = self._recent.changes
            self.draw()

    def draw(self) -> None:
        """Bring the curves and what is told of them up to date."""
        raise NotImplementedError
