"""Training the segmenter on streams of which it is known when signs are made."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.data.streams.acts import PART_OF_A_SIGN, REVERSED_SIGN
from engine.data.streams.truth import Kind, LabelledStream, Segment
from engine.features.batch import collate
from engine.features.model_input import model_input
from engine.joints import LEFT_ELBOW, RIGHT_ELBOW
from engine.models.files import as_written
from engine.models.segmenter import Columns, Segmenter, SegmenterConfig, TrainedSegmenter, features
from engine.recognition.segmentation import StretchCutter
from engine.types import NANOSECONDS

CHUNK: Final = 400
"""Frames of a stream that make one row of a batch; each begins half a chunk after the one before."""
UNKNOWN_BEFORE: Final = 4
"""First frames of a chunk that are not judged: what lies before them is missing."""
BETWEEN_NS: Final = NANOSECONDS * 8 // 10
"""Signs no farther apart than this follow one another without a rest."""
BETWEEN_COUNTS: Final = 3.0
"""A missed way between two signs loses both of them, so its few frames count more than others."""
SIGNS: Final = (Kind.SIGN, Kind.UNKNOWN_SIGN)
NOBODY_KNOWS: Final = (PART_OF_A_SIGN, REVERSED_SIGN)
"""Details of segments that are neither signs nor anything else: nothing is learned from them."""
THRESHOLDS: Final = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
OVERLAP: Final = 0.5
"""Temporal IoU from which a stretch has found a sign."""


@dataclass(frozen=True, slots=True)
class SegmenterTraining:
    """Settings of a run.

    Attributes:
        epochs, batch_size, learning_rate: of Adam with decoupled weight decay; the rate falls as a cosine.
        weight_decay: see there.
        noise: standard deviation that is added to every coordinate; it also hides whether a tracker or we made it.
        reach: how much farther or nearer than recorded everything may be from the shoulders, as a share.
        elbow_loss: share of chunks without elbows, as hands that came without a body have none.
    """

    epochs: int = 14
    batch_size: int = 32
    learning_rate: float = 3e-3
    weight_decay: float = 0.01
    noise: float = 0.02
    reach: float = 0.15
    elbow_loss: float = 0.4


@dataclass(frozen=True, slots=True)
class Sample:
    """A stream as the segmenter sees it, N frames.

    Attributes:
        vectors: (N, FEATURES).
        signing: (N,) 1 where a sign is being made.
        counts: (N,) how much a frame counts: 0 where nobody can say.
        segments: the truth by time.
    """

    vectors: Tensor
    signing: Tensor
    counts: Tensor
    segments: tuple[Segment, ...]


def train_segmenter(
    samples: Sequence[Sample],
    held_out: Sequence[Sample],
    *,
    config: SegmenterConfig,
    training: SegmenterTraining,
    seed: int = 0,
    report: Callable[[str], None] = lambda _: None,
) -> TrainedSegmenter:
    """Train on `samples` and choose thresholds on `held_out` for the weights as `save_segmenter` rounds them.

    `report` is told of each epoch in a line.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = Segmenter(config)
    optimiser = torch.optim.AdamW(network.parameters(), lr=training.learning_rate, weight_decay=training.weight_decay)
    chunks = [chunk for sample in samples for chunk in _chunks(sample)]
    steps = training.epochs * -(-len(chunks) // training.batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(training.epochs):
        total = 0.0
        order = random.permutation(len(chunks))
        for rows in np.split(order, range(training.batch_size, len(order), training.batch_size)):
            vectors, signing, counts = _padded([chunks[row] for row in rows])
            logits = network.answer(_augmented(vectors, training))
            judged = logits.shape[1]
            losses = functional.binary_cross_entropy_with_logits(logits, signing[:, :judged], reduction="none")
            loss = (losses * counts[:, :judged]).sum() / counts[:, :judged].sum().clamp(min=1)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        report(f"epoch {epoch + 1}/{training.epochs}  loss {total / len(chunks):.4f}")
    written = as_written(network.eval())
    probabilities = [_probabilities(written, sample) for sample in held_out]
    scores = {
        (begin, end): _found(network.config, held_out, probabilities, begin=begin, end=end)
        for begin in THRESHOLDS
        for end in THRESHOLDS
        if end <= begin
    }
    begin, end = max(scores, key=lambda pair: scores[pair])
    report(f"signs found on held-out streams: F1 {scores[begin, end]:.3f} at begin {begin}, end {end}")
    return TrainedSegmenter(network, begin, end)


def sample_of(stream: LabelledStream, config: SegmenterConfig) -> Sample:
    """What the segmenter sees of a stream, from stream time 0."""
    end_ns = int(stream.clip.times_ns[-1])
    frames = int(end_ns * config.input.rate / NANOSECONDS + 1e-4) + 1
    spec = replace(config.input, frames=frames)
    vectors = features(model_input(collate([stream.clip], [(0, end_ns)]), spec))[0]
    moments = np.arange(frames) * NANOSECONDS / config.input.rate
    signing, counts = np.zeros(frames, np.float32), np.ones(frames, np.float32)
    for segment in stream.segments:
        inside = (moments >= segment.start_ns) & (moments <= segment.end_ns)
        if segment.kind in SIGNS:
            signing[inside] = 1
        elif segment.detail in NOBODY_KNOWS:
            counts[inside] = 0
    signs = [segment for segment in stream.segments if segment.kind in SIGNS]
    for one, other in pairwise(signs):
        if other.start_ns - one.end_ns <= BETWEEN_NS:
            counts[(moments > one.end_ns) & (moments < other.start_ns)] = BETWEEN_COUNTS
    return Sample(vectors, torch.from_numpy(signing), torch.from_numpy(counts), stream.segments)


def _chunks(sample: Sample) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    for begin in range(0, max(1, len(sample.vectors) - CHUNK // 2), CHUNK // 2):
        part = slice(begin, begin + CHUNK)
        counts = sample.counts[part].clone()
        counts[:UNKNOWN_BEFORE] = 0
        yield sample.vectors[part], sample.signing[part], counts


def _padded(chunks: Sequence[tuple[Tensor, Tensor, Tensor]]) -> list[Tensor]:
    """Stack vectors, signing and counts; padding counts nothing."""
    return [torch.nn.utils.rnn.pad_sequence(list(tensors), batch_first=True) for tensors in zip(*chunks, strict=True)]


def _augmented(vectors: Tensor, training: SegmenterTraining) -> Tensor:
    """Somebody else's arms, seen by another tracker: (B, F, FEATURES)."""
    changed = vectors.clone()
    count = len(vectors)
    changed[..., Columns.BODY] *= torch.exp(training.reach * (torch.rand(count, 1, 1) * 2 - 1))
    for columns in (Columns.HANDS, Columns.BODY):
        seen = vectors[..., columns] != 0
        changed[..., columns] += training.noise * torch.randn(seen.shape) * seen
    straight = torch.rand(count) < training.elbow_loss
    for elbow in (LEFT_ELBOW, RIGHT_ELBOW):
        at = Columns.BODY.start + 2 * elbow
        changed[straight, :, at : at + 2] = 0
        changed[straight, :, Columns.BODY_PRESENT.start + elbow] = 0
    return changed


@torch.inference_mode()
def _probabilities(network: Segmenter, sample: Sample) -> Tensor:
    return torch.sigmoid(network.answer(sample.vectors[None])[0])


def _found(
    config: SegmenterConfig,
    samples: Sequence[Sample],
    probabilities: Sequence[Tensor],
    *,
    begin: float,
    end: float,
) -> float:
    """F1 of the stretches against the true signs, whatever they mean."""
    right = stretches = signs = 0
    for sample, of_sample in zip(samples, probabilities, strict=True):
        found = list(_cut(config, of_sample, begin=begin, end=end))
        true = [segment for segment in sample.segments if segment.kind in SIGNS]
        unclear = [segment for segment in sample.segments if segment.detail in NOBODY_KNOWS]
        found = [stretch for stretch in found if not _matches(stretch, unclear, 0.0)]
        right += sum(_matches(stretch, true, OVERLAP) for stretch in found)
        stretches += len(found)
        signs += len(true)
    return 2 * right / max(1, stretches + signs)


def _cut(config: SegmenterConfig, probabilities: Tensor, *, begin: float, end: float) -> Iterator[tuple[int, int]]:
    """The stretches that would be announced."""
    cutter = StretchCutter(begin=begin, end=end)
    for moment, probability in enumerate(probabilities.tolist()):
        ended = cutter.push(probability, round(moment * NANOSECONDS / config.input.rate))
        if ended is not None and ended.long_enough:
            yield ended.start_ns, ended.end_ns
    if (last := cutter.finish()) is not None and last.long_enough:
        yield last.start_ns, last.end_ns


def _matches(stretch: tuple[int, int], segments: Iterable[Segment], least: float) -> bool:
    """Whether the stretch overlaps with one of the segments by more than an IoU of `least`."""
    start, end = stretch
    for segment in segments:
        shared = min(end, segment.end_ns) - max(start, segment.start_ns)
        if shared > least * (max(end, segment.end_ns) - min(start, segment.start_ns)):
            return True
    return False
