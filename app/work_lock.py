"""Files that belong to a window that runs, known by a lock beside them: another window leaves those alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

PATIENCE_MS: Final = 5000
"""How long a change waits for the one that another window is writing; no change takes that long."""


def lock_of(path: Path) -> QLockFile:
    """Return the lock beside a file or folder; however old it is, only a process that has ended lets go of it."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def taken_lock(path: Path) -> QLockFile | None:
    """Take the lock beside a file or folder; None where a living process, this one included, holds it.

    Where no lock can be written, nobody else can have one either.
    """
    lock = _lock_in_folder(path)
    taken = lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError
    return lock if taken else None


def is_being_written(path: Path) -> bool:
    """Whether a living process, this one included, holds the lock."""
    return taken_lock(path) is None


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep other windows from changing a file between its being read and written here.

    Not for the interface thread: it waits while another window does the same. One that hangs is not waited for for
    ever.
    """
    lock = _lock_in_folder(path)
    lock.tryLock(PATIENCE_MS)
    try:
        yield
    finally:
        lock.unlock()


def _lock_in_folder(path: Path) -> QLockFile:
    """Return the lock beside a file or folder that may be the first one there: a lock makes no folder to be in."""
    with suppress(OSError):  # where no folder can be made, writing the file says why
        path.parent.mkdir(parents=True, exist_ok=True)
    return lock_of(path)
