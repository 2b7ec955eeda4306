"""All training clips on the device that trains, so that no step waits for a loader."""

from collections.abc import Iterator
from typing import Final

import torch
from torch import Tensor

from engine.data.dataset import ClipDataset
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import KeypointBatch
from engine.features.motion import signed_part
from engine.recognition.stream import STREAM_MARGIN_NS
from engine.types import NANOSECONDS

BATCHES_OF_LIKE_LENGTH: Final = 12
"""Batches that are drawn together and then divided by length."""


class DeviceClips:
    """The clips of a dataset, padded to one length on one device, with their labels.

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
        self._batch = collate(clips, [signing_span(clip) for clip in clips]).to(device)
        signed = [signed_part(clip) for clip in clips]
        self._signed_start, self._signed_end = (
            torch.tensor([max(0, span[side] + margin) / NANOSECONDS for span in signed], device=device)
            for side, margin in ((0, -STREAM_MARGIN_NS), (1, STREAM_MARGIN_NS))
        )
        self._without_ways = without_ways
        self._lengths = torch.tensor([len(clip) for clip in clips])
        self._seconds = (self._batch.end - self._batch.start).cpu()
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
        self, batch_size: int, order: torch.Generator, *, worker: int = 0, workers: int = 1
    ) -> Iterator[tuple[KeypointBatch, Tensor]]:
        """The clips of an epoch once, in random batches; of several workers each gets its share of every batch.

        The clips of a batch last about equally long, which leaves little padding to compute. Workers whose
        generators have the same state agree on the batches.
        """
        batches: list[Tensor] = []
        drawn = self._by_turns[torch.randperm(len(self._by_turns), generator=order)[: self._drawn]]
        clips = torch.cat([self._always, drawn])
        clips = clips[torch.randperm(len(clips), generator=order)]
        for rows in clips.split(batch_size * BATCHES_OF_LIKE_LENGTH):
            batches += rows[self._seconds[rows].argsort()].split(batch_size)
        for index in torch.randperm(len(batches), generator=order).tolist():
            share = batches[index][worker::workers]
            # A last batch may be smaller than the number of workers; all of them must take every step.
            rows = share if len(share) else batches[index][:1]
            yield self._rows(rows, without_ways=torch.rand(len(rows), generator=order) < self._without_ways)

    def _rows(self, rows: Tensor, *, without_ways: Tensor | None = None) -> tuple[KeypointBatch, Tensor]:
        longest = int(self._lengths[rows].max())
        rows = rows.to(self._labels.device)
        start, end = self._batch.start[rows], self._batch.end[rows]
        if without_ways is not None:
            without_ways = without_ways.to(rows.device)
            start = torch.where(without_ways, torch.maximum(start, self._signed_start[rows]), start)
            end = torch.where(without_ways, torch.minimum(end, self._signed_end[rows]), end)
        batch = KeypointBatch(
            joints=self._batch.joints[rows, :longest],
            times=self._batch.times[rows, :longest],
            start=start,
            end=end,
        )
        return batch, self._labels[rows]
