"""Personal signs on disk: a folder for each sign, and one file to pass them on.

In the user's folder each sign has a folder of its own with sign.json (`format`, `name`, and `takes`, the names of
recordings beside it, in order) and the recordings themselves, so that damage to one take or one sign loses nothing
else. A sign is changed by writing new recordings first and then, atomically, its sign.json; what no sign.json names any
more is deleted last. A crash at any point leaves the old sign or the new one.

The file that passes signs on is one .npz: `format`, `version`, `names` (N,) str; for each of K takes `sign` (K,) int32
index into names, `length` (K,) int32 frames and `size` (K, 2) int64; the frames of all takes one after the other:
`joints` (S, 49, 3) float32, `times_ns` (S,) int64.
"""

import json
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.files import atomic_write
from engine.joints import LEFT_SHOULDER, RIGHT_SHOULDER
from engine.names import is_made_as
from engine.sources.constant_rate import at_constant_rate
from engine.sources.npz import read_arrays, write_arrays
from engine.sources.prototypes import Prototype
from engine.sources.recording import clip_problem, load_recording, save_recording
from engine.types import KeypointClip

FORMAT: Final = "masa-live personal signs"
VERSION: Final = 1
DESCRIPTION: Final = "sign.json"
WHAT: Final = "a file of personal signs"
LONGEST_NAME: Final = 40
_NAME: Final = re.compile(r"\w(?:[\w '-]*\w)?")


