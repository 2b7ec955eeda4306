"""NMFs-CSL: the lists of `engine.data.annotations.ustc`.

Its words are read from dictionary.txt where that is there; else the glosses are the labels, as in 0042. Nothing says
who signs, and there is no validation split: every tenth training clip of a gloss becomes it.
"""

from pathlib import Path

from engine.data.annotations.rows import Annotations, Row
from engine.data.annotations.ustc import DICTIONARY, LISTS, read_dictionary, read_list


def read_nmfs_csl(source: Path) -> Annotations:
    """Read NMFs-CSL's annotations."""
    videos = [(label, name, split) for split in LISTS for label, name in read_list(source, split)]
    words = read_dictionary(source) if (source / DICTIONARY).is_file() else {}
    glosses = {label: words.get(label, f"{label:04}") for label in sorted({label for label, _, _ in videos})}
    rows = [Row(video=name, gloss=glosses[label], split=split) for label, name, split in videos]
    return Annotations(tuple(glosses.values()), tuple(rows))
