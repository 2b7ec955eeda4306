"""Reading and writing our .npz files: named arrays, never objects."""

import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from engine.errors import UserFacingError
from engine.files import replacing
from engine.sources.files import require_file

_DAMAGE: Final = (
    *(OSError, EOFError, MemoryError, zipfile.BadZipFile, zlib.error),
    RuntimeError,  # one wrong bit, and zipfile asks for the password
    # What numpy trips over in the header of an array.
    *(ValueError, TypeError, IndexError, OverflowError, SyntaxError, tokenize.TokenError),
)


def read_arrays(path: Path, *names: str, what: str) -> dict[str, npt.NDArray[Any]]:
    """Read the named arrays of an .npz file; nothing in it can run code.

    Args:
        path: the file.
        names: the arrays it has to hold; others are ignored.
        what: what the file should be, with its article, for the message: "a keypoint recording".

    Raises:
        UserFacingError: the file is missing, damaged, or something else.
    """
    try:
        with require_file(path).open("rb") as file:
            archive = np.load(file, allow_pickle=False)
            if not isinstance(archive, np.lib.npyio.NpzFile):
                raise UserFacingError(f"{path} is not {what}: it holds a single array.")
            if missing := [name for name in names if name not in archive]:
                raise UserFacingError(f"{path} is not {what}: it has no {', '.join(missing)}.")
            return {name: archive[name] for name in names}
    except _DAMAGE as error:
        raise UserFacingError(f"{path} is not {what}, or it is damaged.") from error


def write_arrays(path: Path, **arrays: npt.ArrayLike) -> None:
    """Write an .npz file whole or not at all.

    Raises:
        UserFacingError: the file cannot be written.
    """
    # Through a file of our own: given a path, numpy adds .npz to every other suffix.
    with replacing(path, durable=True) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, **arrays)
