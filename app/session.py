"""What plays, with which model, on which device: commands in, facts out."""

import logging
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge, Inbox, News, SourceInfo
from app.latest_job import LatestJob
from app.runner import PipelineRunner
from app.services import Model, Services
from app.view_model import Facts
from engine.errors import UserFacingError
from engine.pipeline.statistics import PipelineStatistics
from engine.types import Activity

if TYPE_CHECKING:
    from engine.sources.camera import CameraInfo
    from engine.sources.personal_signs import PersonalSign

log = logging.getLogger(__name__)

CLOSING_S: Final = 10.0
MODEL_WAIT_S: Final = 20.0
"""How long the file that the programme starts with waits for the model."""
"""How long closing waits for a model that is being loaded or a camera driver that hangs."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from."""

    cameras: "tuple[CameraInfo, ...]" = ()
    models: tuple[str, ...] = ()


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


class Session(QObject):
    """Lives on the interface thread and never makes it wait: the work is done by jobs and pipelines on threads.

    Whoever owns it calls `hear` with the news of the bridge.
    """

    started = Signal()
    """Another run begins; what was shown of the one before is past."""
    changed = Signal()
    """Some fact is not what it was."""
    offers_changed = Signal()
    """What can be chosen, or what is chosen, is not what it was."""
    notice = Signal(str)
    """One line that the user should read."""

    def __init__(self, services: Services, bridge: Bridge) -> None:
        super().__init__()
        self._services = services
        self._bridge = bridge
        self._runner = PipelineRunner(services)
        self._playing_job = LatestJob("player")
        self._model_job = LatestJob("model loader")
        # A short file would be over before the first model is there; a camera shows its picture meanwhile.
        self._model_tried = Event()
        self._survey_job = LatestJob("survey")
        self._teacher_job = LatestJob("teacher")

        self._facts = Facts()
        self._choices = Choices()
        self._spec: str | None = None
        self._source: SourceInfo | None = None
        self._model: Model | None = None
        self._in_use = ModelWish(None, "auto")
        self._wish: ModelWish | None = None
        self._fallback: ModelWish | None = None
        self._lesson: Lesson | None = None
        self._personal: tuple[PersonalSign, ...] = ()
        self._learned: frozenset[str] = frozenset()

    @property
    def facts(self) -> Facts:
        return self._facts

    @property
    def choices(self) -> Choices:
        return self._choices

    @property
    def spec(self) -> str | None:
        """The word or path of the chosen source; None for the first camera, as long as none was found."""
        return self._spec

    @property
    def source(self) -> SourceInfo | None:
        """What plays or played last; None until it was found."""
        return self._source

    @property
    def model(self) -> Model | None:
        """The model in use."""
        return self._model

    @property
    def wish(self) -> ModelWish:
        """The model that is being loaded, otherwise the one in use."""
        return self._wish or self._in_use

    @property
    def auto_is(self) -> str | None:
        """The device that "auto" has come to; None where it was not asked for, or not answered yet."""
        if self._model is None or self._wish is not None or self._in_use.device != "auto":
            return None
        return self._model.device

    @property
    def statistics(self) -> PipelineStatistics | None:
        """The pipeline's gauges; None before the first run."""
        return self._runner.statistics

    def play(self, spec: str | None) -> None:
        """Play another source, from its beginning; None means the first camera."""
        self._model_tried.set()
        self._open(spec)

    def _open(self, spec: str | None) -> None:
        self._spec = spec
        self._source = None
        self._facts = Facts(
            playing=True,
            model=None if self._model is None else self._model.name,
            model_loading=self._wish is not None,
            lesson=self._facts.lesson,
            threshold=0.0 if self._model is None else self._model.threshold,
        )
        inbox = self._bridge.open_inbox()
        self._playing_job.submit(lambda: self._play_when_ready(spec, inbox))
        self.started.emit()
        self.changed.emit()
        self.offers_changed.emit()

    def stop(self) -> None:
        """End what plays; the last picture may stay."""
        self._facts = replace(self._facts, playing=False, activity=None, prediction=None)
        self._playing_job.submit(self._stop_runner)
        self.changed.emit()

    def toggle(self) -> None:
        """Stop what plays, or play the chosen source again."""
        if self._facts.playing:
            self.stop()
        else:
            self.play(self._spec)

    def use_model(self, name: str | None) -> None:
        """Change the model; the one in use stays until the new one is there, and for good if that is refused."""
        self._load(ModelWish(name, self.wish.device))

    def use_device(self, device: str) -> None:
        """Change the device that the model runs on: "auto", "cpu" or "cuda"."""
        self._load(ModelWish(self.wish.name, device))

    def follow_left_hand(self, left_handed: bool) -> None:
        """The signer leads with the left hand, or with the right one."""
        self._runner.follow_left_hand(left_handed)

    def use_lesson(self, lesson: Lesson | None) -> None:
        """Recognise the signs of a lesson alone, or all of the model's."""
        if lesson != self._lesson:
            self._lesson = lesson
            if self._model is not None:
                self._use(self._model)
                self.changed.emit()

    def use_personal_signs(self, signs: "tuple[PersonalSign, ...]") -> None:
        """Recognise these signs beside the model's own, with this model and those to come."""
        self._personal = signs
        self._teach()

    def begin(self, *, source: str | None, model: ModelWish, fallback: ModelWish | None = None) -> None:
        """Play, load the model and look around for cameras and models, all at the same time.

        Args:
            source: what to play; None means the first camera.
            model: what to load.
            fallback: what to load where `model` is refused, as long as no other is in use.
        """
        self._fallback = fallback
        self._load(model)
        if source is None or source.startswith("camera:"):
            self._model_tried.set()
        self._open(source)
        self.survey()

    def survey(self) -> None:
        """Look again for cameras and models."""
        self._survey_job.submit(self._look_around)

    def hear(self, news: News) -> None:
        """Take in what the pipeline tells."""
        facts = self._facts
        if news.camera_missing:
            facts = replace(facts, camera_missing=True, playing=False)
        if news.source is not None:
            self._source, self._spec = news.source, news.source.spec
            facts = replace(facts, source=news.source.name)
            self.offers_changed.emit()
        if news.state is not None:
            facts = replace(facts, pipeline=news.state, playing=facts.playing and not news.state.final)
        if news.update is not None:
            signing = news.update.activity is Activity.SIGNING
            facts = replace(
                facts,
                time_ns=news.update.time_ns,
                activity=news.update.activity,
                prediction=(news.prediction or facts.prediction) if signing else None,
                last_event=news.events[-1] if news.events else facts.last_event,
            )
        for error in news.errors:
            self.notice.emit(error)
            facts = replace(facts, failure=error)
            if not self._runner.recognising:
                facts = replace(facts, model=None)
        if facts != self._facts:
            self._facts = facts
            self.changed.emit()

    def close(self) -> bool:
        """End everything and wait for it; returns whether all threads have ended. The session ends with it."""
        self._model_tried.set()
        self._bridge.close()
        jobs = (self._playing_job, self._survey_job, self._model_job, self._teacher_job)
        ended = [job.close(CLOSING_S) for job in jobs]
        return self._runner.stop() and all(ended)

    def _play_when_ready(self, spec: str | None, inbox: Inbox) -> None:
        self._model_tried.wait(MODEL_WAIT_S)
        self._runner.play(spec, inbox)

    def _stop_runner(self) -> None:
        self._runner.stop()

    def _load(self, wish: ModelWish) -> None:
        self._wish = wish
        self._facts = replace(self._facts, model_loading=True)
        self._model_job.submit(lambda: self._load_model(wish))
        self.changed.emit()
        self.offers_changed.emit()

    def _load_model(self, wish: ModelWish) -> None:
        try:
            outcome: Model | str = self._services.load_model(wish.name, wish.device)
        except UserFacingError as error:
            outcome = str(error)
        except Exception:
            log.exception("Loading the model %s failed.", wish.name)
            outcome = f"The model {wish.name or ''} cannot be loaded: an unexpected error; the log tells more."
        self._bridge.hand_over(lambda: self._model_loaded(wish, outcome))
        self._model_tried.set()

    def _model_loaded(self, wish: ModelWish, outcome: Model | str) -> None:
        if wish is not self._wish:
            return  # overtaken by a newer wish
        self._wish = None
        self._facts = replace(self._facts, model_loading=False)
        if isinstance(outcome, Model):
            if outcome.notice is not None and wish.device != self._in_use.device:
                self.notice.emit(outcome.notice)
            self._model = outcome
            self._in_use = ModelWish(wish.name or outcome.name, wish.device)
            self._facts = replace(self._facts, model=outcome.name, threshold=outcome.threshold)
            self._learned = frozenset()
            self._use(outcome)
            if self._personal:
                self._teach()
        else:
            self.notice.emit(outcome)
            if self._model is None and self._fallback is not None:
                fallback, self._fallback = self._fallback, None
                self._load(fallback)
        self.changed.emit()
        self.offers_changed.emit()

    def _use(self, model: Model) -> None:
        """Recognise with a model, as far as it knows the lesson's signs."""
        lesson = self._lesson
        known = None if lesson is None else lesson.glosses & {*model.glosses, *self._learned}
        if lesson is not None and not known:
            self.notice.emit(f"{model.name} knows no sign of the lesson {lesson.name}: all its signs are recognised.")
        self._facts = replace(self._facts, lesson=lesson.name if lesson is not None and known else None)
        self._runner.use(model, known or None)

    def _teach(self) -> None:
        """Let the model in use learn the personal signs; a newer model, or newer signs, are another job."""
        model, signs = self._model, self._personal
        if model is not None:
            self._teacher_job.submit(lambda: self._learn(model, signs))

    def _learn(self, model: Model, signs: "tuple[PersonalSign, ...]") -> None:
        try:
            model.learn(signs)
        except UserFacingError as error:
            message = str(error)
            self._bridge.hand_over(lambda: self.notice.emit(message))
        else:
            self._bridge.hand_over(lambda: self._has_learned(model, signs))

    def _has_learned(self, model: Model, signs: "tuple[PersonalSign, ...]") -> None:
        if model is self._model and signs is self._personal:
            self._learned = frozenset(sign.name for sign in signs)
            if self._lesson is not None:
                self._use(model)
            self.changed.emit()

    def _look_around(self) -> None:
        cameras = self._services.list_cameras()
        self._bridge.hand_over(lambda: self._choose_from(replace(self._choices, cameras=cameras)))
        models = self._services.available_models()
        self._bridge.hand_over(lambda: self._choose_from(replace(self._choices, models=models)))

    def _choose_from(self, choices: Choices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.offers_changed.emit()
