"""One live pipeline at a time, and the recogniser that it uses."""

import logging
from threading import Lock

from app.bridge import Inbox, SourceInfo
from app.services import Model, Services
from engine.errors import UserFacingError
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.pipeline.recognition import SignStream
from engine.pipeline.statistics import PipelineStatistics
from engine.recognition.mirroring import MirroredStream

log = logging.getLogger(__name__)


class PipelineRunner:
    """Starts and stops pipelines; every method may be called from any thread.

    `play` and `stop` wait for the pipeline before to let go of its camera, so they are jobs for a worker thread
    and do not run at the same time as each other; the rest returns at once.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = Lock()
        self._pipeline: LivePipeline | None = None
        self._model: Model | None = None
        self._left_handed = False

    @property
    def statistics(self) -> PipelineStatistics | None:
        """The gauges of what plays or played last."""
        with self._lock:
            return None if self._pipeline is None else self._pipeline.statistics

    @property
    def recognising(self) -> bool:
        """There is a model, and it works."""
        with self._lock:
            return self._model is not None and (self._pipeline is None or self._pipeline.recognising)

    def play(self, spec: str | None, inbox: Inbox) -> None:
        """Play a source, or the first camera where `spec` is None; what happens is told to `inbox`."""
        self.stop()
        with self._lock:
            self._pipeline = None
        try:
            self._start(spec, inbox)
        except UserFacingError as error:
            _refuse(inbox, str(error))
        except Exception:
            log.exception("Playing %s failed.", spec)
            _refuse(inbox, f"{spec or 'The camera'} cannot be played: an unexpected error; the log tells more.")

    def use(self, model: Model, vocabulary: frozenset[str] | None) -> None:
        """Recognise with `model`, all its glosses or some of them, from now on, without interrupting what plays."""
        model.restrict(vocabulary)
        with self._lock:
            self._model = model
            self._change_stream()

    def follow_left_hand(self, left_handed: bool) -> None:
        """Let the model see a left-handed signer as a right-handed one, from now on."""
        with self._lock:
            if left_handed != self._left_handed:
                self._left_handed = left_handed
                self._change_stream()

    def stop(self) -> bool:
        """End what plays and release its source; returns whether its threads have ended."""
        with self._lock:
            pipeline = self._pipeline
        return pipeline is None or pipeline.stop()

    def _start(self, spec: str | None, inbox: Inbox) -> None:
        spec = spec or self._first_camera()
        if spec is None:
            inbox.on_camera_missing()
            return
        source = self._services.open_source(spec)
        inbox.on_source(SourceInfo(spec, source.name, source.live))
        with self._lock:
            self._pipeline = LivePipeline(source, self._services.make_extractor, self._new_stream(), inbox)
            self._pipeline.start()

    def _change_stream(self) -> None:
        if self._pipeline is not None and self._model is not None:
            self._pipeline.set_recogniser(self._new_stream())

    def _new_stream(self) -> SignStream | None:
        if self._model is None:
            return None
        stream = self._model.new_stream()
        return MirroredStream(stream) if self._left_handed else stream

    def _first_camera(self) -> str | None:
        cameras = self._services.list_cameras()
        return f"camera:{cameras[0].index}" if cameras else None


def _refuse(inbox: Inbox, message: str) -> None:
    inbox.on_error(message)
    inbox.on_state(PipelineState.FAILED)
