"""What plays, with which model, on which device: commands in, facts out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.advice import Advisor
from app.bridge import Bridge, News, SourceInfo
from app.cameras import Cameras, camera_of
from app.latest_job import LatestJob
from app.model_in_use import Lesson, ModelInUse, ModelWish
from app.runner import PipelineRunner
from app.services import Model, Services
from app.view_model import Facts
from app.words import tr
from engine.pipeline.listener import PipelineState
from engine.pipeline.statistics import PipelineStatistics
from engine.sessions.recorder import SessionRecorder
from engine.sources.camera_spec import USUAL, CameraSpec, CameraWish, names_camera
from engine.sources.session import Circumstances, is_session
from engine.types import Activity, StreamUpdate

if TYPE_CHECKING:
    from engine.sources.camera import CameraInfo
    from engine.sources.personal_signs import PersonalSign

CLOSING_S: Final = 10.0
"""How long closing waits, all in all, for a model that is being loaded or a camera driver that hangs."""
MODEL_WAIT_MS: Final = 20_000
"""How long a session, and the file that the programme starts with, waits for the model."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from."""

    cameras: "tuple[CameraInfo, ...]"
    models: tuple[str, ...]


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
        self._waiting: Callable[[], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(MODEL_WAIT_MS)
        self._model = ModelInUse(services, bridge, self._runner)
        self._models_job = LatestJob("survey")
        self._cameras = Cameras(services, bridge)

        self._facts = Facts()
        self._models: tuple[str, ...] = ()
        self._spec: str | None = None
        self._source: SourceInfo | None = None
        self._wish_of_cameras = USUAL
        self._gives_hints = True
        self._looks_again = False
        self._advisor = Advisor()
        self._cameras.changed.connect(self._offer_cameras)
        self._cameras.back.connect(self._resume)
        self._patience.timeout.connect(self._play_what_waits)
        self._model.settled.connect(self._play_what_waits)
        self._model.used.connect(self._take_model)
        self._model.changed.connect(self._tell_of_model)
        self._model.notice.connect(self.notice)

    @property
    def facts(self) -> Facts:
        return self._facts

    @property
    def choices(self) -> Choices:
        return Choices(self._cameras.found, self._models)

    @property
    def spec(self) -> str | None:
        """The word or path of the chosen source; None for the first camera, as long as none was found."""
        return self._spec

    @property
    def source(self) -> SourceInfo | None:
        """What plays or played last; None until it was found."""
        return self._source

    @property
    def asked(self) -> CameraWish | None:
        """What the chosen camera was asked for; None where it is none."""
        camera = camera_of(self._spec)
        return None if camera is None else camera.wish or self._wish_of_cameras

    @property
    def model(self) -> Model | None:
        """The model in use."""
        return self._model.model

    @property
    def glosses(self) -> tuple[str, ...]:
        """The vocabulary of the model in use; empty as long as there is none."""
        return () if self.model is None else self.model.glosses

    @property
    def recognised(self) -> frozenset[str]:
        """All signs that are named now: the model's own and those that it has learned, or the lesson's of these."""
        return self._model.recognised

    @property
    def wish(self) -> ModelWish:
        """The model that is being loaded, otherwise the one in use."""
        return self._model.wish

    @property
    def auto_is(self) -> str | None:
        """The device that "auto" has come to; None where it was not asked for, or not answered yet."""
        return self._model.auto_is

    @property
    def statistics(self) -> PipelineStatistics | None:
        """The pipeline's gauges; None before the first run."""
        return self._runner.statistics

    def play(self, spec: str | None) -> None:
        """Play another source, from its beginning; None means the first camera."""
        # A session is recognised from its first frame on, as it was then.
        self._open(spec, waits=spec is not None and is_session(Path(spec)))

    def _open(self, spec: str | None, *, lost: bool = False, waits: bool = False) -> None:
        """Play a source.

        Args:
            spec: its word or path; None for the first camera.
            lost: it is a camera that was pulled out, until its first picture comes.
            waits: it plays once it is known what names the signs in it.
        """
        self._cameras.plays(camera_of(spec))
        self._spec = spec
        self._source = None
        self._looks_again = self._facts.camera_missing
        self._advisor = Advisor()
        self._facts = Facts(
            playing=True,
            camera_lost=lost,
            model=None if self.model is None else self.model.name,
            model_loading=self._model.loading,
            lesson=self._facts.lesson,
            threshold=0.0 if self.model is None else self.model.threshold,
        )
        inbox = self._bridge.open_inbox()
        self._waiting = lambda: self._playing_job.submit(lambda: self._runner.play(spec, inbox))
        if waits and not self._model.is_settled:
            self._playing_job.submit(self._stop_runner)  # nobody sees any more what has played until now
            self._patience.start()
        else:
            self._play_what_waits()
        self.started.emit()
        self.changed.emit()
        self.offers_changed.emit()

    def stop(self) -> None:
        """End what plays; the last picture may stay."""
        self._cameras.plays(None)
        self._waiting = None
        self._facts = replace(self._facts, playing=False, camera_lost=False, activity=None, prediction=None)
        self._playing_job.submit(self._stop_runner)
        self.changed.emit()

    def toggle(self) -> None:
        """Stop what plays, or play the chosen source again."""
        if self._facts.playing:
            self.stop()
        else:
            self.play(self._spec)

    def follow_file(self, before: str, now: str | None) -> None:
        """A file has another path, or is gone: where it is the chosen source, Start plays it there, or a camera."""
        if self._spec == before:
            self._spec = now
            if self._source is not None and now is not None:
                self._source = replace(self._source, spec=now, name=Path(now).name)
            self.offers_changed.emit()

    def use_model(self, name: str | None) -> None:
        """Change the model; the one in use stays until the new one is there, and for good if that is refused."""
        self._model.load(ModelWish(name, self.wish.device))

    def use_device(self, device: str) -> None:
        """Change the device that the model runs on: "auto", "cpu" or "cuda"."""
        self._model.load(ModelWish(self.wish.name, device))

    def follow_left_hand(self, left_handed: bool) -> None:
        """The signer leads with the left hand, or with the right one."""
        self._runner.follow_left_hand(left_handed)

    def ask_cameras_for(self, wish: CameraWish) -> None:
        """Let cameras deliver pictures of another size or rate; the one that plays is opened anew."""
        if wish == self._wish_of_cameras:
            return
        self._wish_of_cameras = wish
        self._runner.ask_cameras_for(wish)
        camera = camera_of(self._spec)
        if camera is not None and camera.wish is None and self._facts.delivers:
            self._open(self._spec)

    def give_hints(self, wanted: bool) -> None:
        """Say what the signer before a camera could do to be seen better, or do not."""
        self._gives_hints = wanted

    @property
    def circumstances(self) -> Circumstances:
        """What decodes what plays, as soon as the model has learned the personal signs."""
        return replace(self._runner.circumstances, personal=self._model.personal)

    def record(self, recorder: SessionRecorder | None) -> None:
        """Record what plays, or no more."""
        self._runner.record(recorder)

    def use_lesson(self, lesson: Lesson | None) -> None:
        """Recognise the signs of a lesson alone, or all of the model's."""
        self._model.use_lesson(lesson)

    def use_personal_signs(self, signs: "tuple[PersonalSign, ...]") -> None:
        """Recognise these signs beside the model's own, with this model and those to come."""
        self._model.use_personal_signs(signs)

    def begin(self, *, source: str | None, models: Sequence[ModelWish]) -> None:
        """Play, load a model and look around for cameras and models, all at the same time.

        A source or a model that the user has chosen already stays.

        Args:
            source: what to play; None means the first camera.
            models: what to load, the first of them that is not refused.
        """
        self._model.begin(models)
        if not self._facts.playing:
            # A short file would be over before the first model is there; a camera shows its picture meanwhile.
            self._open(source, waits=source is not None and not names_camera(source))
        self.survey()

    def survey(self) -> None:
        """Look again for cameras and models."""
        self._cameras.look()
        self._models_job.submit(self._list_models)

    def tick(self) -> None:
        """Look now and then which cameras are there; to be called several times a second."""
        self._cameras.tick()

    def hear(self, news: News) -> None:
        """Take in what the pipeline tells."""
        facts = self._facts
        if news.camera_missing:
            facts = self._no_camera_there(facts)
        if news.source is not None:
            facts = self._found(news.source, facts)
        if news.picture is not None:
            live = self._source is not None and self._source.live
            hint = self._advisor.look(news.picture) if live and self._gives_hints else None
            facts = replace(facts, camera_lost=False, hint=hint)
        if news.state is not None:
            facts = self._enter(news.state, facts)
        if news.update is not None:
            facts = _recognised(news.update, news, facts)
        for error in news.errors:
            facts = self._failed(error, facts)
        if facts != self._facts:
            self._facts = facts
            self.changed.emit()

    def close(self) -> bool:
        """End everything and wait for it; returns whether all threads have ended. The session ends with it."""
        self._waiting = None
        self._bridge.close()
        deadline = time.monotonic() + CLOSING_S
        jobs = (self._playing_job, self._cameras, self._models_job, self._model)
        ended = [job.close(max(0.0, deadline - time.monotonic())) for job in jobs]
        return self._runner.stop() and all(ended)

    def _no_camera_there(self, facts: Facts) -> Facts:
        if self._looks_again:  # otherwise nobody would see that anything was done
            self.notice.emit(tr("There is still no camera. Plug one in, or look at the demo or at a file."))
        return replace(facts, camera_missing=True, playing=False)

    def _found(self, source: SourceInfo, facts: Facts) -> Facts:
        self._source = source
        if self._spec is None:
            self._cameras.plays(camera_of(source.spec))
        self._spec = source.spec
        self.offers_changed.emit()
        return replace(facts, source=source.name)

    def _failed(self, error: str, facts: Facts) -> Facts:
        if not self._facts.camera_lost:  # otherwise it is known, and tried again and again
            self.notice.emit(error)
        facts = replace(facts, failure=error)
        return facts if self._runner.recognising else replace(facts, model=None, activity=None, prediction=None)

    def _enter(self, state: PipelineState, facts: Facts) -> Facts:
        facts = replace(facts, pipeline=state)
        failed = state is PipelineState.FAILED
        if facts.playing and (state is PipelineState.LOST or (failed and facts.camera_lost)):
            self._cameras.wait_for(facts.source or "")
            return replace(facts, camera_lost=True, activity=None, prediction=None)
        if facts.playing and failed and self._cameras.missing:
            return self._without_its_camera(facts)
        return replace(facts, playing=facts.playing and not state.final)

    def _without_its_camera(self, facts: Facts) -> Facts:
        """The camera that was chosen is not plugged in: it is played as soon as it is."""
        self._cameras.wait_for("")
        return replace(facts, playing=True, camera_lost=True)

    def _resume(self, index: int) -> None:
        """Play the camera again that was pulled out, asked for the same as before."""
        camera = camera_of(self._spec)
        self._open(str(CameraSpec(index, None if camera is None else camera.wish)), lost=True)

    def _play_what_waits(self) -> None:
        play, self._waiting = self._waiting, None
        self._patience.stop()
        if play is not None:
            play()

    def _stop_runner(self) -> None:
        self._runner.stop()

    def _take_model(self) -> None:
        model = self._model.model
        assert model is not None
        self._facts = replace(
            self._facts,
            model=model.name,
            model_loading=self._model.loading,
            threshold=model.threshold,
            lesson=self._model.lesson,
        )
        self.changed.emit()

    def _tell_of_model(self) -> None:
        self._facts = replace(self._facts, model_loading=self._model.loading)
        self.changed.emit()
        self.offers_changed.emit()

    def _offer_cameras(self) -> None:
        self.offers_changed.emit()
        if self._facts.camera_missing and self._cameras.found:
            self.play(None)  # what was wanted all the time
        elif self._facts.pipeline is PipelineState.FAILED and not self._facts.playing and self._cameras.missing:
            self._facts = self._without_its_camera(self._facts)  # it failed before anybody knew why
            self.changed.emit()

    def _list_models(self) -> None:
        models = self._services.available_models()
        self._bridge.hand_over(lambda: self._offer_models(models))

    def _offer_models(self, models: tuple[str, ...]) -> None:
        if models != self._models:
            self._models = models
            self.offers_changed.emit()


def _recognised(update: StreamUpdate, news: News, facts: Facts) -> Facts:
    signing = update.activity is Activity.SIGNING
    return replace(
        facts,
        time_ns=update.time_ns,
        activity=update.activity,
        prediction=(news.prediction or facts.prediction) if signing else None,
        last_event=news.events[-1] if news.events else facts.last_event,
    )
