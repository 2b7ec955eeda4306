"""All training clips on the device that trains, so that no step waits for a loader."""

from collections.abc import Iterator
from typing import Final

import torch
from torch import Tensor

from engine.data.dataset import ClipDataset
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import KeypointBatch

BATCHES_OF_LIKE_LENGTH: Final = 12
"""Batches that are drawn together and then divided by length."""


class DeviceClips:
    """The clips of a dataset, padded to one length on one device, with their labels.

    Of a background, which usually is much larger than the rest, every epoch draws other clips.
    """

    def __init__(self, dataset: ClipDataset, device: str, *, background: float = 1.0) -> None:
        """Take all clips; an epoch draws at most `background` times as many of the background as there are others."""
        clips = [item.clip for item in dataset.clips]
        self._batch = collate(clips, [signing_span(clip) for clip in clips]).to(device)
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
            yield self._rows(share if len(share) else batches[index][:1])

    def _rows(self, rows: Tensor) -> tuple[KeypointBatch, Tensor]:
        longest = int(self._lengths[rows].max())
        rows = rows.to(self._labels.device)
        batch = KeypointBatch(
            joints=self._batch.joints[rows, :longest],
            times=self._batch.times[rows, :longest],
            start=self._batch.start[rows],
            end=self._batch.end[rows],
        )
        return batch, self._labels[rows]
