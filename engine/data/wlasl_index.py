"""WLASL's index: one row a clip of those that could still be had."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.data.dataset import SPLITS
from engine.data.held_out import HeldOut
from engine.data.landmarks import Array, clip_frames
from engine.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of wlasl_index.csv.

    Attributes:
        gloss, split: as in `LabelledClip`.
        label: the gloss's number; a subset of WLASL keeps the first ones.
        signer: "" where unknown.
        aspect: width / height of the picture; None where unknown.
    """

    gloss: str
    label: int
    split: str
    signer: str
    aspect: float | None


def read_index(source: Path) -> dict[str, IndexRow]:
    """Read wlasl_index.csv: a row for each video_id; `UserFacingError` where it is not there or not WLASL's."""
    path = source / "wlasl_index.csv"
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return {row["video_id"]: _row(row) for row in csv.DictReader(file)}
    except FileNotFoundError as error:
        raise UserFacingError(f"{error.filename} is missing: --source wants the folder that holds it.") from None
    except (OSError, csv.Error, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UserFacingError(f"{path} is not WLASL's index ({error}).") from error


def in_order_of_labels(rows: Iterable[IndexRow]) -> list[str]:
    """The glosses of rows, as often as they are there."""
    return [row.gloss for row in sorted(rows, key=lambda row: row.label)]


def redrawn(index: Mapping[str, IndexRow], held_out: HeldOut) -> dict[str, IndexRow]:
    """Return the rows in the splits that they have where these signers are held out.

    So nothing at all is learned from them, not even where they stand; clips that go are in no split.

    Raises:
        UserFacingError: one of them signs nothing in the whole of WLASL.
    """
    held_out.check(row.signer for row in index.values())
    return {
        video_id: replace(row, split=held_out.split(row.split, signer=row.signer)) for video_id, row in index.items()
    }


def _row(fields: Mapping[str, str]) -> IndexRow:
    if fields["split"] not in SPLITS:
        raise ValueError(f"there is no split {fields['split']!r}")
    return IndexRow(
        gloss=fields["gloss"].strip().lower(),
        label=int(fields["label"]),
        split=fields["split"],
        signer=fields["signer_id"].removesuffix(".0"),
        aspect=_aspect(fields.get("aspect")),
    )


def _aspect(text: str | None) -> float | None:
    if not text:
        return None
    aspect = float(text)
    if not 0.1 < aspect < 10:
        raise ValueError(f"no picture is {text} times as wide as high")
    return aspect


def frames_of_clips(fields: Mapping[str, Array], index: Mapping[str, IndexRow]) -> Iterator[tuple[str, slice]]:
    """Each clip's video_id and its frames in a file of landmarks."""
    for video_id, frames in zip(map(str, fields["video_id"]), clip_frames(fields), strict=True):
        if video_id not in index:
            raise UserFacingError(f"wlasl_index.csv has no row for {video_id}: it belongs to other landmarks.")
        yield video_id, frames
