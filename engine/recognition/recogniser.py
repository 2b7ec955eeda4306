"""One model on one device: a stretch of keypoints in, candidates out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import torch
from torch.nn import functional

from engine.errors import UserFacingError
from engine.features.activity import signing_span
from engine.features.batch import collate
from engine.features.model_input import KeypointBatch, ModelInput, model_input, without_padding
from engine.models.classifier import Classified
from engine.models.embedding import PartVectors
from engine.models.folder import TrainedModel
from engine.recognition.devices import one_thread
from engine.recognition.personal import KnownSigns, known_signs
from engine.recognition.stream_window import StreamWindow
from engine.sources.personal_signs import PersonalSign
from engine.sources.prototypes import load_prototypes, place_prototype
from engine.types import NANOSECONDS, Candidate, KeypointClip, Prediction


class Judgement(NamedTuple):
    """What a recogniser says of a batch of windows.

    Attributes:
        names: of the signs that can be named.
        probabilities: (B, names), within the lesson where there is one; on the CPU.
        attention: (B, F) that the encoder's features of each frame got; on the CPU.
    """

    names: tuple[str, ...]
    probabilities: torch.Tensor
    attention: torch.Tensor


@dataclass(frozen=True, slots=True)
class Nameable:
    """What can be named, and which of it is.

    Attributes:
        known: the glosses and the personal signs.
        lesson: the names that alone are given; None: all.
    """

    known: KnownSigns
    lesson: frozenset[str] | None


class Recogniser:
    """Names the sign in a stretch of keypoints.

    Calls are independent of one another. One at a time may run, with `judge` and `learn` beside it.
    """

    def __init__(self, model: TrainedModel, *, device: str = "cpu") -> None:
        self._model = model
        self._network = model.network.to(device)
        self.name = model.name
        self.glosses = model.glosses
        self.input = model.input
        calibration = model.calibration
        self.temperature = calibration.temperature
        self.threshold = calibration.threshold
        self.stream_threshold = (
            calibration.threshold if calibration.stream_threshold is None else calibration.stream_threshold
        )
        self.device = device
        self._known = self._with(())
        self._lesson: frozenset[str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Of all signs that can be named: the glosses, then the personal signs."""
        return self._known.names

    @property
    def nameable(self) -> Nameable:
        """What is named from now on; what streams that have begun name is theirs."""
        return Nameable(self._known, self._lesson)

    def learn(self, signs: Sequence[PersonalSign]) -> None:
        """Name these personal signs, too, and no others, from now on; may run while a stream is being decoded.

        Streams that have begun go on as before.
        """
        self._known = self._with(signs)

    def restrict(self, vocabulary: frozenset[str] | None) -> None:
        """Name the signs of a lesson alone, with probabilities over these; None lifts that.

        Where the signs of the lesson have less than the threshold together, the answer is a rejection, with their
        probabilities over all signs, so that a sign outside of it is not forced into it, and none that is accepted
        without a lesson is lost by one that holds it.
        Streams that have begun go on as before.

        Raises:
            UserFacingError: the model knows none of them.
        """
        if vocabulary is not None and vocabulary.isdisjoint(self.names):
            raise UserFacingError(f"{self.name} knows no sign of this lesson. Choose other signs, or another model.")
        self._lesson = vocabulary

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
        parts = self.embed(collate([clip], [span]))
        return self.name_sign(parts, span, self.nameable, threshold=self.threshold, top=top)

    def score(self, clip: KeypointClip) -> torch.Tensor:
        """Calibrated probabilities of a trimmed clip, as `logits` has them."""
        return torch.softmax(self.logits(clip), dim=-1)

    def logits(self, clip: KeypointClip) -> torch.Tensor:
        """Calibrated logits of a trimmed clip, in the order of `glosses`; a background comes last.

        The model alone is asked, whatever personal signs there are.
        """
        return self.calibrated(self.classified(self.embed(collate([clip], [signing_span(clip)]))))[0].cpu()

    def stream_window(self) -> StreamWindow:
        """A window over a stream of its own, in which this recogniser names what is nameable now."""
        return StreamWindow(self)

    @torch.inference_mode()
    def embed(self, batch: KeypointBatch, *, frames: int | None = None) -> PartVectors:
        """Prepare and embed the frames of a batch one by one, at most as many as the window has, or `frames`."""
        spec = self.input if frames is None else replace(self.input, frames=frames)
        with one_thread(self.device):
            parts: PartVectors = self._network.encoder.embedding.parts(
                without_padding(model_input(batch.to(self.device), spec))
            )
        return parts

    def name_sign(
        self, parts: PartVectors, span: tuple[int, int], nameable: Nameable, *, threshold: float, top: int = 5
    ) -> Prediction:
        """Name the sign in one window of embedded frames, which show the stretch `span` (start_ns, end_ns).

        Below `threshold` the answer is a rejection.
        """
        known, lesson = nameable.known, nameable.lesson
        judged = self.classified(parts)
        everything = known.probabilities(self.calibrated(judged), judged.features)[0].cpu()
        probabilities, in_lesson = _of_lesson(everything, known.names, lesson)
        if in_lesson < threshold:  # hardly one of the lesson, so they stay as likely as they are among all
            probabilities = probabilities * in_lesson
        choice = len(known.names) if lesson is None else len(lesson.intersection(known.names))
        best = probabilities.topk(min(top, choice))
        candidates = tuple(
            Candidate(gloss=known.names[label], probability=probability)
            for label, probability in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        )
        unsure = not candidates or candidates[0].probability < threshold
        return Prediction(
            candidates=candidates,
            rejected=unsure or not bool(parts.hands_present.any()),
            start_ns=span[0],
            end_ns=span[1],
        )

    @torch.inference_mode()
    def judge(self, frames: ModelInput) -> Judgement:
        """Judge windows that were prepared elsewhere; may run while a stream is being decoded."""
        known, lesson = self._known, self._lesson
        with one_thread(self.device):
            judged = self._network(frames)
        everything = known.probabilities(self.calibrated(judged), judged.features).cpu()
        return Judgement(known.names, _of_lesson(everything, known.names, lesson)[0], judged.attention.cpu())

    def alike(self, name: str, *, count: int = 4) -> tuple[str, ...]:
        """Return the names of the signs held nearest to another, nearest first: what it is confused with most easily.

        None where the sign is not known any more.
        """
        known = self._known
        if name not in known.names:
            return ()
        vectors = self._network.class_vectors()[: len(self.glosses)]
        lacking = known.columns >= len(self.glosses)
        vectors = functional.normalize(torch.cat([vectors, known.directions[lacking]]), dim=-1)
        own = known.names.index(name)
        nearness = (vectors @ vectors[own]).index_fill(0, torch.tensor([own], device=vectors.device), -torch.inf)
        nearest = nearness.topk(min(count, len(known.names) - 1)).indices
        return tuple(known.names[label] for label in nearest.tolist())

    def _with(self, signs: Sequence[PersonalSign]) -> KnownSigns:
        taught = [(sign.name, torch.cat([self._features(take) for take in sign.takes])) for sign in signs]
        middle = self.middle if taught else torch.zeros_like(self._network.class_vectors()[0])
        return known_signs(self.glosses, taught, middle=middle, temperature=self.temperature)

    @cached_property
    def middle(self) -> torch.Tensor:
        """(D,) mean features of the average motions that come along: of signs in general."""
        motions = (place_prototype(motion, (640, 480)) for motion in load_prototypes().values())
        return torch.stack([self._features(clip) for clip in motions]).mean(dim=(0, 1))

    def _features(self, take: KeypointClip) -> torch.Tensor:
        return self.classified(self.embed(collate([take], [signing_span(take)]))).features

    @torch.inference_mode()
    def classified(self, parts: PartVectors) -> Classified:
        """Ask the network of one window of embedded frames."""
        with one_thread(self.device):
            return self._network.classify(parts)

    def calibrated(self, judged: Classified) -> torch.Tensor:
        """Return logits (B, outputs) of which the softmax can be believed."""
        return self._model.calibration.calibrated(judged.logits, glosses=len(self.glosses))


def _of_lesson(
    probabilities: torch.Tensor, names: Sequence[str], lesson: frozenset[str] | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """(..., names) -> the same within a lesson, and the probability (...) of all of it before that.

    Without a lesson nothing changes: what is more likely no sign at all stays so.
    """
    if lesson is None:
        return probabilities, torch.ones(probabilities.shape[:-1])
    within = probabilities * torch.tensor([name in lesson for name in names])
    whole = within.sum(dim=-1)
    return within / whole[..., None].clamp(min=torch.finfo(within.dtype).tiny), whole


def _within(clip: KeypointClip, span: tuple[int, int]) -> tuple[int, int]:
    return max(span[0], int(clip.times_ns[0])), min(span[1], int(clip.times_ns[-1]))
