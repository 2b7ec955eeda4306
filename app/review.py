"""The last sign in hindsight: what it looked like, and why the model in use names it so."""

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge, News
from app.latest_job import LatestJob
from app.services import Model
from app.session import Session
from engine.recognition.memory import RecordedSign

if TYPE_CHECKING:
    from engine.recognition.explanation import Explanation

log = logging.getLogger(__name__)

CLOSING_S: Final = 5.0
"""How long closing waits for an explanation that is being computed."""


@dataclass(frozen=True, slots=True, eq=False)
class Hindsight:
    """A sign and what is known of it; another object with every change.

    Attributes:
        sign: None as long as none has been made.
        explanation: by the model in use; None until it has been asked for and has come.
        failed: the sign cannot be explained; the log tells why.
    """

    sign: RecordedSign | None = None
    explanation: "Explanation | None" = None
    failed: bool = False


class Review(QObject):
    """Lives on the interface thread; a sign is explained on another one, and only when somebody asks.

    Attributes:
        newest: the newest sign; it outlives a change of source.
    """

    changed = Signal()
    """There is another sign, or its explanation has come or gone."""

    def __init__(self, session: Session, bridge: Bridge) -> None:
        super().__init__()
        self._session = session
        self._bridge = bridge
        self._job = LatestJob("explainer")
        self.newest = Hindsight()
        self._asked: Model | None = None  # to explain that sign
        session.offers_changed.connect(self._forget_other_models)

    def hear(self, news: News) -> None:
        """Take in a new sign."""
        if news.sign is not None:
            self._begin_with(news.sign)

    def explain(self) -> None:
        """See to it that the sign gets explained; `changed` tells when it is."""
        sign, model = self.newest.sign, self._session.model
        if sign is None or model is None or self._asked is not None:
            return
        self._asked = model
        self._job.submit(lambda: self._explain(sign, model))

    def close(self) -> bool:
        """Explain nothing more; returns whether the thread has ended."""
        return self._job.close(CLOSING_S)

    def _explain(self, sign: RecordedSign, model: Model) -> None:
        explanation: Explanation | None
        try:
            explanation = model.explain(sign)
        except Exception:
            log.exception("The last sign could not be explained.")
            explanation = None  # the sign is shown all the same
        self._bridge.hand_over(lambda: self._explained(sign, model, explanation))

    def _explained(self, sign: RecordedSign, model: Model, explanation: "Explanation | None") -> None:
        if self.newest.sign is sign and self._asked is model:
            self.newest = replace(self.newest, explanation=explanation, failed=explanation is None)
            self.changed.emit()

    def _forget_other_models(self) -> None:
        if self._asked is not None and self._asked is not self._session.model:
            self._begin_with(self.newest.sign)

    def _begin_with(self, sign: RecordedSign | None) -> None:
        self.newest, self._asked = Hindsight(sign), None
        self.changed.emit()
