"""What a dataset's own files say about its videos, whatever their layout."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.data.dataset import SPLITS

VALIDATION_SHARE: Final = 10
"""Where a dataset has no validation split, one in so many of its training signers, or clips, becomes one."""
FEWEST_SIGNERS: Final = 5
"""Of fewer, one would be too large a part of the training split."""
FEWEST_CLIPS: Final = 3
"""A gloss with fewer of them keeps them all for training."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a longer video, in seconds from its first frame."""

    video: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Row:
    """A clip as it is annotated.

    Attributes:
        video: the clip's name, without suffix; with its folder where names repeat.
        gloss: lower case.
        split: "train", "val" or "test".
        signer: "" where unknown.
        part_of: where in a longer video the clip stands, for datasets that are published so.
    """

    video: str
    gloss: str
    split: str
    signer: str = ""
    part_of: Stretch | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.video, str) or not isinstance(self.gloss, str) or not self.video or not self.gloss:
            raise ValueError("a clip has no name or no gloss")
        if self.split not in SPLITS:
            raise ValueError(f"{self.split!r} is no split")


@dataclass(frozen=True, slots=True)
class Annotations:
    """A dataset's vocabulary, in the order of its labels, and its clips."""

    glosses: tuple[str, ...]
    rows: tuple[Row, ...]


def for_validation(training: Sequence[Row]) -> set[Row]:
    """Choose which rows of a training split become the validation split of a dataset that has none.

    The last tenth of the signers, in the order of their numbers, where all are known and there are enough of them; else
    every tenth clip of each gloss, or the last one of a few.
    """
    signers = {row.signer for row in training}
    if "" in signers or len(signers) < FEWEST_SIGNERS:
        return _every_tenth(training)
    last = sorted(signers, key=lambda signer: (len(signer), signer))[-max(1, len(signers) // VALIDATION_SHARE) :]
    return {row for row in training if row.signer in last}


def _every_tenth(rows: Sequence[Row]) -> set[Row]:
    of_gloss: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_gloss[row.gloss].append(row)
    return {
        row
        for clips in of_gloss.values()
        for row in clips[VALIDATION_SHARE - 1 :: VALIDATION_SHARE] or clips[FEWEST_CLIPS - 1 :][-1:]
    }
