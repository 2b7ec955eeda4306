"""All training clips on the device that trains, so that no step waits for a loader."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import torch
from torch import Tensor

from engine.data.dataset import ClipDataset
from engine.features.activity import signing_span
from engine.features.model_input import KeypointBatch
from engine.features.motion import signed_part
from engine.recognition.stream import STREAM_MARGIN_NS
from engine.types import NANOSECONDS

BATCHES_OF_LIKE_LENGTH: Final = 12
"""Batches that are drawn together and then divided by length."""


class DeviceClips:
    """The clips of a dataset on one device, with their labels; padded no further than those of a batch need.

    Of a background, which usually is much larger than the rest, every epoch draws other clips.
    """

    def __init__(
        self, dataset: ClipDataset, device: str, *, background: float = 1.0, without_ways: float = 0.0
    ) -> None:
        """Take all clips.

        Args:
            dataset: what to train on.
            device: where the tensors go.
            background: an epoch draws at most so many clips of the background as a share of the others.
            without_ways: probability that a clip of a random batch is shown without the hands' way up and down, as a
                stream of signs shows it.
        """
        clips = [item.clip for item in dataset.clips]
        self._joints = torch.from_numpy(np.concatenate([clip.joints for clip in clips])).to(device)
        times = np.concatenate([(clip.times_ns - clip.times_ns[0]) / NANOSECONDS for clip in clips])
        self._times = torch.from_numpy(times.astype(np.float32)).to(device)
        self._lengths = torch.tensor([len(clip) for clip in clips])
        self._first = self._lengths.cumsum(dim=0) - self._lengths
        raised, signed = [signing_span(clip) for clip in clips], [signed_part(clip) for clip in clips]
        zeros = [int(clip.times_ns[0]) for clip in clips]

        def seconds(spans: list[tuple[int, int]], side: int, margin_ns: int = 0) -> Tensor:
            moments = (span[side] - zero + margin_ns for span, zero in zip(spans, zeros, strict=True))
            return torch.tensor([max(0, moment) / NANOSECONDS for moment in moments], device=device)

        self._start, self._end = seconds(raised, 0), seconds(raised, 1)
        self._signed_start = seconds(signed, 0, -STREAM_MARGIN_NS)
        self._signed_end = seconds(signed, 1, STREAM_MARGIN_NS)
        self._without_ways = without_ways
        self._seconds = (self._end - self._start).cpu()
        labels = torch.tensor(dataset.labels())
        self._labels = labels.to(device)
        of_background = labels == len(dataset.vocabulary)
        self._always, self._by_turns = torch.nonzero(~of_background)[:, 0], torch.nonzero(of_background)[:, 0]
        self._drawn = min(len(self._by_turns), round(background * len(self._always)))

    def __len__(self) -> int:
        """Clips of an epoch."""
        return len(self._always) + self._drawn

    def in_order(self, batch_size: int) -> Iterator[tuple[KeypointBatch, Tensor]]:
        """All clips once, in the order of the dataset; of the background as many as an epoch draws, always the same."""
        for rows in torch.cat([self._always, self._by_turns[: self._drawn]]).split(batch_size):
            yield self._rows(rows)

    def shuffled(
        self, batch_size: int, order: torch.Generator, *, worker: int = 0, workers: int = 1, skip: int = 0
    ) -> Iterator[tuple[KeypointBatch, Tensor]]:
        """The clips of an epoch once, in random batches; of several workers each gets its share of every batch.

        The clips of a batch last about equally long, which leaves little padding to compute. Workers whose
        generators have the same state agree on the batches. The first `skip` batches are left out; the others are what
        they are with them.
        """
        batches: list[Tensor] = []
        drawn = self._by_turns[torch.randperm(len(self._by_turns), generator=order)[: self._drawn]]
        clips = torch.cat([self._always, drawn])
        clips = clips[torch.randperm(len(clips), generator=order)]
        for rows in clips.split(batch_size * BATCHES_OF_LIKE_LENGTH):
            batches += rows[self._seconds[rows].argsort()].split(batch_size)
        for number, index in enumerate(torch.randperm(len(batches), generator=order).tolist()):
            share = batches[index][worker::workers]
            # A last batch may be smaller than the number of workers; all of them must take every step.
            rows = share if len(share) else batches[index][:1]
            without_ways = torch.rand(len(rows), generator=order) < self._without_ways
            if number >= skip:
                yield self._rows(rows, without_ways=without_ways)

    def _rows(self, rows: Tensor, *, without_ways: Tensor | None = None) -> tuple[KeypointBatch, Tensor]:
        lengths = self._lengths[rows]
        # Beyond its end a clip repeats its last frame: rounding may read a hair past it.
        within = torch.minimum(torch.arange(int(lengths.max())), lengths[:, None] - 1)
        frames = (self._first[rows][:, None] + within).to(self._labels.device)
        rows = rows.to(self._labels.device)
        start, end = self._start[rows], self._end[rows]
        if without_ways is not None:
            without_ways = without_ways.to(rows.device)
            start = torch.where(without_ways, torch.maximum(start, self._signed_start[rows]), start)
            end = torch.where(without_ways, torch.minimum(end, self._signed_end[rows]), end)
        batch = KeypointBatch(joints=self._joints[frames], times=self._times[frames], start=start, end=end)
        return batch, self._labels[rows]
