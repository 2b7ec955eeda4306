"""Files that a window is still writing, known by a lock beside them: another window leaves those alone."""

from pathlib import Path

from PySide6.QtCore import QLockFile


def lock_of(path: Path) -> QLockFile:
    """Return the lock beside a file or folder; however old it is, only a process that has ended lets go of it."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def is_being_written(path: Path) -> bool:
    """Whether a living process, this one included, holds the lock."""
    lock = lock_of(path)
    return not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError
