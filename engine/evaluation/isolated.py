"""Recognition of trimmed clips: scores of a model over a dataset, and its calibration."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from engine.data.dataset import ClipDataset
from engine.errors import UserFacingError
from engine.models.folder import Calibration, TrainedModel
from engine.recognition.recogniser import Recogniser

PRECISION: Final = 0.95
"""The abstention threshold is the lowest one at which accepted answers are this often right."""
ALWAYS_ABSTAIN: Final = 1.0
"""Where no threshold is precise enough."""
ROUNDING: Final = 1e-3
"""Probabilities of single precision that should sum to one miss it by less."""


def score_clips(recogniser: Recogniser, dataset: ClipDataset) -> npt.NDArray[np.float32]:
    """Calibrated probabilities (N, classes) of each clip, judged one by one as `recognise` does.

    The probability of a model's background is what they lack to one.
    """
    glosses = len(recogniser.glosses)
    return np.stack([recogniser.score(item.clip)[:glosses].numpy() for item in dataset.clips])


def labels_for(recogniser: Recogniser, dataset: ClipDataset) -> npt.NDArray[np.int64]:
    """The true gloss of each clip as an index into the model's vocabulary.

    Raises:
        UserFacingError: the dataset holds a gloss that the model does not know.
    """
    index = {gloss: label for label, gloss in enumerate(recogniser.glosses)}
    if strangers := sorted({item.gloss for item in dataset.clips} - set(index)):
        raise UserFacingError(
            f"The model {recogniser.name} does not know {strangers[0]!r} (and {len(strangers) - 1} more): "
            "evaluate it on data with its own vocabulary."
        )
    return np.array([index[item.gloss] for item in dataset.clips])


def calibrated(model: TrainedModel, held_out: ClipDataset) -> TrainedModel:
    """Fit temperature and threshold of an uncalibrated model to held-out clips of its vocabulary."""
    recogniser = Recogniser(model)
    return replace(model, calibration=calibrate(score_clips(recogniser, held_out), labels_for(recogniser, held_out)))


def calibrate(probabilities: npt.NDArray[np.floating[Any]], labels: npt.NDArray[np.integer[Any]]) -> Calibration:
    """Fit temperature and threshold to uncalibrated probabilities, as `score_clips` gives them, of held-out clips."""
    of_glosses = np.asarray(probabilities, np.float64)
    of_background = 1 - of_glosses.sum(axis=1, keepdims=True)
    outputs = np.hstack([of_glosses, of_background]) if of_background.max() > ROUNDING else of_glosses
    logits = torch.log(torch.from_numpy(outputs).clamp(min=1e-12))
    truth = torch.from_numpy(np.asarray(labels, np.int64))
    temperatures = np.exp(np.linspace(np.log(0.2), np.log(5.0), 200))
    losses = [float(functional.cross_entropy(logits / temperature, truth)) for temperature in temperatures]
    temperature = float(temperatures[int(np.argmin(losses))])
    confidence, answers = torch.softmax(logits / temperature, dim=-1)[:, : of_glosses.shape[1]].max(dim=-1)
    return Calibration(temperature=temperature, threshold=_threshold(confidence.numpy(), (answers == truth).numpy()))


def _threshold(confidence: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]) -> float:
    order = np.argsort(-confidence)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= PRECISION)
    return float(confidence[order[enough[-1]]]) if len(enough) else ALWAYS_ABSTAIN
