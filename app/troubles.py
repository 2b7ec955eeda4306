"""The messages about sources that failed, which are of no use to anybody once one plays."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from app.engine_words import translated
from app.session import Session
from engine.pipeline.listener import PipelineState

_BROKEN_OFF: Final = (PipelineState.FAILED, PipelineState.LOST)


class Troubles(QObject):
    """Lives on the interface thread, and remembers what was told of the tries that failed."""

    def __init__(self, session: Session, withdraw: Callable[[str], object]) -> None:
        """Call `withdraw` with each message that is over."""
        super().__init__()
        self._session = session
        self._withdraw = withdraw
        self._told: set[str] = set()
        session.changed.connect(self._look)

    def _look(self) -> None:
        facts = self._session.facts
        if facts.failure is not None and facts.pipeline in _BROKEN_OFF:
            self._told.add(translated(facts.failure))
        elif facts.pipeline is PipelineState.RUNNING and not facts.camera_lost:
            while self._told:
                self._withdraw(self._told.pop())
