"""The place stream: what it sees, and that a classifier with it agrees with both its streams."""

from dataclasses import replace

import pytest
import torch

from engine.features.model_input import ModelInput, without_padding
from engine.models.classifier import SignClassifier
from engine.models.config import EncoderConfig, ModelConfig
from engine.models.place import LAYOUT, PlaceConfig, PlaceStream, rows
from tests.engine.models.conftest import SPEC

TINY = PlaceConfig(width=16, blocks=2, heads=2, feed_forward=32)


@pytest.fixture
def stream() -> PlaceStream:
    torch.manual_seed(0)
    return PlaceStream(TINY, frames=SPEC.frames).eval()


def test_a_row_holds_what_the_layout_says(frames: ModelInput) -> None:
    assert rows(frames).shape == (3, SPEC.frames, sum(LAYOUT))
    shapes, places, *_ = rows(frames).split(LAYOUT, dim=-1)
    assert torch.equal(shapes.view_as(frames.hands), frames.hands)
    assert torch.equal(places.view_as(frames.places), frames.places)


def test_hidden_parts_leave_no_trace(frames: ModelInput, stream: PlaceStream) -> None:
    hidden = replace(frames, hands_present=torch.zeros_like(frames.hands_present))
    gone = replace(hidden, hands=torch.zeros_like(frames.hands), places=torch.zeros_like(frames.places))
    assert torch.equal(rows(hidden), rows(gone))
    assert torch.isfinite(stream(rows(hidden), hidden.frames_present)).all()


def test_padding_changes_nothing(frames: ModelInput, stream: PlaceStream) -> None:
    short = ModelInput(*(getattr(frames, name)[:1] for name in ModelInput.__slots__))
    trimmed = without_padding(short)
    assert trimmed.frames_present.shape[1] < SPEC.frames
    padded, alone = (stream(rows(each), each.frames_present) for each in (short, trimmed))
    torch.testing.assert_close(padded, alone, atol=1e-5, rtol=1e-5)


def test_where_hands_are_matters_though_they_have_the_same_shape(frames: ModelInput, stream: PlaceStream) -> None:
    elsewhere = replace(frames, places=frames.places + 0.5)
    one, other = (stream(rows(each), each.frames_present) for each in (frames, elsewhere))
    assert not torch.allclose(one, other, atol=1e-3)


def test_the_order_of_frames_matters(frames: ModelInput, stream: PlaceStream) -> None:
    present = torch.ones_like(frames.frames_present)
    # Shapes alone: without places there is no motion that would tell the order.
    shapes = rows(frames) * (torch.arange(sum(LAYOUT)) < LAYOUT[0])
    one, other = (stream(each, present) for each in (shapes, shapes.flip(1)))
    assert not torch.allclose(one, other, atol=1e-3)


def test_blocks_are_left_out_in_training_alone(frames: ModelInput) -> None:
    torch.manual_seed(0)
    stream = PlaceStream(replace(TINY, path_dropout=0.9), frames=SPEC.frames)
    read = rows(frames), frames.frames_present
    assert not torch.equal(stream.train()(*read), stream(*read))
    assert torch.equal(stream.eval()(*read), stream(*read))


def test_a_classifier_answers_with_the_mean_of_its_streams(frames: ModelInput) -> None:
    torch.manual_seed(0)
    encoder = EncoderConfig(joint_widths=(8,), part_width=16, heads=4, blocks=1, feed_forward=32)
    both = SignClassifier(ModelConfig(encoder, classes=5, input=SPEC, place=TINY)).eval()
    alone = SignClassifier(ModelConfig(encoder, classes=5, input=SPEC)).eval()
    alone.load_state_dict({name: both.state_dict()[name] for name in alone.state_dict()})
    found = both(frames)
    assert found.streams.shape == (2, 3, 5)
    torch.testing.assert_close(found.logits, found.streams.mean(dim=0))
    torch.testing.assert_close(found.streams[0], alone(frames).logits)
