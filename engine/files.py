"""Reading and writing files: what the system refuses is one line, and a crash leaves the old file or the new one."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import UserFacingError


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in one line that `path` cannot be looked at or read: a closed folder, a name that is too long.

    Raises:
        UserFacingError: an `OSError` was raised in the block.
    """
    try:
        yield
    except OSError as error:
        raise UserFacingError(f"{path} cannot be read: {error.strerror or error}.") from error


def is_file(path: Path) -> bool:
    """Tell whether a file is there.

    Raises:
        UserFacingError: it cannot be told.
    """
    with reading(path):
        return path.is_file()


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there; raises as `is_file` does."""
    with reading(path):
        return path.is_dir()


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its place once the block ends without an error.

    For libraries that want a path to write to; it keeps the suffix, which some of them look at. Folders on the
    way are made.

    Args:
        path: of the file.
        durable: have it on the disk before it takes the place of another, so that a power cut cannot leave neither;
            that waits for the disk.

    Raises:
        UserFacingError: the file cannot be written: no name, no such folder, no permission, no space.
    """
    if not path.name:
        raise UserFacingError(f"Cannot write {path}: it is a folder. Name a file inside it.")
    temporary = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            if durable:
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UserFacingError(f"Cannot write {path}: {error.strerror or error}. Choose another place.") from error


def make_folder(folder: Path) -> None:
    """Make a folder, with those on the way, for the result of work that is about to begin.

    Raises:
        UserFacingError: it cannot be made, or nothing can be written to it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UserFacingError(f"Cannot write {folder}: {error.strerror or error}. Choose another place.") from error


def atomic_write(path: Path, content: str | bytes) -> None:
    """Write a whole file at once; text becomes UTF-8 with its line ends as they are.

    What UTF-8 lacks, as the odd bytes of some file's name, is escaped.

    Raises:
        UserFacingError: the file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content.encode(errors="backslashreplace") if isinstance(content, str) else content)
