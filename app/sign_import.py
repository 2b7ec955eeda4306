"""The signs of a file on their way to the user's own."""

from collections.abc import Collection, Sequence
from itertools import chain, count
from pathlib import Path

import numpy as np

from app.words import listed, tr
from engine.sources.personal_signs import PersonalFolder, PersonalSign, import_signs


class SignImport:
    """Writes those that are not there yet, on any thread; nobody else may change the folder meanwhile.

    Attributes:
        new: what has been written so far, and more only while `write` runs.
    """

    def __init__(
        self, path: Path, folder: PersonalFolder, *, there: Sequence[PersonalSign], glosses: Collection[str]
    ) -> None:
        """Prepare for the signs of `path`, which come beside those that are `there` and a model's `glosses`.

        The folder may hold others by now, which another window has been taught.
        """
        self._path = path
        self._folder = folder
        self._there = there
        self._glosses = glosses
        self.new: list[PersonalSign] = []

    def write(self) -> str:
        """Do it; returns a line on what came of it.

        One whose name is taken by another sign gets a number behind it. One that is there already, whatever it is
        called, is left out: two of the same would only take probability from each other.

        Raises:
            UserFacingError: the file cannot be used, or a sign cannot be written.
        """
        signs = import_signs(self._path)
        there = (*self._there, *self._folder.load().signs)
        for sign in signs:
            so_far = (*there, *self.new)
            if not any(_same(sign, other) for other in so_far):
                name = _free(sign.name, {*self._glosses, *(other.name for other in so_far)})
                self._folder.save(PersonalSign(name, sign.takes))
                self.new.append(PersonalSign(name, sign.takes))
        if not self.new:
            return tr("All signs of {file} are here already.", file=self._path.name)
        return tr("Imported: {names}.", names=listed(sign.name for sign in self.new))


def _same(one: PersonalSign, other: PersonalSign) -> bool:
    """Two signs have the very same takes."""
    return len(one.takes) == len(other.takes) and all(
        np.array_equal(take.joints, another.joints) and np.array_equal(take.times_ns, another.times_ns)
        for take, another in zip(one.takes, other.takes, strict=True)
    )


def _free(name: str, taken: Collection[str]) -> str:
    numbered = (f"{name[:36]} {number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)
