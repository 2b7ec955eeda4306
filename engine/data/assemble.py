"""From annotations and a folder of keypoints to the training format."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from engine.data.annotations.rows import Annotations, Row, Stretch, for_validation
from engine.data.dataset import LabelledClip, Prepared, save_prepared
from engine.data.held_out import NOBODY, HeldOut
from engine.data.keypoint_files import KeypointFiles, at_uniform_rate, cut, read_keypoints
from engine.errors import UserFacingError
from engine.types import KeypointClip

log = logging.getLogger(__name__)

USUAL_RATE: Final = 25.0


@dataclass(frozen=True, slots=True)
class _Found:
    """A row and its file; `stretch` is what of the file it is, None for all of it."""

    place: int
    row: Row
    path: Path
    stretch: Stretch | None


def assemble(
    annotations: Annotations,
    keypoints: Path,
    out: Path,
    *,
    rate: float = USUAL_RATE,
    subset: int | None = None,
    held_out: HeldOut = NOBODY,
) -> Prepared:
    """Write the clips whose keypoints are there to `out`; the notes count the others.

    Where these have no validation split, `for_validation` says which training clips become it.

    Args:
        annotations: of the dataset.
        keypoints: the folder of keypoints.
        out: the folder to write to.
        rate: frames a second of keypoints that do not tell theirs.
        subset: how many glosses to keep, the first ones; None for all.
        held_out: who is never trained on.

    Raises:
        UserFacingError: somebody held out signs no row, no clip is left, or `out` cannot be written.
    """
    glosses = annotations.glosses[:subset]
    kept = set(glosses)
    rows = [row for row in annotations.rows if row.gloss in kept]
    held_out.check(row.signer for row in rows)
    files = KeypointFiles(keypoints)
    found = [item for place, row in enumerate(rows) if (item := _find(files, place, row))]
    if not found:
        raise UserFacingError(
            f"None of the {len(rows):,} videos has keypoints in {keypoints}: make them with `python -m engine extract`."
        )
    notes = []
    if chosen := _for_validation([item.row for item in found], held_out):
        found = [replace(item, row=replace(item.row, split="val")) if item.row in chosen else item for item in found]
        notes.append(f"{len(chosen):,} training clips are for validation now, of which there were none.")
    clips = dict(_read(found, rate))
    if missing := len(rows) - len(found):
        notes.append(f"{missing:,} of {len(rows):,} videos have no keypoints.")
    if unusable := len(found) - len(clips):
        notes.append(f"{unusable:,} of {len(found):,} videos have keypoints that cannot be used.")
    return save_prepared(out, glosses, [clips[place] for place in sorted(clips)], held_out, notes)


def _for_validation(rows: Sequence[Row], held_out: HeldOut) -> set[Row]:
    splits = [held_out.split(row.split, signer=row.signer) for row in rows]
    if "val" in splits:
        return set()
    return for_validation([row for row, split in zip(rows, splits, strict=True) if split == "train"])


def _find(files: KeypointFiles, place: int, row: Row) -> _Found | None:
    if path := files.find(row.video):
        return _Found(place, row, path, None)
    if row.part_of and (path := files.find(row.part_of.video)):
        return _Found(place, row, path, row.part_of)
    return None


def _read(found: Sequence[_Found], rate: float) -> Iterator[tuple[int, tuple[LabelledClip, float]]]:
    """Place and clip of each row whose keypoints can be used; every file is read once."""
    for path, items in groupby(sorted(found, key=lambda item: item.path), key=lambda item: item.path):
        try:
            whole = read_keypoints(path, rate=rate)
        except UserFacingError as error:
            log.warning("%s", error)
            continue
        for item in items:
            try:
                clip, clip_rate = _clip(whole, item.stretch, rate)
            except UserFacingError as error:
                log.warning("%s, clip %s: %s", path, item.row.video, error)
                continue
            row = item.row
            yield item.place, (LabelledClip(clip, row.gloss, row.split, row.signer, row.video), clip_rate)


def _clip(whole: KeypointClip, stretch: Stretch | None, rate: float) -> tuple[KeypointClip, float]:
    if stretch is None:
        return at_uniform_rate(whole, rate=rate)
    part = cut(whole, stretch.start_s, stretch.end_s)
    if not len(part):
        raise UserFacingError(f"no frame lies between {stretch.start_s:g} and {stretch.end_s:g} seconds.")
    return at_uniform_rate(part, rate=rate)
