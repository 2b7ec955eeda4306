"""Probabilities that can be believed, and the threshold below which nothing is said: both fixed on held-out clips."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from engine.data.dataset import ClipDataset, LabelledClip
from engine.evaluation.isolated import labels_for, score_clips
from engine.evaluation.metrics import PRECISION
from engine.models.folder import Calibration, TrainedModel
from engine.recognition.recogniser import Recogniser

Probabilities = npt.NDArray[np.floating[Any]]

FEWEST_ACCEPTED: Final = 20
"""Of fewer answers nobody knows how often they are right."""
ALWAYS_ABSTAIN: Final = 1.0
"""Where no threshold is precise enough."""
ROUNDING: Final = 1e-3
"""Probabilities of single precision that should sum to one miss it by less."""
STEP: Final = 1e-3
"""Thresholds are whole multiples of it, so that rounding does not part clips of which a model is equally sure."""
LEAST: Final = 1e-12
"""A probability of zero would be infinitely surprising."""
TEMPERATURES: Final = np.exp(np.linspace(np.log(0.2), np.log(5.0), 200))
MOST_BIAS: Final = 50.0
"""Far beyond what any clip's logits differ by."""
HALVINGS: Final = 40
"""Of the range in which the background's bias is searched."""


def calibrated(model: TrainedModel, held_out: ClipDataset, unknown: Sequence[LabelledClip] = ()) -> TrainedModel:
    """Calibrate an uncalibrated model on held-out clips of its vocabulary, and on others that it ought to reject.

    The latter say nothing to a model without a background, which has no way to reject them but to be unsure.
    """
    recogniser = Recogniser(model)
    rejects = bool(unknown) and model.network.config.background > 0
    return replace(
        model,
        calibration=calibrate(
            score_clips(recogniser, held_out.clips),
            labels_for(recogniser, held_out),
            score_clips(recogniser, unknown) if rejects else None,
        ),
    )


def calibrate(
    known: Probabilities, labels: npt.NDArray[np.integer[Any]], unknown: Probabilities | None = None
) -> Calibration:
    """Fit a calibration to uncalibrated probabilities, as `score_clips` gives them.

    A background that learned from many other signs expects them as often as it saw them. Where clips of such unknown
    signs are at hand, as many of them are expected as of the vocabulary's signs, whatever their numbers are here. The
    threshold looks at the vocabulary's alone.

    Args:
        known: (N, classes), of clips of the vocabulary.
        labels: (N,) their true glosses, as indices into the classes.
        unknown: (M, classes), of clips of other signs, by a model that has a background.
    """
    classes = known.shape[1]
    logits, truth = _logits(known), torch.from_numpy(np.asarray(labels, np.int64))
    others = None if unknown is None else _logits(unknown)
    fits = []
    for temperature in TEMPERATURES:
        bias = 0.0 if others is None else _background_bias(logits / temperature, others / temperature)
        fit = Calibration(temperature=float(temperature), background_bias=bias)
        loss = functional.cross_entropy(fit.calibrated(logits, glosses=classes), truth)
        if others is not None:
            background = torch.full((len(others),), classes)
            loss += functional.cross_entropy(fit.calibrated(others, glosses=classes), background)
        fits.append((float(loss), fit))
    _, best = min(fits, key=lambda each: each[0])
    shares = torch.softmax(best.calibrated(logits, glosses=classes), dim=-1)
    confidence, answers = shares[:, :classes].max(dim=-1)
    return replace(best, threshold=_threshold(confidence.numpy(), (answers == truth).numpy()))


def _logits(probabilities: Probabilities) -> Tensor:
    """(N, classes) -> (N, classes + 1), the background's last; without a background it is as low as any gets."""
    of_glosses = np.asarray(probabilities, np.float64)
    of_background = 1 - of_glosses.sum(axis=1, keepdims=True)
    if of_background.max() <= ROUNDING:
        of_background = np.zeros_like(of_background)
    return torch.log(torch.from_numpy(np.hstack([of_glosses, of_background])).clamp(min=LEAST))


def _background_bias(known: Tensor, unknown: Tensor) -> float:
    """The bias with the least loss: that with which the background gets half of all probability.

    Both (..., classes + 1); each counts as a whole, however many clips it holds.
    """
    margins = [logits[:, -1] - logits[:, :-1].logsumexp(dim=-1) for logits in (known, unknown)]
    least, most = -MOST_BIAS, MOST_BIAS
    for _ in range(HALVINGS):
        bias = (least + most) / 2
        if sum(float(torch.sigmoid(margin + bias).mean()) for margin in margins) < 1:
            least = bias
        else:
            most = bias
    return bias


def _threshold(confidence: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]) -> float:
    """The least multiple of STEP that enough of the answers (N,) reach, of which `PRECISION` are right."""
    claimed = np.floor(confidence / STEP) * STEP
    fewest = min(FEWEST_ACCEPTED, len(right))
    precise = [
        each
        for each in np.unique(claimed)
        if (accepted := claimed >= each).sum() >= fewest and right[accepted].mean() >= PRECISION
    ]
    return float(min(precise, default=ALWAYS_ABSTAIN))
