"""Recognition of trimmed clips: scores of a model over a dataset."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from engine.data.dataset import ClipDataset, LabelledClip
from engine.errors import UserFacingError
from engine.recognition.recogniser import Recogniser


def score_clips(recogniser: Recogniser, clips: Iterable[LabelledClip]) -> npt.NDArray[np.float32]:
    """Calibrated probabilities (N, classes) of each clip, judged one by one as `recognise` does.

    The probability of a model's background is what they lack to one.
    """
    glosses = len(recogniser.glosses)
    return np.stack([recogniser.score(item.clip)[:glosses].numpy() for item in clips])


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
