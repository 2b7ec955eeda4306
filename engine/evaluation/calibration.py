"""Probabilities that can be believed, and the threshold below which nothing is said: both fixed on held-out clips."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from engine.data.dataset import ClipDataset, LabelledClip
from engine.evaluation.isolated import labels_for
from engine.evaluation.metrics import PRECISION
from engine.models.files import as_written
from engine.models.folder import Calibration, TrainedModel
from engine.recognition.recogniser import Recogniser

FEWEST_ACCEPTED: Final = 20
"""Of fewer answers nobody knows how often they are right."""
MOST_UNKNOWN: Final = 0.1
"""Share of the clips of unknown signs that may be accepted."""
ALWAYS_ABSTAIN: Final = 1.0
"""Where no threshold is precise enough."""
STEP: Final = 1e-3
"""Thresholds are whole multiples of it, so that rounding does not part clips of which a model is equally sure."""
TEMPERATURES: Final = np.exp(np.linspace(np.log(0.2), np.log(5.0), 200))
MOST_BIAS: Final = 50.0
"""Far beyond what any clip's logits differ by."""
HALVINGS: Final = 40
"""Of the range in which the background's bias is searched."""


def calibrated(model: TrainedModel, held_out: ClipDataset, unknown: Sequence[LabelledClip] = ()) -> TrainedModel:
    """Calibrate an uncalibrated model on held-out clips of its vocabulary, and on others that it ought to reject.

    The latter say nothing to a model without a background, which has no way to reject them but to be unsure. The model
    keeps its weights, and the calibration is that of the rounded ones that `save_model` writes.
    """
    recogniser = Recogniser(replace(model, network=as_written(model.network)))
    rejects = bool(unknown) and model.network.config.background > 0
    return replace(
        model,
        calibration=calibrate(
            _logits(recogniser, held_out.clips),
            labels_for(recogniser, held_out),
            _logits(recogniser, unknown) if rejects else None,
            glosses=len(model.glosses),
        ),
    )


def calibrate(
    known: Tensor, labels: npt.NDArray[np.integer[Any]], unknown: Tensor | None = None, *, glosses: int
) -> Calibration:
    """Fit a calibration to uncalibrated logits.

    A background that learned from many other signs expects them as often as it saw them. Where clips of such unknown
    signs are at hand, as many of them are expected as of the vocabulary's signs, whatever their numbers are here. The
    threshold is the least at which `PRECISION` of the vocabulary's accepted clips are right, and at most `MOST_UNKNOWN`
    of the unknown ones are accepted.

    Args:
        known: (N, outputs), of clips of the vocabulary; a background comes after the glosses.
        labels: (N,) their true glosses, as indices into the outputs.
        unknown: (M, outputs), of clips of other signs, by a model that has a background.
        glosses: how many the vocabulary has.
    """
    truth = torch.from_numpy(np.asarray(labels, np.int64))
    fits = []
    for temperature in TEMPERATURES:
        bias = 0.0 if unknown is None else _background_bias(known / temperature, unknown / temperature)
        fit = Calibration(temperature=float(temperature), background_bias=bias)
        loss = functional.cross_entropy(fit.calibrated(known, glosses=glosses), truth)
        if unknown is not None:
            background = torch.full((len(unknown),), glosses)
            loss += functional.cross_entropy(fit.calibrated(unknown, glosses=glosses), background)
        fits.append((float(loss), fit))
    _, best = min(fits, key=lambda each: each[0])
    confidence, answers = _answers(best, known, glosses=glosses)
    least = 0.0 if unknown is None else _wary(_answers(best, unknown, glosses=glosses)[0])
    return replace(best, threshold=_precise(confidence, answers == truth.numpy(), least=least))


def _logits(recogniser: Recogniser, clips: Iterable[LabelledClip]) -> Tensor:
    """(N, outputs) of a model that is not calibrated yet."""
    return torch.stack([recogniser.logits(item.clip) for item in clips]).double()


def _background_bias(known: Tensor, unknown: Tensor) -> float:
    """The bias with the least loss: that with which the background gets half of all probability.

    Both (..., glosses + 1); each counts as a whole, however many clips it holds.
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


def _answers(
    calibration: Calibration, logits: Tensor, *, glosses: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Of each clip the probability of its best gloss, in whole multiples of STEP, and the gloss itself; (N,) each."""
    shares = torch.softmax(calibration.calibrated(logits, glosses=glosses), dim=-1)
    confidence, answers = shares[:, :glosses].max(dim=-1)
    return np.floor(confidence.numpy() / STEP) * STEP, answers.numpy()


def _precise(confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], *, least: float) -> float:
    """The least threshold from `least` on that enough of the answers (N,) reach, of which `PRECISION` are right."""
    fewest = min(FEWEST_ACCEPTED, len(right))
    precise = [
        each
        for each in np.unique(confidence.clip(min=least))
        if (accepted := confidence >= each).sum() >= fewest and right[accepted].mean() >= PRECISION
    ]
    return float(min(precise, default=ALWAYS_ABSTAIN))


def _wary(confidence: npt.NDArray[np.float64]) -> float:
    """The least threshold that at most `MOST_UNKNOWN` of the answers (M,) to unknown signs reach."""
    return min(float(np.quantile(confidence, 1 - MOST_UNKNOWN, method="higher")) + STEP, ALWAYS_ABSTAIN)
