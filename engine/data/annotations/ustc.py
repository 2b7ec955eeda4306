"""What the two datasets of the USTC share: lists of videos, and a dictionary of numbered words.

traintestlist/trainlist01.txt and testlist01.txt name a video a line, `<label>/<name>.<suffix>`; what follows a space
is not needed. dictionary.txt holds a line a word, `<label> <word>`.
"""

import re
from pathlib import Path, PurePosixPath
from typing import Final

from engine.data.annotations.files import annotation_file, read_lines

DICTIONARY: Final = "dictionary.txt"
LISTS: Final = {"train": "traintestlist/trainlist01.txt", "test": "traintestlist/testlist01.txt"}
SIGNER: Final = re.compile(r"P(\d+)_")


def read_dictionary(source: Path) -> dict[int, str]:
    """The words by their label."""
    path = source / DICTIONARY
    with annotation_file(path, "a dictionary, a line for each label and its word"):
        pairs = [line.split(maxsplit=1) for line in read_lines(path)]
        return {int(label): word.lower() for label, word in pairs}


def read_list(source: Path, split: str) -> list[tuple[int, str]]:
    """Label and name, with its folder and without suffix, of each video of a split."""
    path = source / LISTS[split]
    with annotation_file(path, "a list of videos"):
        names = [PurePosixPath(line.split()[0]) for line in read_lines(path)]
        return [(int(name.parts[0]), (name.parent / name.name.partition(".")[0]).as_posix()) for name in names]


def signer_of(name: str) -> str:
    """The number in P07_...; "" where the name has none."""
    found = SIGNER.match(name.rpartition("/")[2])
    return str(int(found[1])) if found else ""
