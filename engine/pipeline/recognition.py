"""The last step of a live pipeline: keypoints into a recogniser that can be changed and may fail."""

import logging
import time
from dataclasses import replace
from threading import Lock
from typing import Final, Protocol

from engine.errors import UserFacingError
from engine.pipeline.listener import PipelineListener
from engine.pipeline.statistics import Gauges
from engine.types import NANOSECONDS, Activity, Keypoints, SignEvent, StreamUpdate

PATIENCE_NS: Final = 4 * NANOSECONDS
"""How long a new recogniser waits for a sign under way to end: longer than nearly every sign."""

log = logging.getLogger(__name__)


class SignStream(Protocol):
    """What a pipeline needs of `engine.recognition.stream.StreamRecogniser`."""

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        """Take the next frame in; without `predict` the window is kept up but not looked at."""

    def finish(self) -> tuple[SignEvent, ...]:
        """Announce what is still under way at the end of the stream."""


class RecognitionStep:
    """Feeds a `SignStream` on the recogniser's thread and hands its updates to the listener.

    A batch of keypoints is what came in while the previous one was being decoded. All of them go into the window
    in order, but only the newest is predicted on: one prediction a batch, however long that takes, so the
    delay stays at one prediction and never grows.

    A recogniser that takes over lets the one before see the sign under way to its end: cut in two,
    it would be named twice.

    A recogniser that fails is put aside, once and with one line; the pipeline goes on without.
    """

    def __init__(self, stream: SignStream | None, listener: PipelineListener, gauges: Gauges) -> None:
        self._listener = listener
        self._gauges = gauges
        self._lock = Lock()
        self._wanted = stream
        self._stream = stream
        self._last_update: StreamUpdate | None = None
        self._at_once = False
        self._waits_since_ns: int | None = None

    @property
    def active(self) -> bool:
        """There is a recogniser, and it works."""
        with self._lock:
            return self._wanted is not None

    def change(self, stream: SignStream | None, *, at_once: bool = False) -> None:
        """Let `stream` decode as soon as no sign is under way; may be called from any thread.

        Args:
            stream: decodes from then on; None: nothing does.
            at_once: from the next batch on, even in the middle of a sign.
        """
        with self._lock:
            self._wanted, self._at_once = stream, at_once or self._at_once

    def decode(self, batch: tuple[Keypoints, ...], *, predict_all: bool) -> None:
        """Decode successive keypoints, oldest first; predicts on the newest, or on all of them."""
        with self._lock:
            wanted, at_once = self._wanted, self._at_once
        if wanted is self._stream:
            self._take(wanted)  # a change may have been taken back: the next one has patience of its own
        elif at_once or not self._in_a_sign(batch[0].time_ns):
            self.finish()
            self._take(wanted)
        for keypoints in batch:
            self._push(keypoints, predict=predict_all or keypoints is batch[-1])

    def finish(self) -> None:
        """Announce what is under way; nothing more comes to this recogniser."""
        stream, update = self._stream, self._last_update
        self._last_update = None
        if stream is None or update is None:
            return
        try:
            closing = closing_update(stream, update)
        except Exception as error:
            self._put_aside(error)
            return
        if closing is not None:
            self._listener.on_update(closing)

    def _take(self, stream: SignStream | None) -> None:
        self._stream, self._waits_since_ns = stream, None
        with self._lock:
            if self._wanted is stream:
                self._at_once = False

    def _in_a_sign(self, now_ns: int) -> bool:
        """A sign is under way that is worth waiting for; tells so for a while only."""
        if self._stream is None or self._last_update is None or self._last_update.activity is not Activity.SIGNING:
            return False
        if self._waits_since_ns is None:
            self._waits_since_ns = now_ns
        return now_ns - self._waits_since_ns < PATIENCE_NS

    def _push(self, keypoints: Keypoints, *, predict: bool) -> None:
        if self._stream is None:
            return
        began_ns = time.perf_counter_ns()
        try:
            update = self._stream.push(keypoints, predict=predict)
        except Exception as error:
            self._put_aside(error)
            return
        if update.prediction is not None:
            self._gauges.predicted(took_ns=time.perf_counter_ns() - began_ns)
        self._last_update = update
        self._listener.on_update(update)

    def _put_aside(self, error: Exception) -> None:
        with self._lock:
            if self._wanted is self._stream:
                self._wanted = None
            self._stream = None
        if isinstance(error, UserFacingError):
            message = str(error)
        else:
            log.error("The recogniser failed.", exc_info=error)
            message = "Recognition failed and was switched off; the log tells more. Choose a model to go on."
        self._listener.on_error(message)


def closing_update(stream: SignStream, last_update: StreamUpdate) -> StreamUpdate | None:
    """Finish a stream; returns the update that announces what was under way after `last_update`, if anything."""
    events = stream.finish()
    return replace(last_update, prediction=None, events=events) if events else None
