"""The last seconds of a stream, each frame embedded once.

Windows that overlap share most of their frames. Those are read at moments that do not depend on the window (multiples
of the model's frame interval), and prepared and embedded one by one; so what was made of a frame for one window
serves the next ones, and a new window costs its new frames and the Transformer.
"""

import math
from dataclasses import fields
from typing import TYPE_CHECKING

import torch

from engine.features.model_input import KeypointBatch
from engine.models.embedding import PartVectors
from engine.recognition.window import SlidingWindow
from engine.types import NANOSECONDS, Keypoints, Prediction

if TYPE_CHECKING:
    from engine.recognition.recogniser import Recogniser


class StreamWindow:
    """Feed it every frame of a stream in order, and ask for any stretch of the last two windows' length."""

    def __init__(self, recogniser: "Recogniser") -> None:
        self._recogniser = recogniser
        self._nameable = recogniser.nameable  # for good: a sign is named by what was known when it began
        self._keypoints = SlidingWindow(2 * recogniser.window_ns)
        self._parts: PartVectors | None = None
        self._first = 0
        """The number of the first moment in `_parts`; moment k is k frame intervals after stream time 0."""

    @property
    def window_ns(self) -> int:
        """The longest stretch that is judged whole."""
        return self._recogniser.window_ns

    def push(self, keypoints: Keypoints) -> bool:
        """Take in the next frame; tells whether it is new."""
        return self._keypoints.push(keypoints)

    def clear(self) -> None:
        """Forget the stream."""
        self._keypoints.clear()
        self._parts = None

    def prepare(self, span: tuple[int, int]) -> None:
        """Embed the frames of a stretch (start_ns, end_ns); `predict` is quick then."""
        moments = self._moments(span)
        if moments is not None:
            self._embedded(*moments)

    def predict(self, span: tuple[int, int], *, top: int = 5) -> Prediction:
        """Name the sign in a stretch (start_ns, end_ns), as `Recogniser.predict` does in a clip.

        The stretch must end within the frames that were taken in. Where it begins before the first of them, that one
        is seen until then as if it had been held, where a clip would be judged from its first frame on.
        """
        moments = self._moments(span)
        if moments is None:
            return Prediction(candidates=(), rejected=True, start_ns=span[0], end_ns=span[0])
        parts, threshold = self._embedded(*moments), self._recogniser.stream_threshold
        return self._recogniser.name_sign(parts, span, self._nameable, threshold=threshold, top=top)

    def _moments(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """The first and last moment of a stretch, or of its middle if the window is shorter; None if there is none."""
        rate, length = self._recogniser.input.rate, self._recogniser.input.frames
        first = math.ceil(span[0] * rate / NANOSECONDS - 1e-4)
        last = math.floor(span[1] * rate / NANOSECONDS + 1e-4)
        if last < first:
            return None
        first += max(0, last - first + 1 - length) // 2
        return first, min(last, first + length - 1)

    def _embedded(self, first: int, last: int) -> PartVectors:
        """The frames at the moments `first` to `last`, of which only those not seen before are computed."""
        known = 0 if self._parts is None else self._parts.frames_present.shape[1]
        if self._parts is None or not self._first <= first <= self._first + known:
            self._parts, self._first = self._embed(first, last), first
        else:
            begin = self._first + known
            stale = max(0, first - self._first - self._recogniser.input.frames)
            if begin <= last:
                self._parts = _joined(_cut(self._parts, stale, known), self._embed(begin, last))
                self._first += stale
        return _cut(self._parts, first - self._first, last + 1 - self._first)

    def _embed(self, first: int, last: int) -> PartVectors:
        rate = self._recogniser.input.rate
        zero = round(first * NANOSECONDS / rate)
        clip = self._keypoints.clip(since_ns=zero)
        seconds = torch.from_numpy((clip.times_ns - zero) / NANOSECONDS).float()
        batch = KeypointBatch(
            joints=torch.from_numpy(clip.joints)[None],
            times=seconds[None],
            start=torch.zeros(1),
            end=torch.tensor([(last - first) / rate]),
        )
        return self._recogniser.embed(batch, frames=last - first + 1)


def _joined(one: PartVectors, other: PartVectors) -> PartVectors:
    """Frames after frames."""
    return PartVectors(*(torch.cat([getattr(one, f.name), getattr(other, f.name)], dim=1) for f in fields(PartVectors)))


def _cut(parts: PartVectors, begin: int, end: int) -> PartVectors:
    return PartVectors(*(getattr(parts, f.name)[:, begin:end] for f in fields(PartVectors)))
