"""What a live recogniser sees between and beside signs: pieces of signs, signs backwards, hands that are held still."""

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor

from engine.features.model_input import KeypointBatch

SHORTEST, LONGEST = 0.1, 0.4
"""Share of a sign that a piece of it lasts: nobody can name a sign by less than half of it for sure."""
HELD: Final = 0.3
"""Share of the pieces in which nothing moves."""


def with_parts(batch: KeypointBatch, labels: Tensor, *, share: float, background: int) -> tuple[KeypointBatch, Tensor]:
    """Show only a piece of a random share of the clips, or one moment of them held still, and label it background.

    Args:
        batch: B clips.
        labels: (B,).
        share: 0..1.
        background: the label for it.
    """
    count = len(labels)
    chances, places, lengths, ways = torch.rand(4, count, device=labels.device)
    chosen = chances < share
    duration = batch.end - batch.start
    length = duration * (SHORTEST + (LONGEST - SHORTEST) * lengths)
    start = batch.start + (duration - length) * places
    held = chosen & (ways < HELD)
    piece = chosen & ~held
    # A hand held still may stay for as long as a sign does.
    moment = torch.searchsorted(batch.times.contiguous(), start[:, None]).clamp(max=batch.times.shape[1] - 1)[:, 0]
    still = batch.joints[torch.arange(count, device=labels.device), moment]
    return (
        replace(
            batch,
            joints=torch.where(held[:, None, None, None], still[:, None], batch.joints),
            start=torch.where(piece, start, batch.start),
            end=torch.where(piece, start + length, batch.end),
        ),
        labels.masked_fill(chosen, background),
    )


def with_reversed(
    batch: KeypointBatch, labels: Tensor, *, share: float, background: int
) -> tuple[KeypointBatch, Tensor]:
    """Show a random share of the clips backwards, and label it background; for the arguments see `with_parts`.

    Hands speed up and slow down in another way than they do forwards, so that even a sign which ends as it begins can
    be told from its reverse more often than not.
    """
    chosen = torch.rand(len(labels), device=labels.device) < share
    # Padding repeats the last time; turned round it comes first and repeats the first.
    turned = (batch.start + batch.end)[:, None] - batch.times.flip(1)
    return (
        replace(
            batch,
            joints=torch.where(chosen[:, None, None, None], batch.joints.flip(1), batch.joints),
            times=torch.where(chosen[:, None], turned, batch.times),
        ),
        labels.masked_fill(chosen, background),
    )
