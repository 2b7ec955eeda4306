"""AUTSL as it is published: a table of videos and labels for each split, and the list of signs.

train_labels.csv, validation_labels.csv and test_labels.csv hold `signer<number>_sample<number>,<label>` a line,
without a header; the last two are also known by the other names below. SignList_ClassId_TR_EN.csv has the columns
ClassId, TR and EN; the Turkish word is the gloss. Videos are named signer0_sample1_color, and the signers of the
three splits are different people.
"""

import csv
import re
from pathlib import Path
from typing import Final

from engine.data.annotations.files import annotation_file, read_lines
from engine.data.annotations.rows import Annotations, Row

SIGNS: Final = "SignList_ClassId_TR_EN.csv"
TABLES: Final = {
    "train": ("train_labels.csv",),
    "val": ("validation_labels.csv", "val_labels.csv", "ground_truth.csv"),
    "test": ("test_labels.csv", "test_ground_truth.csv"),
}
VIDEO: Final = re.compile(r"signer(\d+)_sample\d+")


def read_autsl(source: Path) -> Annotations:
    """Read AUTSL's annotations; the tables of "val" and "test" may be absent, since they were published later."""
    words = _read_signs(source / SIGNS)
    rows = [row for split in TABLES for row in _read_table(source, split, words)]
    return Annotations(tuple(words[label] for label in sorted(words)), tuple(rows))


def _read_signs(path: Path) -> dict[int, str]:
    with annotation_file(path, "AUTSL's list of signs"):
        table = csv.DictReader(read_lines(path))
        return {int(row["ClassId"]): row["TR"].strip().lower() for row in table}


def _read_table(source: Path, split: str, words: dict[int, str]) -> list[Row]:
    present = [source / name for name in TABLES[split] if (source / name).is_file()]
    if not present and split != "train":
        return []
    path = present[0] if present else source / TABLES[split][0]
    rows = []
    with annotation_file(path, "a table of AUTSL's videos and labels"):
        for line, (name, label) in enumerate(csv.reader(read_lines(path))):
            found = VIDEO.fullmatch(name.removesuffix("_color"))
            if found:
                rows.append(Row(video=found[0], gloss=words[int(label)], split=split, signer=found[1]))
            elif line:  # the first may be a header
                raise ValueError(f"{name!r} is no video of AUTSL")
    return rows
