"""What happens to source, model and lesson, told to the log: for whoever looks into a trouble later.

Never which signs are made: the log goes into reports.
"""

import logging

from PySide6.QtCore import QObject

from app.services import Model
from app.session import Session
from engine.pipeline.listener import PipelineState
from engine.pipeline.statistics import PipelineStatistics

log = logging.getLogger(__name__)


class Chronicle(QObject):
    """Lives on the interface thread, and logs each change once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._model: Model | None = None
        self._lesson: str | None = None
        self._run: tuple[str | None, PipelineState] = (None, PipelineState.NEW)
        session.changed.connect(self._look)

    def _look(self) -> None:
        facts, model = self._session.facts, self._session.model
        if model is not None and model is not self._model:
            self._model = model
            log.info(
                "Model %s on %s: %d signs, accepted from %.2f.",
                model.name,
                model.device,
                len(model.glosses),
                model.threshold,
            )
        if facts.lesson != self._lesson:
            self._lesson = facts.lesson
            log.info("Recognised: %s.", "all signs" if facts.lesson is None else f"the lesson {facts.lesson}")
        run = facts.source, facts.pipeline
        if run != self._run and facts.pipeline is not PipelineState.NEW:
            log.info("%s: %s%s.", facts.source or "Source", facts.pipeline, self._figures(facts.pipeline))
        self._run = run

    def _figures(self, state: PipelineState) -> str:
        statistics = self._session.statistics
        return "" if statistics is None or not state.final else f"; {figures(statistics)}"


def figures(statistics: PipelineStatistics) -> str:
    """Return how a run went, in a few words."""
    told = (
        f"{statistics.frames_captured} pictures came, {statistics.frames_processed} were read, "
        f"{statistics.frames_dropped} left out"
    )
    spreads = {"keypoints": statistics.keypoint_ms, "model": statistics.model_ms}
    times = "".join(f", {name} {spread.median:.0f} ms" for name, spread in spreads.items() if spread is not None)
    return told + times
