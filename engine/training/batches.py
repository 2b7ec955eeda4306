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
    """The clips of a dataset, padded to one length on one device, with their labels."""

    def __init__(self, dataset: ClipDataset, device: str) -> None:
        clips = [item.clip for item in dataset.clips]
        self._batch = collate(clips, [signing_span(clip) for clip in clips]).to(device)
        self._lengths = torch.tensor([len(clip) for clip in clips])
        self._seconds = (self._batch.end - self._batch.start).cpu()
        self._labels = torch.tensor(dataset.labels(), device=device)

    def __len__(self) -> int:
        return len(self._labels)

    def in_order(self, batch_size: int) -> Iterator[tuple[KeypointBatch, Tensor]]:
        """All clips once, in the order of the dataset."""
        for rows in torch.arange(len(self)).split(batch_size):
            yield self._rows(rows)

    def shuffled(
        self, batch_size: int, order: torch.Generator, *, worker: int = 0, workers: int = 1
    ) -> Iterator[tuple[KeypointBatch, Tensor]]:
        """All clips once, in random batches; of several workers each gets its share of every batch.

        The clips of a batch last about equally long, which leaves little padding to compute. Workers whose
        generators have the same state agree on the batches.
        """
        batches: list[Tensor] = []
        for rows in torch.randperm(len(self), generator=order).split(batch_size * BATCHES_OF_LIKE_LENGTH):
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
