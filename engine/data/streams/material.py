"""What streams are made of: the clips of one split of several datasets, each in its part."""

from collections.abc import Iterable, Sequence
from typing import Final

from engine.data.dataset import ClipDataset, LabelledClip, strangers
from engine.data.streams.conditions import Material
from engine.errors import UserFacingError
from engine.features.motion import shows_shoulders

NULL_GLOSS: Final = "-"
"""How the webcam set calls it when nobody signs."""


def gather_material(vocabulary: Iterable[str], datasets: Sequence[ClipDataset], split: str) -> Material:
    """Take the clips of `split` from datasets: the first holds the signs, the others are known by what they hold.

    A dataset with the gloss "-" gives the null class; any other one the unknown signs (`strangers`), and known ones
    recorded alike. Clips that never show both shoulders take no part.

    Raises:
        UserFacingError: a dataset has no clips in that split, or the first one none of known glosses with a body.
    """
    glosses = frozenset(vocabulary)
    first, *others = datasets
    signs = tuple(item for item in measurable(first.split(split).clips) if item.gloss in glosses)
    if not signs:
        raise UserFacingError(
            "The first dataset holds no sign that the model knows, made by somebody whose shoulders are seen: name "
            "that of its vocabulary first."
        )
    known: tuple[LabelledClip, ...] = ()
    unknown: tuple[LabelledClip, ...] = ()
    null: tuple[LabelledClip, ...] = ()
    for dataset in others:
        if NULL_GLOSS in dataset.glosses:
            null += null_class(dataset, split)
        else:
            clips = measurable(dataset.split(split).clips)
            known += tuple(item for item in clips if item.gloss in glosses)
            unknown += strangers(clips, dataset, glosses)
    return Material(signs=signs, known=known, unknown=unknown, null=null)


def check_vocabulary(first: ClipDataset, vocabulary: Sequence[str], *, model: str) -> None:
    """Refuse a first dataset that does not hold all glosses of a model and no others: what is to be kept needs that."""
    theirs, shared = set(first.glosses), set(first.glosses) & set(vocabulary)
    if not theirs == shared == set(vocabulary):
        others = f" and {len(theirs - shared)} others" if theirs - shared else ""
        raise UserFacingError(
            f"The first dataset has {len(shared)} of the {len(vocabulary)} glosses of {model}{others}: name that of "
            "its vocabulary first."
        )


def measurable(clips: Iterable[LabelledClip]) -> tuple[LabelledClip, ...]:
    """Leave out clips that never show both shoulders: streams are measured by them."""
    return tuple(item for item in clips if shows_shoulders(item.clip))


def null_class(dataset: ClipDataset, split: str) -> tuple[LabelledClip, ...]:
    """The sequences of a split in which nobody signs, as they follow one another; one frame is no sequence."""
    still = (item for item in dataset.split(split).clips if item.gloss == NULL_GLOSS and len(item.clip) > 1)
    return tuple(sorted(still, key=lambda item: item.name))
