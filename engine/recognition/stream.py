"""Live decoding: keypoints of a stream in, activity, candidates and sign events out.

Signing is cut into signs in two ways. Where the hands come to rest, the stretch is one sign and is judged once
more, exactly as `recognise` judges a trimmed clip. Where one sign follows another without a rest, the majority
over successive windows decides: once it has gone over to another gloss, the sign before is announced. A gap in
time, or a picture of another size, ends what was under way. Everything depends on stream time alone, so a
recording gives the same events everywhere.
"""

from dataclasses import replace
from typing import Final, Protocol

from engine.features.activity import MARGIN_NS, frame_activity
from engine.recognition.signing import SigningDetector, Stretch
from engine.recognition.votes import MajorityVote
from engine.types import NANOSECONDS, Activity, Keypoints, Prediction, SignEvent, StreamUpdate

HOP_NS: Final = NANOSECONDS * 95 // 1000
"""Time between predictions: a tenth of a second, less what the third frame of a camera may come early."""
GAP_NS: Final = NANOSECONDS
"""Without frames for this long (a machine that slept, a camera that hung), nobody knows what was signed."""
VOTES: Final = 5
SHORTEST_SIGN_NS: Final = NANOSECONDS * 3 // 10
"""A shorter stretch is a twitch, not a sign."""
SETTLED_NS: Final = NANOSECONDS * 3 // 2
"""Before this much of a sign has been seen, windows show its beginning, and their majority means little."""


class Window(Protocol):
    """The last seconds of a stream, to be judged."""

    @property
    def window_ns(self) -> int:
        """The longest stretch that is judged whole."""

    def push(self, keypoints: Keypoints) -> bool:
        """Take in the next frame; tells whether it is new."""

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

    def __init__(self, predictor: Predictor) -> None:
        self._window = predictor.stream_window()
        self._detector = SigningDetector()
        self._votes = MajorityVote(VOTES)
        self.reset()

    def reset(self) -> None:
        """Forget the stream; the next frame begins another one."""
        self._window.clear()
        self._detector.finish()
        self._votes.clear()
        self._sign_start_ns: int | None = None
        self._settled: Prediction | None = None
        self._last_event: SignEvent | None = None
        self._last: Keypoints | None = None
        self._now_ns = 0
        self._predicted_ns = 0

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        """Take in the next frame.

        Args:
            keypoints: of that frame; its time must be later than that of the frames before.
            predict: False where the caller is behind: the frame counts, but no window is judged for it.
        """
        if self._last is not None and _interrupted(self._last, keypoints):
            events = self.finish()
            self.reset()
            update = self.push(keypoints, predict=predict)
            return replace(update, events=events + update.events)
        seen = frame_activity(keypoints.joints)
        if not self._window.push(keypoints):
            return StreamUpdate(time_ns=keypoints.time_ns, activity=self._activity(seen))
        self._last, self._now_ns = keypoints, keypoints.time_ns
        ended = self._detector.push(seen, self._now_ns)
        if ended is not None:
            return StreamUpdate(self._now_ns, self._activity(seen), events=self._close(ended))
        stretch = self._detector.signing
        if stretch is None or not predict or self._now_ns - self._predicted_ns < HOP_NS:
            return StreamUpdate(self._now_ns, self._activity(seen))
        prediction, events = self._look(stretch)
        return StreamUpdate(self._now_ns, Activity.SIGNING, prediction=prediction, events=events)

    def finish(self) -> tuple[SignEvent, ...]:
        """Announce what is under way at the end of the stream."""
        ended = self._detector.finish()
        return () if ended is None else self._close(ended)

    def _activity(self, seen: Activity) -> Activity:
        """A frame without hands in the middle of a stretch does not end it, one frame with hands begins none."""
        if self._detector.signing is not None:
            return Activity.SIGNING
        return Activity.IDLE if seen is Activity.SIGNING else seen

    def _look(self, stretch: Stretch) -> tuple[Prediction, tuple[SignEvent, ...]]:
        """Judge the window that ends now, and announce the sign that the majority has left."""
        self._predicted_ns = self._now_ns
        sign = self._sign(stretch)
        start = max(sign.start_ns - MARGIN_NS, self._now_ns - self._window.window_ns)
        prediction = self._window.predict((start, self._now_ns))
        best = None if prediction.rejected else prediction.candidates[0].gloss
        self._votes.push(best, self._now_ns)
        winner = self._votes.winner
        if winner is None or sign.duration_ns < SETTLED_NS:
            return prediction, ()
        settled = self._settled
        if winner == best:
            self._settled = prediction
        if settled is None or settled.candidates[0].gloss == winner:
            return prediction, ()
        boundary = max(self._votes.first_for(winner), sign.start_ns)
        event = self._event(settled, Stretch(sign.start_ns, boundary))
        self._sign_start_ns, self._settled = boundary, None
        self._votes.clear()
        return prediction, self._announced(event)

    def _close(self, stretch: Stretch) -> tuple[SignEvent, ...]:
        """The hands rest: judge what has not been announced of the stretch."""
        sign, settled = self._sign(stretch), self._settled
        self._sign_start_ns, self._settled = None, None
        self._votes.clear()
        if sign.duration_ns < SHORTEST_SIGN_NS:
            return ()
        span = (sign.start_ns - MARGIN_NS, sign.end_ns + MARGIN_NS)
        prediction = self._window.predict(span)
        if prediction.rejected and settled is not None:
            # The whole is unclear, but the windows agreed for long enough: a sign that was held, or an unclear end.
            prediction = settled
        if not prediction.candidates:
            return ()
        continued = sign.start_ns > stretch.start_ns
        same = self._last_event is not None and self._last_event.gloss == prediction.candidates[0].gloss
        if continued and (prediction.rejected or same):
            # The tail of a sign that has been announced already, or the way down from it.
            return ()
        return self._announced(self._event(prediction, sign))

    def _sign(self, stretch: Stretch) -> Stretch:
        """What of a stretch belongs to the sign under way."""
        if self._sign_start_ns is None:
            return stretch
        return Stretch(min(self._sign_start_ns, stretch.end_ns), stretch.end_ns)

    def _event(self, prediction: Prediction, sign: Stretch) -> SignEvent:
        best = prediction.candidates[0]
        return SignEvent(
            gloss=None if prediction.rejected else best.gloss,
            probability=best.probability,
            start_ns=sign.start_ns,
            end_ns=sign.end_ns,
            emitted_ns=self._now_ns,
            candidates=prediction.candidates,
        )

    def _announced(self, event: SignEvent) -> tuple[SignEvent, ...]:
        self._last_event = event
        return (event,)


def _interrupted(last: Keypoints, new: Keypoints) -> bool:
    """Pixels of another picture size mean something else, and so does a motion with a hole in it."""
    return new.size != last.size or new.time_ns - last.time_ns > GAP_NS
