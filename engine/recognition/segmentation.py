"""Where in a stream signs are made."""

import math
from collections import deque
from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor

from engine.features.model_input import KeypointBatch, model_input
from engine.models.segmenter import TrainedSegmenter, features
from engine.types import NANOSECONDS, Keypoints

LONGEST_NS: Final = 4 * NANOSECONDS
"""No sign lasts longer: a stretch without a break is cut here."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Signing without a break, in stream time: from the first frame of a sign to its last one so far."""

    start_ns: int
    end_ns: int

    @property
    def duration_ns(self) -> int:
        return self.end_ns - self.start_ns


class StreamSegmenter:
    """Turns successive keypoints into stretches of signing; feed it every frame in order."""

    def __init__(self, trained: TrainedSegmenter) -> None:
        self._trained = trained
        self._config = trained.network.config
        self._vectors: deque[Tensor] = deque(maxlen=self._config.seen)
        self.clear()

    def clear(self) -> None:
        """Forget the stream."""
        self._vectors.clear()
        self._last: Keypoints | None = None
        self._next = 0
        """The number of the next moment; moment k is k frame intervals after stream time 0."""
        self._stretch: Stretch | None = None

    @property
    def signing(self) -> Stretch | None:
        """The stretch under way."""
        return self._stretch

    def push(self, keypoints: Keypoints) -> Stretch | None:
        """Take in the next frame; returns the stretch that has just ended, if one has."""
        rate = self._config.input.rate
        if self._last is None:
            self._next = math.ceil(keypoints.time_ns * rate / NANOSECONDS - 1e-4)
        newest = math.floor(keypoints.time_ns * rate / NANOSECONDS + 1e-4)
        ended = None
        if newest >= self._next:
            for vector in self._read(self._last or keypoints, keypoints, self._next, newest):
                self._vectors.append(vector)
                ended = self._decide(self._next - self._config.ahead) or ended
                self._next += 1
        self._last = keypoints
        return ended

    def finish(self) -> Stretch | None:
        """End the stretch under way and return it."""
        ended, self._stretch = self._stretch, None
        return ended

    @torch.inference_mode()
    def _read(self, before: Keypoints, after: Keypoints, first: int, last: int) -> Tensor:
        """Vectors of the moments `first` to `last` between two frames."""
        rate = self._config.input.rate
        zero = round(first * NANOSECONDS / rate)
        batch = KeypointBatch(
            joints=torch.stack([torch.from_numpy(each.joints) for each in (before, after)])[None],
            times=torch.tensor([[(each.time_ns - zero) / NANOSECONDS for each in (before, after)]]),
            start=torch.zeros(1),
            end=torch.tensor([(last - first) / rate]),
        )
        return features(model_input(batch, replace(self._config.input, frames=last - first + 1)))[0]

    @torch.inference_mode()
    def _decide(self, moment: int) -> Stretch | None:
        """Judge the frame at a moment, which lies `ahead` frames back; returns the stretch that it ends."""
        logits = self._trained.network.answer(torch.stack(tuple(self._vectors))[None])
        if not logits.shape[1]:
            return None
        probability = float(torch.sigmoid(logits[0, -1]))
        time_ns = round(moment * NANOSECONDS / self._config.input.rate)
        if self._stretch is not None:
            if probability < self._trained.end or self._stretch.duration_ns >= LONGEST_NS:
                return self.finish()
            self._stretch = Stretch(self._stretch.start_ns, time_ns)
        elif probability >= self._trained.begin:
            self._stretch = Stretch(time_ns, time_ns)
        return None
