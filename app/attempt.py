"""What the user asks for and may turn out to be impossible."""

import logging
from collections.abc import Callable
from typing import TypeVar

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
    except UserFacingError as error:
        return str(error)
    except Exception:
        log.exception("%s", unexpected)
        return unexpected
