"""Data of other signs, of which `finetune` and `narrow` make use: whether a split shows what is to be rejected."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from engine.data.dataset import LabelledClip

IN_VAIN: Final = {
    "train": "Nothing is learned from the background",
    "val": "Nothing calibrates what is rejected",
}
"""What comes of a split without a clip."""


def in_vain(folders: Sequence[Path], shown: Sequence[LabelledClip], *, split: str) -> str | None:
    """Why data do nothing in a split, in one sentence; None where they do something, or none are given.

    Args:
        folders: of the data.
        shown: those of their clips in the split that show other signs than the vocabulary's.
        split: "train" or "val".
    """
    if shown or not folders:
        return None
    return f"{IN_VAIN[split]}: of {', '.join(map(str, folders))} the split {split} shows no other gloss."
