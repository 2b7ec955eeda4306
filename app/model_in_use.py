"""The model in use: which one, on which device, and which signs it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.attempt import outcome_of
from app.bridge import Bridge
from app.latest_job import LatestJob
from app.runner import PipelineRunner
from app.services import Model, Services
from app.words import tr

if TYPE_CHECKING:
    from engine.sources.personal_signs import PersonalSign


@dataclass(frozen=True, slots=True)
class ModelWish:
    """A model by name or path (None: the default) and the device it shall run on."""

    name: str | None
    device: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Some of a vocabulary under a name."""

    name: str
    glosses: frozenset[str]


class ModelInUse(QObject):
    """Loads models and teaches them on threads of its own; lives on the interface thread and never makes it wait.

    Attributes:
        model: the one in use; None until one has been loaded.
    """

    used = Signal()
    """A pipeline recognises with the model from now on, be it another model or the same with other signs."""
    changed = Signal()
    """Another model is wished for or in use, or the wish was refused."""
    settled = Signal()
    """It `is_settled`."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, services: Services, bridge: Bridge, runner: PipelineRunner) -> None:
        super().__init__()
        self.model: Model | None = None
        self._services = services
        self._bridge = bridge
        self._runner = runner
        self._loader = LatestJob("model loader")
        self._teacher = LatestJob("teacher")
        self._in_use = ModelWish(None, "auto")
        self._wish: ModelWish | None = None
        self._fallbacks: list[ModelWish] = []
        self._lesson: Lesson | None = None
        self._personal: tuple[PersonalSign, ...] = ()
        self._learned: frozenset[str] = frozenset()
        self._teaching = False
        self._tried = False

    @property
    def loading(self) -> bool:
        """Another model is on its way."""
        return self._wish is not None

    @property
    def is_settled(self) -> bool:
        """A model has been loaded or refused, and none is on its way, nor is one learning personal signs."""
        return self._tried and self._wish is None and not self._teaching

    @property
    def wish(self) -> ModelWish:
        """The model that is being loaded, otherwise the one in use."""
        return self._wish or self._in_use

    @property
    def auto_is(self) -> str | None:
        """The device that "auto" has come to; None where it was not asked for, or not answered yet."""
        if self.model is None or self._wish is not None or self._in_use.device != "auto":
            return None
        return self.model.device

    @property
    def lesson(self) -> str | None:
        """The lesson whose signs alone are named; None where there is none, or the model knows none of its signs."""
        return self._lesson.name if self._lesson is not None and self._in_lesson else None

    @property
    def recognised(self) -> frozenset[str]:
        """All signs that are named now: the model's own and those that it has learned, or the lesson's of these."""
        return self._in_lesson or self._known

    @property
    def personal(self) -> tuple[str, ...]:
        """The names of the personal signs, learned or about to be."""
        return tuple(sign.name for sign in self._personal)

    def begin(self, wishes: Sequence[ModelWish]) -> None:
        """Load the first of some models that is not refused, unless one is wished for already, or in use by then."""
        first, *self._fallbacks = wishes
        if self._wish is None:
            self.load(first)

    def load(self, wish: ModelWish) -> None:
        """Change the model; the one in use stays until the new one is there, and for good if that is refused."""
        self._wish = wish
        self._loader.submit(lambda: self._load(wish))
        self.changed.emit()

    def use_lesson(self, lesson: Lesson | None) -> None:
        """Name the signs of a lesson alone, or all of the model's."""
        if lesson != self._lesson:
            self._lesson = lesson
            if self.model is not None:
                self._use(self.model)

    def use_personal_signs(self, signs: "tuple[PersonalSign, ...]") -> None:
        """Name these signs beside the model's own, with this model and those to come."""
        self._personal = signs
        self._teach()

    def close(self, timeout: float) -> bool:
        """Load and teach nothing more; returns whether the threads have ended within `timeout` seconds each."""
        ended = [job.close(timeout) for job in (self._loader, self._teacher)]
        return all(ended)

    @property
    def _known(self) -> frozenset[str]:
        return frozenset() if self.model is None else frozenset({*self.model.glosses, *self._learned})

    @property
    def _in_lesson(self) -> frozenset[str]:
        return frozenset() if self._lesson is None else self._known & self._lesson.glosses

    def _load(self, wish: ModelWish) -> None:
        unexpected = tr(
            "The model {name} cannot be loaded: an unexpected error; the log tells more.", name=wish.name or ""
        )
        outcome = outcome_of(lambda: self._services.load_model(wish.name, wish.device), unexpected=unexpected)
        self._bridge.hand_over(lambda: self._loaded(wish, outcome))

    def _loaded(self, wish: ModelWish, outcome: Model | str) -> None:
        if wish is not self._wish:
            return  # overtaken by a newer wish
        self._wish = None
        self._tried = True
        if isinstance(outcome, Model):
            if outcome.notice is not None and wish.device != self._in_use.device:
                self.notice.emit(outcome.notice)
            self.model = outcome
            self._in_use = ModelWish(outcome.known_as, wish.device)
            self._learned, self._teaching = frozenset(), False
            self._use(outcome)
            if self._personal:
                self._teach()
        else:
            self.notice.emit(outcome)
            if self.model is None and self._fallbacks:
                self.load(self._fallbacks.pop(0))
        self.changed.emit()
        self._tell_if_settled()

    def _use(self, model: Model) -> None:
        """Recognise with a model, as far as it knows the lesson's signs, or is about to learn some of them."""
        lesson = self._lesson
        if lesson is not None and not self._in_lesson and lesson.glosses.isdisjoint(self.personal):
            message = tr(
                "{model} knows no sign of the lesson {lesson}: all its signs are recognised.",
                model=model.name,
                lesson=lesson.name,
            )
            self.notice.emit(message)
        self._runner.use(model, vocabulary=self._in_lesson or None, personal=self._learned)
        self.used.emit()

    def _teach(self) -> None:
        """Let the model in use learn the personal signs; a newer model, or newer signs, are another job."""
        model, signs = self.model, self._personal
        if model is not None:
            self._teaching = True
            self._teacher.submit(lambda: self._learn(model, signs))

    def _learn(self, model: Model, signs: "tuple[PersonalSign, ...]") -> None:
        unexpected = tr("Your signs cannot be learned: an unexpected error; the log tells more.")
        problem = outcome_of(lambda: model.learn(signs), unexpected=unexpected)
        self._bridge.hand_over(lambda: self._learn_done(model, signs, problem))

    def _learn_done(self, model: Model, signs: "tuple[PersonalSign, ...]", problem: str | None) -> None:
        if model is not self.model or signs is not self._personal:
            return  # overtaken by a newer model, or by newer signs
        self._teaching = False
        if problem is None:
            self._learned = frozenset(sign.name for sign in signs)
            self._use(model)
        else:
            self.notice.emit(problem)
        self._tell_if_settled()

    def _tell_if_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()
