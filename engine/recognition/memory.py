"""What the last sign looked like: its keypoints, never its pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.pipeline.recognition import SignStream
from engine.recognition.window import SlidingWindow, interrupted
from engine.types import NANOSECONDS, KeypointClip, Keypoints, SignEvent, StreamUpdate

REMEMBERED_NS: Final = 6 * NANOSECONDS
"""Enough for the longest sign, what is kept around it, and the time until it is announced."""
AROUND_NS: Final = NANOSECONDS * 2 // 10
"""Kept before and after a sign: more than what is judged with it."""


@dataclass(frozen=True, slots=True)
class RecordedSign:
    """A sign event and the keypoints it was made of.

    Attributes:
        event: what was recognised.
        clip: the frames of the sign, with a little before and after, as the signer was seen; not empty.
        left_handed: the recogniser saw the signer's mirror image.
    """

    event: SignEvent
    clip: KeypointClip
    left_handed: bool = False


class RememberingStream:
    """A `SignStream` that tells of each sign what it looked like."""

    def __init__(
        self,
        stream: SignStream,
        on_sign: Callable[[RecordedSign], None],
        *,
        left_handed: Callable[[], bool] = lambda: False,
    ) -> None:
        """Decode with `stream`; `on_sign` is called on the thread that pushes.

        `left_handed` tells whether `stream` sees the mirror image of what it is given.
        """
        self._stream = stream
        self._on_sign = on_sign
        self._left_handed = left_handed
        self._window = SlidingWindow(REMEMBERED_NS)
        self._last: Keypoints | None = None

    def push(self, keypoints: Keypoints, *, predict: bool = True) -> StreamUpdate:
        """Take the next frame in, and tell of the signs that it ends."""
        if self._last is not None and interrupted(self._last, keypoints):
            update = self._stream.push(keypoints, predict=predict)  # which ends the sign that was under way
            self._tell(update.events)
            self._window.clear()
            self._take_in(keypoints)
        else:
            self._take_in(keypoints)
            update = self._stream.push(keypoints, predict=predict)
            self._tell(update.events)
        return update

    def finish(self) -> tuple[SignEvent, ...]:
        """Announce what is still under way, and tell of it."""
        events = self._stream.finish()
        self._tell(events)
        return events

    def _take_in(self, keypoints: Keypoints) -> None:
        if self._window.push(keypoints):
            self._last = keypoints

    def _tell(self, events: Sequence[SignEvent]) -> None:
        for event in events:
            clip = self._window.clip(since_ns=event.start_ns - AROUND_NS)
            wanted = np.count_nonzero(clip.times_ns <= event.end_ns + AROUND_NS)
            if wanted:
                clip = KeypointClip(clip.joints[:wanted], clip.times_ns[:wanted], clip.size)
                self._on_sign(RecordedSign(event, clip, self._left_handed()))