@dataclass(frozen=True, slots=True)
class PersonalSign:
    """A sign that its user has taught.

    Attributes:
        name: lower case, as `valid_name` returns it.
        takes: trimmed recordings of it, at least one; keypoints only, never pictures.
    """

    name: str
    takes: tuple[KeypointClip, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds.

    Attributes:
        signs: in alphabetical order of their names.
        problems: what could not be read, one line each.
    """

    signs: tuple[PersonalSign, ...]
    problems: tuple[str, ...]


def valid_name(text: str, *, taken: Collection[str] = (), glosses: Collection[str] = ()) -> str:
    """Return a sign's name as it is kept: lower case, without spaces around it.

    Args:
        text: what the user has typed.
        taken: names of the other personal signs.
        glosses: of the model in use.

    Raises:
        UserFacingError: it cannot be a name, or a sign has it already.
    """
    name = " ".join(text.lower().split())
    if not is_made_as(_NAME, name) or len(name) > LONGEST_NAME:
        raise UserFacingError(
            f"A sign's name is made of letters, digits, spaces, ' and -, at most {LONGEST_NAME} of them. "
            "Type another one."
        )
    if name in taken:
        raise UserFacingError(f"You have taught {name!r} already: retake it, or choose another name.")
    if name in glosses:
        raise UserFacingError(f"The model knows {name!r} already: choose another name, such as {f'my {name}'!r}.")
    return name


class PersonalFolder:
    """The personal signs of one user, in a folder that need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[Path, tuple[tuple[int, int], str]] = {}
        """By description: which version of it was read, and the name in it."""

    @property
    def names(self) -> frozenset[str]:
        """Of all signs whose descriptions can be read, found without reading their takes."""
        return frozenset(name for name in map(self._name_in, self._descriptions()) if name is not None)

    def load(self) -> Found:
        """Read all signs; what is damaged is left where it is, and told."""
        signs: dict[str, PersonalSign] = {}
        problems: list[str] = []
        for description in self._descriptions():
            try:
                name, files = _read_description(description)
            except UserFacingError as error:
                problems.append(str(error))
                continue
            takes = []
            for file in files:
                try:
                    takes.append(load_recording(description.parent / file))
                except UserFacingError as error:
                    problems.append(f"A take of {name!r} is lost: {error} Retake the sign.")
            if takes:
                signs.setdefault(name, PersonalSign(name, tuple(takes)))
        return Found(tuple(signs[name] for name in sorted(signs)), tuple(problems))

    def save(self, sign: PersonalSign) -> None:
        """Write a sign, instead of any of the same name.

        Raises:
            UserFacingError: the files cannot be written; the sign of that name, if there is one, is as it was.
        """
        folder = self._folder_of(sign.name) or self._folder / secrets.token_hex(6)
        names = [f"take-{secrets.token_hex(6)}.npz" for _ in sign.takes]
        content = {"format": VERSION, "name": sign.name, "takes": names}
        try:
            for name, take in zip(names, sign.takes, strict=True):
                save_recording(folder / name, take)
            atomic_write(folder / DESCRIPTION, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
        except UserFacingError:
            with suppress(OSError):  # of a disk that fails as much is removed as can be
                for name in names:
                    (folder / name).unlink(missing_ok=True)
                folder.rmdir()  # that of a sign that is there is not empty
            raise
        for old in set(folder.glob("take-*.npz")) - {folder / name for name in names}:
            old.unlink(missing_ok=True)

    def rename(self, name: str, new_name: str) -> None:
        """Give a sign another name, which must be free.

        Raises:
            UserFacingError: there is no such sign, or it cannot be written.
        """
        folder = self._folder_of(name)
        if folder is None:
            raise UserFacingError(f"There is no personal sign {name!r} any more.")
        _, takes = _read_description(folder / DESCRIPTION)
        content = {"format": VERSION, "name": new_name, "takes": takes}
        atomic_write(folder / DESCRIPTION, json.dumps(content, indent=1, ensure_ascii=False) + "\n")

    def delete(self, name: str) -> None:
        """Remove a sign, if it is there.

        Raises:
            UserFacingError: its files cannot be removed.
        """
        folder = self._folder_of(name)
        if folder is None:
            return
        try:
            (folder / DESCRIPTION).unlink()
        except OSError as error:
            raise UserFacingError(f"The sign {name!r} cannot be deleted: {error.strerror or error}.") from error
        shutil.rmtree(folder, ignore_errors=True)  # without its description it is no sign any more

    def _descriptions(self) -> Iterator[Path]:
        yield from sorted(self._folder.glob(f"*/{DESCRIPTION}"))

    def _folder_of(self, name: str) -> Path | None:
        return next((each.parent for each in self._descriptions() if self._name_in(each) == name), None)

    def _name_in(self, description: Path) -> str | None:
        """Return whose description it is, read once and whenever it has changed: another window may write it, too."""
        try:
            status = description.stat()
            version = status.st_mtime_ns, status.st_ino
            if description not in self._names or self._names[description][0] != version:
                self._names[description] = version, _read_description(description)[0]
        except (OSError, UserFacingError):
            return None
        return self._names[description][1]


def export_signs(path: Path, signs: Collection[PersonalSign], **more: npt.ArrayLike) -> None:
    """Write signs to one file, whole or not at all.

    Args:
        path: of the file.
        signs: to write.
        more: arrays of the caller's own, by name; `import_signs` passes them over.

    Raises:
        UserFacingError: there is none, or the file cannot be written.
    """
    takes = [(number, take) for number, sign in enumerate(signs) for take in sign.takes]
    if not takes:
        raise UserFacingError("There is no personal sign to export: teach one first.")
    write_arrays(
        path,
        format=FORMAT,
        version=VERSION,
        names=np.array([sign.name for sign in signs]),
        sign=np.array([number for number, _ in takes], np.int32),
        length=np.array([len(take) for _, take in takes], np.int32),
        size=np.array([take.size for _, take in takes], np.int64),
        joints=np.concatenate([take.joints for _, take in takes]),
        times_ns=np.concatenate([take.times_ns for _, take in takes]),
        **more,
    )


def import_signs(path: Path) -> tuple[PersonalSign, ...]:
    """Read what `export_signs` wrote, and check all of it.

    Raises:
        UserFacingError: the file is missing, damaged, foreign, or newer than this program.
    """
    fields = read_arrays(path, "format", "version", "names", "sign", "length", "size", "joints", "times_ns", what=WHAT)
    if str(fields["format"]) != FORMAT:
        raise UserFacingError(f"{path} is not {WHAT}: its format is not {FORMAT!r}.")
    if fields["version"].shape == () and fields["version"].dtype.kind == "i" and fields["version"] > VERSION:
        raise UserFacingError(f"{path} was written by a newer MASA Live. Update this one.")
    try:
        return _signs(fields)
    except (ValueError, UserFacingError) as error:
        raise UserFacingError(f"{path} is not {WHAT}, or it is damaged: {error}") from error


def shown_motion(sign: PersonalSign) -> Prototype:
    """Return the sign's first take as a motion to be played, its body where those of prototypes are."""
    take = sign.takes[0]
    joints, rate = at_constant_rate(take)
    joints = joints.copy()
    shoulders = joints[(joints[:, [LEFT_SHOULDER, RIGHT_SHOULDER], 2] > 0).all(axis=1)][
        :, [LEFT_SHOULDER, RIGHT_SHOULDER]
    ]
    if len(shoulders):
        middle = np.median(shoulders[..., :2].mean(axis=1), axis=0)
        unit = max(1.0, float(np.median(np.linalg.norm(shoulders[:, 0, :2] - shoulders[:, 1, :2], axis=1))))
    else:
        middle, unit = np.array(take.size) / 2, take.size[1] / 3
    joints[..., :2] = (joints[..., :2] - middle) / unit
    joints[joints[..., 2] == 0] = 0
    return Prototype(sign.name, joints, min(120.0, max(1.0, rate)))


def _signs(fields: dict[str, npt.NDArray[Any]]) -> tuple[PersonalSign, ...]:
    names, sign, length, size = fields["names"], fields["sign"], fields["length"], fields["size"]
    joints, times_ns = fields["joints"], fields["times_ns"]
    takes = len(sign) if sign.ndim == 1 else 0
    if names.ndim != 1 or names.dtype.kind != "U" or len(set(names)) != len(names):
        raise ValueError("its names are not a list of different names.")
    if not takes or sign.dtype != np.int32 or set(sign.tolist()) != set(range(len(names))):
        raise ValueError("it does not tell which sign each take shows.")
    if length.dtype != np.int32 or length.shape != (takes,) or length.min() < 1 or size.shape != (takes, 2):
        raise ValueError("it does not tell the length and the picture of each take.")
    ends = np.cumsum(length, dtype=np.int64)
    if joints.ndim != 3 or len(joints) != ends[-1] or times_ns.shape != (ends[-1],):
        raise ValueError("it holds more or fewer frames than it tells.")
    clips: list[list[KeypointClip]] = [[] for _ in names]
    for number, end, frames, of_take in zip(sign, ends, length, size, strict=True):
        taken = slice(end - frames, end)
        if problem := clip_problem(joints[taken], times_ns[taken], of_take):
            raise ValueError(f"{problem}.")
        clips[number].append(KeypointClip(joints[taken], times_ns[taken], (int(of_take[0]), int(of_take[1]))))
    return tuple(
        PersonalSign(valid_name(str(name)), tuple(of_name)) for name, of_name in zip(names, clips, strict=True)
    )


def _read_description(path: Path) -> tuple[str, tuple[str, ...]]:
    """Read a sign.json: the sign's name and its recordings."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != VERSION:
            raise ValueError(f"its format is {content['format']!r}, this version reads {VERSION}")
        takes = content["takes"]
        if not (isinstance(takes, list) and takes and all(isinstance(take, str) for take in takes)):
            raise ValueError("it names no takes")
        if any(Path(take).name != take for take in takes):
            raise ValueError("a take lies elsewhere")
        return valid_name(str(content["name"])), tuple(takes)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, UserFacingError) as error:
        raise UserFacingError(f"The personal sign in {path.parent} cannot be read: {error}.") from error
