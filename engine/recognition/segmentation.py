"""Where in a stream signs are made."""

import math
from collections import deque
from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor

from engine.features.model_input import KeypointBatch, model_input
from engine.features.motion import SHORTEST_SIGN_NS
from engine.models.segmenter import TrainedSegmenter, features
from engine.recognition.devices import one_thread
from engine.types import NANOSECONDS, Keypoints

LONGEST_NS: Final = 4 * NANOSECONDS
"""A stretch without a break is cut here, so that nobody waits for a sign that is held; see `Stretch.continues`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Signing without a break, in stream time: from the first frame of a sign to its last one so far.

    Attributes:
        start_ns, end_ns: its first and last frame.
        continues: whether it goes on, without a break, from one that was cut because it was too long.
    """

    start_ns: int
    end_ns: int
    continues: bool = False

    @property
    def duration_ns(self) -> int:
        return self.end_ns - self.start_ns

    @property
    def long_enough(self) -> bool:
        """Whether it may be a sign: a shorter one is never announced."""
        return self.duration_ns >= SHORTEST_SIGN_NS


class StretchCutter:
    """Turns the probability that a sign is being made, frame by frame, into stretches."""

    def __init__(self, *, begin: float, end: float) -> None:
        """A stretch begins when the probability rises to `begin`, and ends when it falls below `end`."""
        self._begin = begin
        self._end = end
        self.signing: Stretch | None = None

    def push(self, probability: float, time_ns: int) -> Stretch | None:
        """Take in the next frame; returns the stretch that has just ended, if one has."""
        if self.signing is None:
            if probability >= self._begin:
                self.signing = Stretch(time_ns, time_ns)
            return None
        if probability < self._end:
            return self.finish()
        if self.signing.duration_ns >= LONGEST_NS:
            cut, self.signing = self.signing, Stretch(time_ns, time_ns, continues=True)
            return cut
        self.signing = replace(self.signing, end_ns=time_ns)
        return None

    def finish(self) -> Stretch | None:
        """End the stretch under way and return it."""
        ended, self.signing = self.signing, None
        return ended


class StreamSegmenter:
    """Turns successive keypoints into stretches of signing; feed it every frame in order."""

    def __init__(self, trained: TrainedSegmenter) -> None:
        self._network = trained.network
        self._config = trained.network.config
        self._vectors: deque[Tensor] = deque(maxlen=self._config.seen)
        self._cutter = StretchCutter(begin=trained.begin, end=trained.end)
        self.clear()

    def clear(self) -> None:
        """Forget the stream."""
        self._vectors.clear()
        self._last: Keypoints | None = None
        self._next = 0
        """The number of the next moment; moment k is k frame intervals after stream time 0."""
        self._cutter.finish()

    @property
    def signing(self) -> Stretch | None:
        """The stretch under way."""
        return self._cutter.signing

    def push(self, keypoints: Keypoints) -> tuple[Stretch, ...]:
        """Take in the next frame; returns the stretches that have just ended, several where frames were dropped."""
        rate = self._config.input.rate
        if self._last is None:
            self._next = math.ceil(keypoints.time_ns * rate / NANOSECONDS - 1e-4)
        newest = math.floor(keypoints.time_ns * rate / NANOSECONDS + 1e-4)
        ended = []
        if newest >= self._next:
            with one_thread():
                for vector in self._read(self._last or keypoints, keypoints, self._next, newest):
                    self._vectors.append(vector)
                    if (stretch := self._decide(self._next - self._config.ahead)) is not None:
                        ended.append(stretch)
                    self._next += 1
        self._last = keypoints
        return tuple(ended)

    def finish(self) -> Stretch | None:
        """End the stretch under way and return it."""
        return self._cutter.finish()

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
        logits = self._network.answer(torch.stack(tuple(self._vectors))[None])
        if not logits.shape[1]:
            return None
        time_ns = round(moment * NANOSECONDS / self._config.input.rate)
        return self._cutter.push(float(torch.sigmoid(logits[0, -1])), time_ns)
