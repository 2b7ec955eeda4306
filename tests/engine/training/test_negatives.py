"""Pieces of signs that a recogniser must not take for signs."""

import torch

from engine.features.batch import collate
from engine.features.model_input import KeypointBatch
from engine.training.negatives import LONGEST, with_parts
from tests.engine.signers import sign

BACKGROUND = 7


def batch(count: int = 200) -> KeypointBatch:
    clips = [sign(shape=shape % 5) for shape in range(count)]
    return collate(clips, [(0, int(clip.times_ns[-1])) for clip in clips])


def test_the_wanted_share_becomes_background_and_the_rest_stays_as_it_is() -> None:
    torch.manual_seed(0)
    whole = batch()
    shown, labels = with_parts(whole, torch.zeros(200, dtype=torch.long), share=0.3, background=BACKGROUND)
    chosen = labels == BACKGROUND
    assert 40 <= int(chosen.sum()) <= 80
    assert torch.equal(shown.joints[~chosen], whole.joints[~chosen])
    assert torch.equal(shown.end[~chosen], whole.end[~chosen])


def test_a_piece_is_short_or_nothing_in_it_moves() -> None:
    torch.manual_seed(1)
    whole = batch()
    shown, _ = with_parts(whole, torch.zeros(200, dtype=torch.long), share=1.0, background=BACKGROUND)
    share = (shown.end - shown.start) / (whole.end - whole.start)
    still = (shown.joints == shown.joints[:, :1]).flatten(1).all(dim=1)
    assert ((share <= LONGEST + 1e-5) | still).all()
    assert still.any()
    assert not still.all()
    assert (shown.start >= whole.start - 1e-6).all()
    assert (shown.end <= whole.end + 1e-6).all()
