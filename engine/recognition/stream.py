"""Live decoding: keypoints of a stream in, activity, candidates and sign events out.

The segmenter cuts the stream into signs, whether or not the hands rest between them. While a sign is being made, the
window from its beginning until now is judged several times a second; once it has ended it is judged as a whole, and
announced, once and for good: no event is revised or withdrawn, and one that would only repeat a sign that is still held
is not made. A gap in time, or a picture of another size, ends what was under way. Everything depends on stream time
alone, so a recording gives the same events everywhere: what is computed for a window is computed when stream time says
so, and only whether its answer is asked for depends on how busy the machine is.
"""

from dataclasses import replace
from typing import Final, Protocol

from engine.features.activity import frame_activity
from engine.models.segmenter import TrainedSegmenter, load_segmenter
from engine.recognition.segmentation import StreamSegmenter, Stretch
from engine.recognition.window import interrupted
from engine.types import NANOSECONDS, Activity, Keypoints, Prediction, SignEvent, StreamUpdate

HOP_NS: Final = NANOSECONDS * 95 // 1000
"""Time between predictions: a tenth of a second, less what the third frame of a camera may come early."""
STREAM_MARGIN_NS: Final = NANOSECONDS * 15 // 100
"""Trimmed clips, which the model has learned from, show the hands on their way up and down, too."""


class Window(Protocol):
    """The last seconds of a stream, to be judged."""

    @property
    def window_ns(self) -> int:
        """The longest stretch that is judged whole."""

    def push(self, keypoints: Keypoints) -> bool:
        """Take in the next frame; tells whether it is new."""

    def prepare(self, span: tuple[int, int]) -> None:
        """Compute of a stretch (start_ns, end_ns) what later ones share with it."""

    def predict(self, span: tuple[int, int], *, top: int = 5) -> Prediction:
        """Name the sign in a stretch (start_ns, end_ns)."""

    def clear(self) -> None:
        """Forget the stream."""


class Predictor(Protocol):
    """What decoding needs of a recogniser."""

    def stream_window(self) -> Window:
        """A window over a new stream."""


class StreamRecogniser:
    """Decodes one stream; feed it every frame in order."""

    def __init__(self, predictor: Predictor, segmenter: TrainedSegmenter | None = None) -> None:
        """Decode with a recogniser and a segmenter, the one that came with the application unless another is given."""
        self._window = predictor.stream_window()
        self._segmenter = StreamSegmenter(segmenter or load_segmenter())
        self.reset()

    def reset(self) -> None:
        """Forget the stream; the next frame begins another one."""
        self._window.clear()
        self._segmenter.clear()
        self._last: Keypoints | None = None
        self._told: SignEvent | None = None
        """The newest event."""
        self._prepared_ns = 0
        self._awaited: tuple[int, int] | None = None
        """The newest window that is due to be judged, until somebody has the time for it."""

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        """Take in the next frame.

        Args:
            keypoints: of that frame; its time must be later than that of the frames before.
            predict: False where the caller is behind: the frame counts, but the window that is due is not judged yet.
        """
        if self._last is not None and interrupted(self._last, keypoints):
            events = self.finish()
            self.reset()
            update = self.push(keypoints, predict=predict)
            return replace(update, events=events + update.events)
        seen = frame_activity(keypoints.joints)
        now_ns = keypoints.time_ns
        if not self._window.push(keypoints):
            return StreamUpdate(time_ns=now_ns, activity=self._activity(seen))
        self._last = keypoints
        ended = self._segmenter.push(keypoints)
        events = tuple(event for stretch in ended for event in self._announced(stretch))
        self._look_ahead(now_ns, new_sign=bool(ended))
        if self._awaited is None or not predict:
            return StreamUpdate(now_ns, self._activity(seen), events=events)
        prediction, self._awaited = self._window.predict(self._awaited), None
        return StreamUpdate(now_ns, Activity.SIGNING, prediction=prediction, events=events)

    def finish(self) -> tuple[SignEvent, ...]:
        """Announce what is under way at the end of the stream."""
        ended = self._segmenter.finish()
        return () if ended is None else self._announced(ended)

    def _look_ahead(self, now_ns: int, *, new_sign: bool) -> None:
        """Prepare the window of the sign under way where one is due."""
        stretch = self._segmenter.signing
        if stretch is None or new_sign:
            self._awaited = None
        if stretch is not None and now_ns - self._prepared_ns >= HOP_NS:
            self._prepared_ns = now_ns
            self._awaited = max(stretch.start_ns - STREAM_MARGIN_NS, now_ns - self._window.window_ns), now_ns
            self._window.prepare(self._awaited)

    def _activity(self, seen: Activity) -> Activity:
        """Raised hands alone are no sign, and a frame without hands in the middle of one does not end it."""
        if self._segmenter.signing is not None:
            return Activity.SIGNING
        return Activity.IDLE if seen is Activity.SIGNING else seen

    def _announced(self, sign: Stretch) -> tuple[SignEvent, ...]:
        """Judge a sign that has ended as a whole."""
        assert self._last is not None
        if not sign.long_enough:
            return ()
        now_ns = self._last.time_ns
        prediction = self._window.predict(
            (sign.start_ns - STREAM_MARGIN_NS, min(sign.end_ns + STREAM_MARGIN_NS, now_ns))
        )
        if not prediction.candidates:
            return ()
        best = prediction.candidates[0]
        event = SignEvent(
            gloss=None if prediction.rejected else best.gloss,
            probability=best.probability,
            start_ns=sign.start_ns,
            end_ns=sign.end_ns,
            emitted_ns=now_ns,
            candidates=prediction.candidates,
        )
        if sign.continues and self._told is not None and event.gloss == self._told.gloss:
            return ()
        self._told = event
        return (event,)
