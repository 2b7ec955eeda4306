"""Files that belong to a window that runs, known by a lock beside them: another window leaves those alone."""

from pathlib import Path

from PySide6.QtCore import QLockFile


def lock_of(path: Path) -> QLockFile:
    """Return the lock beside a file or folder; however old it is, only a process that has ended lets go of it."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def taken_lock(path: Path) -> QLockFile | None:
    """Take the lock beside a file or folder; None where a living process, this one included, holds it.

    Where no lock can be written, nobody else can have one either.
    """
    lock = lock_of(path)
    taken = lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError
    return lock if taken else None


def is_being_written(path: Path) -> bool:
    """Whether a living process, this one included, holds the lock."""
    return taken_lock(path) is None
