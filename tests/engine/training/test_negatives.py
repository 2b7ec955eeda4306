"""Pieces of signs, and signs backwards, that a recogniser must not take for signs."""

import torch

from engine.features.batch import collate
from engine.features.model_input import InputSpec, KeypointBatch, model_input
from engine.training.negatives import LONGEST, with_parts, with_reversed
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


def test_a_reversed_sign_shows_the_same_frames_in_the_other_order() -> None:
    torch.manual_seed(2)
    clips = [sign(shape=1, raised=raised) for raised in (10, 25)]  # of two lengths: one is padded
    whole = collate(clips, [(0, int(clip.times_ns[-1])) for clip in clips])
    shown, labels = with_reversed(whole, torch.zeros(2, dtype=torch.long), share=1.0, background=BACKGROUND)
    assert (labels == BACKGROUND).all()
    assert (shown.times.diff(dim=1) >= 0).all()
    spec = InputSpec(frames=200, rate=25.0)
    there, back = model_input(whole, spec), model_input(shown, spec)
    for row, count in enumerate(there.frames_present.sum(dim=1).tolist()):
        torch.testing.assert_close(back.places[row, :count], there.places[row, :count].flip(0), atol=1e-4, rtol=0)
    assert not torch.allclose(back.places, there.places, atol=1e-2)


def test_without_a_share_nothing_is_reversed() -> None:
    whole = batch(20)
    shown, labels = with_reversed(whole, torch.arange(20), share=0.0, background=BACKGROUND)
    assert torch.equal(labels, torch.arange(20))
    assert torch.equal(shown.joints, whole.joints)
    assert torch.equal(shown.times, whole.times)
