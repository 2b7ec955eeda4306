"""One live pipeline at a time, and the recogniser that it uses."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Lock

from app.attempt import outcome_of
from app.bridge import Inbox, SourceInfo
from app.services import Model, Services
from app.words import tr
from engine.pipeline.listener import PipelineState
from engine.pipeline.live import LivePipeline
from engine.pipeline.recognition import SignStream
from engine.pipeline.statistics import PipelineStatistics
from engine.recognition.memory import RememberingStream
from engine.recognition.mirroring import MirroredStream
from engine.sessions.recorder import SessionRecorder
from engine.sessions.streams import RecordedStream, ReplayedStream, SilentStream
from engine.sources.camera_spec import USUAL, CameraSpec, CameraWish, names_camera
from engine.sources.session import Circumstances, SessionNotes
from engine.sources.session_source import SessionSource
from engine.types import Frame, Keypoints


class PipelineRunner:
    """Starts and stops pipelines; every method may be called from any thread.

    `play` and `stop` wait for the pipeline before to let go of its camera, so they are jobs for a worker thread
    and do not run at the same time as each other; the rest returns at once.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = Lock()
        self._pipeline: LivePipeline | None = None
        self._inbox: Inbox | None = None
        self._model: Model | None = None
        self._vocabulary: frozenset[str] | None = None
        self._personal: tuple[str, ...] = ()
        self._left_handed = False
        self._wish = USUAL
        self._notes: SessionNotes | None = None
        self._recorder: SessionRecorder | None = None

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
            self._pipeline = self._recorder = self._notes = None
        unexpected = tr(
            "{source} cannot be played: an unexpected error; the log tells more.", source=spec or tr("The camera")
        )
        problem = outcome_of(lambda: self._start(spec, inbox), unexpected=unexpected)
        if problem is not None:
            inbox.on_error(problem)
            inbox.on_state(PipelineState.FAILED)

    def use(self, model: Model, *, vocabulary: frozenset[str] | None, personal: Iterable[str]) -> None:
        """Recognise with a model from the next sign on; neither what plays nor a sign is interrupted.

        Args:
            model: that is in use from now on, or has been until now with other signs.
            vocabulary: what it names alone; None: all.
            personal: the names of the personal signs that it has learned.
        """
        model.restrict(vocabulary)
        with self._lock:
            self._model, self._vocabulary, self._personal = model, vocabulary, tuple(sorted(personal))
            self._change_stream()

    def record(self, recorder: SessionRecorder | None) -> None:
        """Record what plays from its next frame on, or no more; a sign under way is cut there.

        What plays next is not recorded.
        """
        with self._lock:
            self._recorder = recorder
            if self._pipeline is not None:
                self._pipeline.set_recogniser(self._new_stream(), at_once=True)

    def follow_left_hand(self, left_handed: bool) -> None:
        """Let the model see a left-handed signer as a right-handed one, from now on."""
        with self._lock:
            if left_handed != self._left_handed:
                self._left_handed = left_handed
                self._change_stream()

    def ask_cameras_for(self, wish: CameraWish) -> None:
        """Ask the cameras that are played from now on for this, but for those whose word asks for something itself."""
        with self._lock:
            self._wish = wish

    @property
    def circumstances(self) -> Circumstances:
        """What decodes what plays."""
        with self._lock:
            return self._circumstances()

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
        source = self._services.open_source(self._asking(spec))
        notes, begins_ns = None, 0
        if isinstance(source, SessionSource):
            notes, begins_ns = source.read_notes(), source.read_beginning()
        inbox.on_source(SourceInfo(spec, source.name, source.live, notes, begins_ns))
        with self._lock:
            self._inbox, self._notes = inbox, notes
            listener = _Watched(inbox, self._show_to_recorder)
            self._pipeline = LivePipeline(source, self._services.make_extractor, self._new_stream(), listener)
            self._pipeline.start()

    def _change_stream(self) -> None:
        if self._pipeline is not None and self._model is not None:
            self._pipeline.set_recogniser(self._new_stream())

    def _new_stream(self) -> SignStream | None:
        stream = decoder = self._decoder()
        left_handed = self._left_handed
        if self._recorder is not None:
            stream = RecordedStream(stream or SilentStream(), self._recorder, self._circumstances())
        if stream is None or self._inbox is None:
            return None

        def sees_mirror_image() -> bool:
            return decoder.left_handed if isinstance(decoder, ReplayedStream) else left_handed

        return RememberingStream(stream, self._inbox.on_sign, left_handed=sees_mirror_image)

    def _decoder(self) -> SignStream | None:
        if self._model is None:
            return None
        if self._notes is not None:
            return ReplayedStream(self._model.new_stream, self._notes.circumstances)
        stream = self._model.new_stream()
        return MirroredStream(stream) if self._left_handed else stream

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            from_ns=0,
            model=None if self._model is None else self._model.name,
            threshold=0.0 if self._model is None else self._model.threshold,
            left_handed=self._left_handed,
            lesson=None if self._vocabulary is None else tuple(sorted(self._vocabulary)),
            personal=self._personal,
        )

    def _show_to_recorder(self, frame: Frame) -> None:
        recorder = self._recorder
        if recorder is not None:
            recorder.show(frame)

    def _asking(self, spec: str) -> str:
        if not names_camera(spec):
            return spec
        camera = CameraSpec.parse(spec)
        with self._lock:
            return str(replace(camera, wish=camera.wish or self._wish))

    def _first_camera(self) -> str | None:
        cameras = self._services.list_cameras()
        return f"camera:{cameras[0].index}" if cameras else None


class _Watched:
    """Hears a pipeline as its inbox does, and shows the pictures to somebody else as well; see `PipelineListener`."""

    def __init__(self, inbox: Inbox, show: Callable[[Frame], None]) -> None:
        self._show = show
        self.on_state, self.on_update, self.on_error = inbox.on_state, inbox.on_update, inbox.on_error
        self._on_frame = inbox.on_frame

    def on_frame(self, frame: Frame, keypoints: Keypoints | None) -> None:
        self._on_frame(frame, keypoints)
        self._show(frame)
