"""What the user asks for and may turn out to be impossible."""

import logging
from collections.abc import Callable
from typing import TypeVar

from app.words import tr
from engine.errors import UserFacingError

T = TypeVar("T")

log = logging.getLogger(__name__)


def attempt(do: Callable[[], object], tell: Callable[[str], object]) -> None:
    """Do something, or tell why it cannot be done."""
    try:
        do()
    except UserFacingError as error:
        tell(str(error))


def outcome_of(do: Callable[[], T], *, unexpected: str) -> T | str:
    """Return what comes of work on another thread, or the line that tells the user why nothing does.

    Args:
        do: the work.
        unexpected: that line where the error is none that was foreseen; the log tells more.
    """
    try:
        return do()
    except Exception as error:
        return told(error, unexpected=unexpected)


def told(error: Exception, *, unexpected: str = "") -> str:
    """Return the line that tells the user of an error.

    Args:
        error: that was caught.
        unexpected: that line, if there is a better one than that for everything, where the error is none that was
            foreseen; the log tells more.
    """
    if isinstance(error, UserFacingError):
        return str(error)
    line = unexpected or tr("Something unexpected went wrong; the log tells more.")
    log.error("%s", line, exc_info=error)
    return line
