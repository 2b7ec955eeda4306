"""The segmenter learns from streams of which the truth is known."""

import pytest
import torch

from engine.data.dataset import LabelledClip
from engine.data.streams.conditions import Condition, Material, make_streams
from engine.data.streams.truth import Kind, Segment
from engine.features.model_input import InputSpec
from engine.models import eight_bits
from engine.models.segmenter import FEATURES, SegmenterConfig
from engine.training import segmentation
from engine.training.segmentation import BETWEEN_COUNTS, Sample, SegmenterTraining, sample_of, train_segmenter
from engine.types import NANOSECONDS
from tests.engine.signers import sign

CONFIG = SegmenterConfig(width=16, kernel=5, dilations=(1, 2), ahead=2, input=InputSpec(rate=20.0))


def samples(*conditions: Condition, seed: int) -> list[Sample]:
    clips = tuple(
        LabelledClip(sign(shape=shape, raised=20 + 5 * shape), "eat", "train", "1", str(shape)) for shape in range(6)
    )
    return [
        sample_of(stream, CONFIG)
        for condition in conditions
        for stream in make_streams(condition, Material(signs=clips), rate=25.0, seed=seed)
    ]


def test_it_learns_where_signs_are() -> None:
    lines: list[str] = []
    trained = train_segmenter(
        samples(Condition.RESTS, Condition.CUTS, seed=0),
        samples(Condition.RESTS, seed=1),
        config=CONFIG,
        training=SegmenterTraining(epochs=60, batch_size=4, learning_rate=0.01),
        report=lines.append,
    )
    assert len(lines) == 61
    assert float(lines[-1].split("F1 ")[1].split(" ")[0]) > 0.9
    assert 0 < trained.end <= trained.begin < 1


def test_thresholds_are_chosen_for_the_weights_that_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    streams, told = samples(Condition.RESTS, seed=0), ([], [])
    for largest, lines in zip((1, eight_bits.LARGEST), told, strict=True):  # little but signs, or close to what it is
        monkeypatch.setattr(eight_bits, "LARGEST", largest)
        training = SegmenterTraining(epochs=20, batch_size=4, learning_rate=0.01)
        train_segmenter(streams, streams, config=CONFIG, training=training, report=lines.append)
    (*rough, rough_found), (*fine, fine_found) = told
    assert rough == fine
    assert rough_found != fine_found


def test_what_is_too_short_to_be_announced_counts_neither_way(monkeypatch: pytest.MonkeyPatch) -> None:
    probabilities = torch.zeros(60)
    probabilities[10:30] = 1  # a second at 20 frames a second
    probabilities[40:45] = 1
    monkeypatch.setattr(segmentation, "_probabilities", lambda network, sample: probabilities)
    sign = Segment(Kind.SIGN, NANOSECONDS // 2, NANOSECONDS * 3 // 2, "eat")
    stream = Sample(torch.zeros(60, FEATURES), torch.zeros(60), torch.ones(60), (sign,))
    lines: list[str] = []
    train_segmenter([stream], [stream], config=CONFIG, training=SegmenterTraining(epochs=0), report=lines.append)
    assert "F1 1.000" in lines[-1]


def test_a_sample_marks_signs_and_leaves_out_what_nobody_can_judge() -> None:
    sample, *_ = samples(Condition.RESTS, seed=0)
    for segment in sample.segments:
        middle = round((segment.start_ns + segment.end_ns) / 2e9 * 20)
        assert sample.signing[middle] == (segment.kind is Kind.SIGN)
    assert sample.counts.all()
    crowded, *_ = samples(Condition.TRANSITIONS, seed=0)
    assert set(crowded.counts[crowded.signing == 0].unique().tolist()) == {1.0, BETWEEN_COUNTS}
    unclear = [each for each in samples(Condition.DISTRACTORS, seed=0) if not each.counts.all()]
    assert unclear
    assert all((each.signing == 0).all() for each in unclear)
