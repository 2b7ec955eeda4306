"""The training format: trimmed clips of keypoints with their glosses, one .npz in a folder.

`prepare` writes it, training and evaluation read it. Fields of clips.npz, N clips and S frames in all:
joints (S, 49, 3) float32, length (N,), rate (N,) frames a second, size (N, 2), label (N,) index into glosses
(G,), split (N,) "train" / "val" / "test", signer (N,) and name (N,) text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.data.held_out import LEFT_OUT, HeldOut
from engine.data.recordings import Recordings
from engine.errors import UserFacingError
from engine.files import is_file
from engine.joints import JOINTS
from engine.sources.npz import read_arrays, write_arrays
from engine.sources.recording import rates_make_sense, sizes_make_sense
from engine.types import NANOSECONDS, JointArray, KeypointClip

FILE_NAME: Final = "clips.npz"
WHAT: Final = "a dataset made by `python -m engine prepare`"
SPLITS: Final = ("train", "val", "test")
COLUMNS: Final = ("rate", "size", "label", "split", "signer", "name")
"""Arrays with one row a clip."""
BACKGROUND: Final = ""
"""The gloss of whatever is no sign of the vocabulary; it is never written to a file."""


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """A trimmed clip of one sign.

    Attributes:
        clip: its keypoints, time from 0.
        gloss: what is signed, lower case.
        split: "train", "val" or "test".
        signer: who signs; "" where unknown.
        name: the clip's name in its source.
    """

    clip: KeypointClip
    gloss: str
    split: str
    signer: str
    name: str


@dataclass(frozen=True, slots=True)
class ClipDataset:
    """Labelled clips and the vocabulary they are labelled with.

    Attributes:
        glosses: in the order of the labels; BACKGROUND, where there is one, comes last.
        clips: in the order of the source.
    """

    glosses: tuple[str, ...]
    clips: tuple[LabelledClip, ...]

    @property
    def has_background(self) -> bool:
        """Whether some clips show what shall be rejected."""
        return self.glosses[-1] == BACKGROUND

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The glosses without BACKGROUND."""
        return self.glosses[:-1] if self.has_background else self.glosses

    def split(self, *names: str) -> "ClipDataset":
        """The clips of some splits, vocabulary unchanged; raises where a split is empty."""
        missing = set(names) - {clip.split for clip in self.clips}
        if missing:
            raise UserFacingError(f"No clips in split {', '.join(sorted(missing))}: choose from {self._splits()}.")
        return ClipDataset(self.glosses, tuple(clip for clip in self.clips if clip.split in names))

    def labels(self) -> list[int]:
        """Index of each clip's gloss."""
        index = {gloss: label for label, gloss in enumerate(self.glosses)}
        return [index[clip.gloss] for clip in self.clips]

    def _splits(self) -> str:
        return ", ".join(sorted({clip.split for clip in self.clips}))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` has written.

    Attributes:
        clips: how many.
        splits: how many in each split.
        notes: what was left out, and why; one sentence each.
    """

    clips: int
    splits: Mapping[str, int]
    notes: tuple[str, ...] = ()


def pooled(*datasets: ClipDataset) -> ClipDataset:
    """All clips of all datasets, for training that does not look at their glosses."""
    glosses = tuple(dict.fromkeys(gloss for dataset in datasets for gloss in dataset.glosses))
    return ClipDataset(glosses, tuple(clip for dataset in datasets for clip in dataset.clips))


def joined(first: ClipDataset, *others: ClipDataset) -> ClipDataset:
    """`first` with the clips of others whose glosses it knows; the vocabulary stays that of `first`."""
    known = set(first.glosses)
    return ClipDataset(
        first.glosses, first.clips + tuple(clip for other in others for clip in other.clips if clip.gloss in known)
    )


def with_background(dataset: ClipDataset, *others: ClipDataset) -> ClipDataset:
    """`dataset` and, as its BACKGROUND, the `strangers` of `others` to its glosses."""
    known = frozenset(dataset.glosses)
    unknown = tuple(
        replace(item, gloss=BACKGROUND) for other in others for item in strangers(other.clips, other, known)
    )
    if not unknown:
        raise UserFacingError("The background holds no clip: give data with glosses outside the vocabulary.")
    return ClipDataset((*dataset.glosses, BACKGROUND), dataset.clips + unknown)


def strangers(clips: Iterable[LabelledClip], dataset: ClipDataset, known: Set[str]) -> tuple[LabelledClip, ...]:
    """Those `clips` of a dataset that show none of the `known` glosses.

    A recording that stands under a known gloss somewhere in the dataset, too, shows a known sign.
    """
    signs = Recordings(item.clip for item in dataset.clips if item.gloss in known)
    return tuple(item for item in clips if item.gloss not in known and not signs.show(item.clip))


def calibrating_strangers(others: Iterable[ClipDataset], known: Set[str]) -> tuple[LabelledClip, ...]:
    """What calibrates how much is rejected: the `strangers` in the split "val" of `others`, whatever these are."""
    return tuple(
        item
        for other in others
        for item in strangers((item for item in other.clips if item.split == "val"), other, known)
    )


def uniform_clip(joints: np.ndarray[Any, Any], *, rate: float, size: tuple[int, int]) -> KeypointClip:
    """A clip whose frames follow one another at `rate` frames a second, from time 0."""
    times = np.round(np.arange(len(joints)) * (NANOSECONDS / rate)).astype(np.int64)
    return KeypointClip(joints=joints, times_ns=times, size=size)


def hold_out(clips: Iterable[tuple[LabelledClip, float]], held_out: HeldOut) -> list[tuple[LabelledClip, float]]:
    """Redraw the splits; `UserFacingError` where one of those who are held out signs in no clip."""
    clips = list(clips)
    held_out.check(item.signer for item, _ in clips)
    redrawn = ((replace(item, split=held_out.split(item.split, signer=item.signer)), rate) for item, rate in clips)
    return [(item, rate) for item, rate in redrawn if item.split != LEFT_OUT]


def save_prepared(
    folder: Path,
    glosses: Sequence[str],
    clips: Iterable[tuple[LabelledClip, float]],
    held_out: HeldOut,
    notes: Sequence[str] = (),
) -> Prepared:
    """Redraw the splits, write what is left to `folder`, and say what it is; `glosses` are in the order of labels."""
    kept = hold_out(clips, held_out)
    # Two labels with one word are one gloss: nobody could tell them apart by what the model says.
    save_dataset(folder, tuple(dict.fromkeys(glosses)), kept)
    return Prepared(clips=len(kept), splits=Counter(item.split for item, _ in kept), notes=tuple(notes))


def save_dataset(folder: Path, glosses: Sequence[str], clips: Iterable[tuple[LabelledClip, float]]) -> None:
    """Write clips, each with its frame rate, to `folder`, atomically.

    Raises:
        UserFacingError: there is no clip, or a gloss is empty.
    """
    kept = list(clips)
    if not kept:
        raise UserFacingError(f"Nothing was written to {folder}: no clip is left to write.")
    if BACKGROUND in glosses:
        raise UserFacingError(f"Nothing was written to {folder}: a sign has no gloss. Name it, or leave it out.")
    index = {gloss: label for label, gloss in enumerate(glosses)}
    write_arrays(
        folder / FILE_NAME,
        joints=np.concatenate([item.clip.joints for item, _ in kept]).astype(np.float32),
        length=np.array([len(item.clip) for item, _ in kept], np.int32),
        rate=np.array([rate for _, rate in kept], np.float32),
        size=np.array([item.clip.size for item, _ in kept], np.int32),
        label=np.array([index[item.gloss] for item, _ in kept], np.int32),
        glosses=np.array(glosses),
        split=np.array([item.split for item, _ in kept]),
        signer=np.array([item.signer for item, _ in kept]),
        name=np.array([item.name for item, _ in kept]),
    )


def load_dataset(folder: Path) -> ClipDataset:
    """Read what `save_dataset` wrote; `UserFacingError` where it is not there or not ours."""
    path = folder / FILE_NAME
    if not is_file(path):
        raise UserFacingError(f"No dataset in {folder}: make one with `python -m engine prepare`.")
    fields = read_arrays(path, "joints", "length", "glosses", *COLUMNS, what=WHAT)
    try:
        return _dataset(fields)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged ({error}).") from error


def _dataset(fields: Mapping[str, np.ndarray[Any, Any]]) -> ClipDataset:
    """Put the arrays of a file together; raises one of several errors where they make no sense."""
    glosses = tuple(str(gloss) for gloss in fields["glosses"])
    if BACKGROUND in glosses or len(set(glosses)) != len(glosses):
        raise ValueError("a gloss is empty, or is there twice")
    if (fields["label"] < 0).any():
        raise ValueError("a label is negative")
    if not set(fields["split"].tolist()) <= set(SPLITS):
        raise ValueError("a clip is in a split that does not exist")
    if not (rates_make_sense(fields["rate"]) and sizes_make_sense(fields["size"])):
        raise ValueError("a frame rate or a picture size makes no sense")
    ends = np.cumsum(fields["length"])
    joints = _joints(fields["joints"])
    if ends[-1] != len(joints):
        raise ValueError("frames are missing")
    clips = tuple(
        LabelledClip(
            clip=uniform_clip(joints[end - length : end], rate=float(rate), size=(int(size[0]), int(size[1]))),
            gloss=glosses[label],
            split=str(split),
            signer=str(signer),
            name=str(name),
        )
        for end, length, rate, size, label, split, signer, name in zip(
            ends, fields["length"], *(fields[column] for column in COLUMNS), strict=True
        )
    )
    if not all(len(item.clip) for item in clips):
        raise ValueError("a clip is empty")
    return ClipDataset(glosses, clips)


def _joints(stored: np.ndarray[Any, Any]) -> JointArray:
    """Joints in whatever numbers they were written -> (S, 49, 3) float32."""
    if stored.dtype.kind not in "iuf" or stored.shape[1:] != (JOINTS, 3):
        raise ValueError(f"joints are not {JOINTS} triples of numbers a frame")
    with np.errstate(over="ignore"):  # what float32 cannot hold is infinite then, and refused
        joints: JointArray = stored.astype(np.float32, copy=False)
    if not np.isfinite(joints).all():
        raise ValueError("a joint is nowhere")
    return joints
