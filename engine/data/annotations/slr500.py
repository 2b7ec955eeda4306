"""SLR500: dictionary.txt and, where they are there, the lists of `engine.data.annotations.ustc`.

Without lists the videos are known by their names: 50 signers show each of 500 words five times, in
<label>/P<signer>_<group>_<word in its group>_<repetition>_color with signers from P01, groups of twenty words from 01
and words and repetitions from zero. The split is signer-independent: 36 signers train, the 14 others test. There is
no validation split: the last tenth of the training signers, P34 to P36, becomes it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from engine.data.annotations.rows import Annotations, Row
from engine.data.annotations.ustc import LISTS, read_dictionary, read_list, signer_of
from engine.errors import UserFacingError

SIGNERS: Final = 50
TRAINING_SIGNERS: Final = 36
REPETITIONS: Final = 5
GROUP: Final = 20


def read_slr500(source: Path) -> Annotations:
    """Read SLR500's annotations."""
    words = dict(sorted(read_dictionary(source).items()))
    listed = (source / LISTS["train"]).is_file()
    rows = [
        Row(video=name, gloss=words[label], split=split, signer=signer_of(name))
        for label, name, split in (_listed(source, words) if listed else _named(words))
    ]
    return Annotations(tuple(words.values()), tuple(rows))


def _listed(source: Path, words: dict[int, str]) -> Iterator[tuple[int, str, str]]:
    for split in LISTS:
        for label, name in read_list(source, split):
            if label not in words:
                raise UserFacingError(f"{source / LISTS[split]} names label {label}, which dictionary.txt has not.")
            yield label, name, split


def _named(words: dict[int, str]) -> Iterator[tuple[int, str, str]]:
    for label in words:
        for signer in range(1, SIGNERS + 1):
            split = "train" if signer <= TRAINING_SIGNERS else "test"
            for repetition in range(REPETITIONS):
                yield label, f"P{signer:02}_{label // GROUP + 1:02}_{label % GROUP:02}_{repetition}", split
