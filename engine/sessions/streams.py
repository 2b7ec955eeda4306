"""Decoding while it is recorded, and decoding a recording as it was decoded then."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from engine.features.activity import frame_activity
from engine.pipeline.recognition import SignStream
from engine.recognition.mirroring import MirroredStream
from engine.sessions.recorder import SessionRecorder
from engine.sources.session import Circumstances
from engine.types import Keypoints, SignEvent, StreamUpdate

UNKNOWN: Final = Circumstances(from_ns=0)


class RecordedStream:
    """A `SignStream` that tells a recorder of all that it decodes and announces."""

    def __init__(self, stream: SignStream, recorder: SessionRecorder, circumstances: Circumstances) -> None:
        """Decode with a fresh stream, in `circumstances` from the first keypoints on."""
        self._stream = stream
        self._recorder = recorder
        self._circumstances = circumstances
        self._begun = False

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        if not self._begun:
            self._begun = True
            self._recorder.begin(replace(self._circumstances, from_ns=keypoints.time_ns))
        try:
            update = self._stream.push(keypoints, predict=predict)
            # Pictures of another size end the recording: the sign that they end belongs to it.
            self._recorder.announce(update.events)
        finally:
            self._recorder.record(keypoints)  # what breaks the decoder, too
        return update

    def finish(self) -> tuple[SignEvent, ...]:
        events = self._stream.finish()
        self._recorder.announce(events)
        self._recorder.end()
        return events


class SilentStream:
    """A `SignStream` that names nothing: what records without a model."""

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        return StreamUpdate(keypoints.time_ns, frame_activity(keypoints.joints))

    def finish(self) -> tuple[SignEvent, ...]:
        return ()


class ReplayedStream:
    """A `SignStream` that begins anew where the recorded one did, and sees the signer as that one did.

    With the model, the lesson and the personal signs of then, it announces the very same events.
    """

    def __init__(self, new_stream: Callable[[], SignStream], circumstances: Sequence[Circumstances]) -> None:
        """Decode with streams of `new_stream`; `circumstances` are the recorded ones, in order of time."""
        self._new_stream = new_stream
        self._coming = list(circumstances)
        self._now = UNKNOWN
        self._stream: SignStream | None = None

    @property
    def left_handed(self) -> bool:
        """Whether the signer's mirror image is decoded now."""
        return self._now.left_handed

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        reached = [each for each in self._coming if each.from_ns <= keypoints.time_ns]
        del self._coming[: len(reached)]
        events: tuple[SignEvent, ...] = ()
        if self._stream is None or reached:
            events = self.finish()
            self._now = reached[-1] if reached else UNKNOWN
            stream = self._new_stream()
            self._stream = MirroredStream(stream) if self.left_handed else stream
        update = self._stream.push(keypoints, predict=predict)
        return replace(update, events=events + update.events)

    def finish(self) -> tuple[SignEvent, ...]:
        return () if self._stream is None else self._stream.finish()
