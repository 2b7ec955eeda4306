"""One model on one device: a stretch of keypoints in, candidates out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import torch

from engine.errors import UserFacingError
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import KeypointBatch, ModelInput, model_input, without_padding
from engine.models.embedding import PartVectors
from engine.models.folder import TrainedModel
from engine.recognition.stream_window import StreamWindow
from engine.types import NANOSECONDS, Candidate, KeypointClip, Prediction

LEAST_IN_LESSON: Final = 0.5
"""The probability that the signs of a lesson must have together before one of them is accepted."""


class Recogniser:
    """Names the sign in a stretch of keypoints.

    Calls are independent of one another, and one at a time may run, with `judge` beside it.
    """

    def __init__(self, model: TrainedModel, *, device: str = "cpu") -> None:
        self._model = model
        self._network = model.network.to(device)
        self.name = model.name
        self.glosses = model.glosses
        self.input = model.input
        calibration = model.calibration
        self.threshold = calibration.threshold
        self.stream_threshold = (
            calibration.threshold if calibration.stream_threshold is None else calibration.stream_threshold
        )
        self.device = device
        self._lesson: torch.Tensor | None = None

    def restrict(self, vocabulary: frozenset[str] | None) -> None:
        """Name the glosses of a lesson alone, with probabilities over these; None lifts that.

        What is more likely to be something else than any sign of the lesson is rejected, so that a sign outside of it
        is not forced into it.

        Raises:
            UserFacingError: the model knows none of them.
        """
        if vocabulary is None:
            self._lesson = None
            return
        lesson = torch.tensor([gloss in vocabulary for gloss in self.glosses])
        if not lesson.any():
            raise UserFacingError(f"{self.name} knows no sign of this lesson. Choose other signs, or another model.")
        self._lesson = lesson

    @property
    def window_ns(self) -> int:
        """The longest stretch that the model sees at once."""
        return round(self.input.seconds * NANOSECONDS)

    def predict(self, clip: KeypointClip, *, span: tuple[int, int] | None = None, top: int = 5) -> Prediction:
        """Name the sign in a clip, or in the stretch `span` (start_ns, end_ns) of it.

        Without a span the clip counts as trimmed: it is judged from the first raised hand to the last. A stretch
        longer than the window is judged by its middle. Where neither a hand nor a body is seen, or the span lies
        outside the clip, the answer is a rejection with no candidates.
        """
        if not len(clip) or not clip.joints[..., 2].any():
            return Prediction(candidates=(), rejected=True, start_ns=0, end_ns=0)
        span = _within(clip, span or signing_span(clip))
        if span[1] < span[0]:
            return Prediction(candidates=(), rejected=True, start_ns=span[0], end_ns=span[0])
        return self.name_sign(self.embed(collate([clip], [span])), span, threshold=self.threshold, top=top)

    def score(self, clip: KeypointClip) -> torch.Tensor:
        """Calibrated probabilities of a trimmed clip, in the order of `glosses`; a background comes last."""
        return self._probabilities(self.embed(collate([clip], [signing_span(clip)])))

    def stream_window(self) -> StreamWindow:
        """A window over a stream of its own, which this recogniser judges."""
        return StreamWindow(self)

    @torch.inference_mode()
    def embed(self, batch: KeypointBatch, *, frames: int | None = None) -> PartVectors:
        """Prepare and embed the frames of a batch one by one, at most as many as the window has, or `frames`."""
        spec = self.input if frames is None else replace(self.input, frames=frames)
        with _one_thread(self.device):
            parts: PartVectors = self._network.encoder.embedding.parts(
                without_padding(model_input(batch.to(self.device), spec))
            )
        return parts

    def name_sign(self, parts: PartVectors, span: tuple[int, int], *, threshold: float, top: int = 5) -> Prediction:
        """Name the sign in one window of embedded frames, which show the stretch `span` (start_ns, end_ns).

        Below `threshold` the answer is a rejection.
        """
        lesson = self._lesson  # read once: it may be changed meanwhile
        probabilities, in_lesson = _of_lesson(self._probabilities(parts)[: len(self.glosses)], lesson)
        best = probabilities.topk(min(top, len(self.glosses) if lesson is None else int(lesson.sum())))
        candidates = tuple(
            Candidate(gloss=self.glosses[label], probability=probability)
            for label, probability in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        )
        unsure = candidates[0].probability < threshold or float(in_lesson) < LEAST_IN_LESSON
        return Prediction(
            candidates=candidates,
            rejected=unsure or not bool(parts.hands_present.any()),
            start_ns=span[0],
            end_ns=span[1],
        )

    @torch.inference_mode()
    def judge(self, frames: ModelInput) -> tuple[torch.Tensor, torch.Tensor]:
        """Judge windows that were prepared elsewhere; may run while a stream is being decoded.

        Returns:
            probabilities (B, glosses), within the lesson where there is one, and the attention (B, F) that the
            encoder's features of each frame got; on the CPU.
        """
        with _one_thread(self.device):
            judged = self._network(frames)
        probabilities = torch.softmax(judged.logits / self._model.calibration.temperature, dim=-1).cpu()
        return _of_lesson(probabilities[:, : len(self.glosses)], self._lesson)[0], judged.attention.cpu()

    def alike(self, gloss: str, *, count: int = 4) -> tuple[str, ...]:
        """Return the glosses that the model holds nearest to another, nearest first: what it confuses most easily."""
        vectors = self._network.class_vectors()[: len(self.glosses)]
        own = self.glosses.index(gloss)
        nearness = (vectors @ vectors[own]).index_fill(0, torch.tensor([own], device=vectors.device), -torch.inf)
        nearest = nearness.topk(min(count, len(self.glosses) - 1)).indices
        return tuple(self.glosses[label] for label in nearest.tolist())

    @torch.inference_mode()
    def _probabilities(self, parts: PartVectors) -> torch.Tensor:
        """Calibrated probabilities of one window, as `score` returns them, on the CPU."""
        with _one_thread(self.device):
            logits = self._network.classify(parts).logits[0] / self._model.calibration.temperature
        return torch.softmax(logits, dim=-1).cpu()


def _of_lesson(probabilities: torch.Tensor, lesson: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
    """(..., glosses) -> the same within a lesson (glosses,) bool, and the probability (...) of all of it before that.

    Without a lesson nothing changes: what is more likely no sign at all stays so.
    """
    if lesson is None:
        return probabilities, torch.ones(probabilities.shape[:-1])
    within = probabilities * lesson
    whole = within.sum(dim=-1)
    return within / whole[..., None].clamp(min=torch.finfo(within.dtype).tiny), whole


def _within(clip: KeypointClip, span: tuple[int, int]) -> tuple[int, int]:
    return max(span[0], int(clip.times_ns[0])), min(span[1], int(clip.times_ns[-1]))


@contextmanager
def _one_thread(device: str) -> Iterator[None]:
    """Beside MediaPipe on two cores, two torch threads make both slower."""
    threads = torch.get_num_threads()
    if device != "cpu" or threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
