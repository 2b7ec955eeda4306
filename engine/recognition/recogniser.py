"""One model on one device: a stretch of keypoints in, candidates out."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from engine.errors import UserFacingError
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import ModelInput, model_input, without_padding
from engine.models.folder import TrainedModel
from engine.types import NANOSECONDS, Candidate, KeypointClip, Prediction


class Recogniser:
    """Names the sign in a stretch of keypoints.

    Calls are independent of one another, and one at a time may run.
    """

    def __init__(self, model: TrainedModel, *, device: str = "cpu") -> None:
        self._model = model
        self._network = model.network.to(device)
        self.name = model.name
        self.glosses = model.glosses
        self.threshold = model.calibration.threshold
        self.device = device
        self._allowed = torch.ones(len(model.glosses), dtype=torch.bool, device=device)

    def restrict(self, vocabulary: frozenset[str] | None) -> None:
        """Name the glosses of a lesson alone, with probabilities over these; None lifts that.

        Raises:
            UserFacingError: the model knows none of them.
        """
        allowed = [vocabulary is None or gloss in vocabulary for gloss in self.glosses]
        if not any(allowed):
            raise UserFacingError(f"{self.name} knows no sign of this lesson. Choose other signs, or another model.")
        self._allowed = torch.tensor(allowed, device=self.device)

    @property
    def window_ns(self) -> int:
        """The longest stretch that the model sees at once."""
        return round(self._model.input.seconds * NANOSECONDS)

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
        frames = self._prepare(clip, span)
        probabilities = self._probabilities(frames)
        best = probabilities.topk(min(top, int(self._allowed.sum())))
        candidates = tuple(
            Candidate(gloss=self.glosses[label], probability=probability)
            for label, probability in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        )
        return Prediction(
            candidates=candidates,
            rejected=candidates[0].probability < self.threshold or not bool(frames.hands_present.any()),
            start_ns=span[0],
            end_ns=span[1],
        )

    def score(self, clip: KeypointClip) -> torch.Tensor:
        """Calibrated probabilities (classes,) of a trimmed clip, in the order of `glosses`."""
        return self._probabilities(self._prepare(clip, signing_span(clip)))

    def _prepare(self, clip: KeypointClip, span: tuple[int, int]) -> ModelInput:
        """The model input (batch of one) of a stretch of a clip, in stream time."""
        return model_input(collate([clip], [span]).to(self.device), self._model.input)

    @torch.inference_mode()
    def _probabilities(self, frames: ModelInput) -> torch.Tensor:
        """Calibrated probabilities (classes,) of one window, on the CPU."""
        with _one_thread(self.device):
            logits = self._network(without_padding(frames)).logits[0] / self._model.calibration.temperature
        return torch.softmax(logits.masked_fill(~self._allowed, -torch.inf), dim=-1).cpu()


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
