"""The live pipeline: source, keypoints and recogniser, each on a thread of its own.

    source --(mailbox, 1 frame)--> extractor --(mailbox, a few seconds of keypoints)--> recogniser

A frame waits for the extractor only until a newer one comes, so a slow extractor makes fewer keypoints, never
later ones. Keypoints are small and a window wants all of them, so they wait; the recogniser takes all that have
come and predicts on the newest alone (see RecognitionStep). Recorded keypoints are at hand already and are never left
out: a recording gives the same events however busy the machine is. When the source ends or is stopped, each thread
finishes what it has, releases what it opened and closes the mailboxes on both sides, so that nobody waits in vain.
"""

import logging
import time
from collections.abc import Callable
from contextlib import closing
from threading import Event, Lock, Thread, current_thread
from typing import Final

from engine.errors import SourceLostError, UserFacingError
from engine.keypoints.extractor import KeypointExtractor
from engine.pipeline.lazy import LazyExtractor
from engine.pipeline.listener import PipelineListener, PipelineState
from engine.pipeline.mailbox import Mailbox
from engine.pipeline.picture import PictureFeed
from engine.pipeline.recognition import RecognitionStep, SignStream
from engine.pipeline.statistics import Gauges, PipelineStatistics
from engine.sources.base import FrameSource
from engine.sources.pacing import pace
from engine.types import Frame, Keypoints

KEYPOINTS_WAITING: Final = 150
"""Five seconds at 30 frames a second; whatever the recogniser leaves longer than that is dropped and counted."""
RECORDED_WAITING: Final = 8
"""Recorded keypoints are played more slowly where the recogniser cannot keep up, so that its signs fit the picture."""

log = logging.getLogger(__name__)


class LivePipeline:
    """Runs one source once, from `start` to a final state; a new source wants a new pipeline."""

    def __init__(
        self,
        source: FrameSource,
        extractor_factory: Callable[[], KeypointExtractor],
        recogniser: SignStream | None,
        listener: PipelineListener,
        *,
        real_time: bool = True,
    ) -> None:
        """Describe a pipeline; nothing happens before `start`.

        Args:
            source: not entered; it is opened, read and closed on one of the pipeline's threads.
            extractor_factory: makes the extractor on the thread that uses it, when the first picture wants it.
            recogniser: a fresh `StreamRecogniser`, or None to show keypoints alone.
            listener: what happens is told to it, on the pipeline's threads.
            real_time: play a source that is not live at its own speed. Otherwise every frame of it is processed
                and predicted on, as fast as that goes.
        """
        self._source = source
        self._extractor_factory = extractor_factory
        self._listener = listener
        self._real_time = real_time
        self._lossless = not real_time and not source.live

        self._frames: Mailbox[Frame] = Mailbox(1, lossless=self._lossless)
        self._keypoints: Mailbox[Keypoints] = Mailbox(KEYPOINTS_WAITING, lossless=self._lossless)
        self._gauges = Gauges()
        self._pictures = PictureFeed(listener.on_frame)
        self._recognition = RecognitionStep(recogniser, listener, self._gauges)

        self._stopping = Event()
        # A file does not start to play before its first frame has come through: its first sign would be missed.
        self._warm = Event()
        self._lock = Lock()
        self._state = PipelineState.NEW
        self._failure: PipelineState | None = None
        self._at_work = 0
        self._threads: tuple[Thread, ...] = ()

    @property
    def state(self) -> PipelineState:
        return self._state

    @property
    def recognising(self) -> bool:
        """There is a recogniser, and it has not failed."""
        return self._recognition.active

    @property
    def statistics(self) -> PipelineStatistics:
        """The gauges as they stand; cheap enough to ask for several times a second, from any thread."""
        return self._gauges.read(
            now_ns=time.monotonic_ns(),
            frames_dropped=self._frames.dropped,
            keypoints_dropped=self._keypoints.dropped,
        )

    def start(self) -> None:
        """Begin; returns at once."""
        if self._threads:
            raise RuntimeError("a pipeline runs once")
        work = {"source": self._read_source, "keypoints": self._extract, "recogniser": self._recognise}
        self._at_work = len(work)
        self._threads = tuple(
            # A camera driver that hangs must not keep the process from ending.
            Thread(target=self._guarded, args=(task,), name=f"pipeline {name}", daemon=True)
            for name, task in work.items()
        )
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the pipeline and wait until its threads have ended; may be called again, and at any time.

        Args:
            timeout: seconds to wait, all in all.

        Returns:
            True once all threads have ended. False where one still hangs, which is logged: it holds the source
            until whatever it waits for lets go. False, too, on a thread of the pipeline itself, which cannot
            wait for its own end.
        """
        self._stopping.set()
        self._frames.close()
        if current_thread() in self._threads:
            return False
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        hanging = [thread.name for thread in self._threads if thread.is_alive()]
        if hanging:
            log.warning("%s: still waiting for: %s.", self._source.name, ", ".join(hanging))
        return not hanging

    def set_recogniser(self, recogniser: SignStream | None, *, at_once: bool = False) -> None:
        """Change the recogniser, from any thread and at any time.

        The old one sees a sign under way to its end, unless the change is to be made at once; what comes then goes to
        the new one, no keypoints are lost. Also brings recognition back after a recogniser failed.
        """
        self._recognition.change(recogniser, at_once=at_once)

    def _read_source(self) -> None:
        with closing(self._frames):
            self._enter_state(PipelineState.OPENING)
            with self._source as source:
                self._enter_state(PipelineState.WARMING_UP)
                paced = self._real_time and not source.live
                for frame in pace(source, stop=self._stopping) if paced else source:
                    if self._stopping.is_set():
                        break
                    self._gauges.frame_captured(at_ns=frame.arrived_ns)
                    self._pictures.captured(frame)
                    self._frames.put(frame, most=1 if self._recorded(frame) else None)
                    if paced:
                        self._warm.wait()

    def _extract(self) -> None:
        extractor = LazyExtractor(self._extractor_factory)
        try:
            with closing(self._frames), closing(self._keypoints), closing(extractor):
                while frames := self._frames.take():
                    for frame in frames:
                        self._extract_one(frame, extractor)
                        self._warm.set()
        finally:
            self._warm.set()

    def _extract_one(self, frame: Frame, extractor: KeypointExtractor) -> None:
        began_ns = time.perf_counter_ns()
        keypoints = extractor(frame)
        took_ns, now_ns = time.perf_counter_ns() - began_ns, time.monotonic_ns()
        self._gauges.frame_processed(at_ns=now_ns, took_ns=took_ns, delay_ns=now_ns - frame.arrived_ns)
        if self._state is PipelineState.WARMING_UP:
            self._enter_state(PipelineState.RUNNING)
        self._keypoints.put(keypoints, most=RECORDED_WAITING if self._recorded(frame) else None)
        usually = self._gauges.keypoint_ms()
        assert usually is not None
        self._pictures.processed(frame, keypoints, keypoint_ms=usually.median)

    def _recorded(self, frame: Frame) -> bool:
        return frame.keypoints is not None and not self._source.live

    def _recognise(self) -> None:
        with closing(self._keypoints):
            while batch := self._keypoints.take():
                self._recognition.decode(batch, predict_all=self._lossless)
            self._recognition.finish()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run one thread's work; a failure is told and ends the others, and the last to end tells the final state."""
        try:
            work()
        except SourceLostError as error:
            self._fail(str(error), PipelineState.LOST)
        except UserFacingError as error:
            self._fail(str(error))
        except Exception:
            log.exception("%s: the %s thread failed.", self._source.name, current_thread().name)
            self._fail(f"{self._source.name} was stopped by an unexpected error; the log tells more.")
        with self._lock:
            self._at_work -= 1
            last = self._at_work == 0
        if last:
            self._enter_state(self._final_state())

    def _fail(self, message: str, failure: PipelineState = PipelineState.FAILED) -> None:
        with self._lock:
            first = self._failure is None
            self._failure = self._failure or failure
        self._stopping.set()
        if first:
            self._listener.on_error(message)

    def _final_state(self) -> PipelineState:
        if self._failure is not None:
            return self._failure
        return PipelineState.STOPPED if self._stopping.is_set() else PipelineState.ENDED

    def _enter_state(self, state: PipelineState) -> None:
        self._state = state
        self._listener.on_state(state)
