"""Why something failed, in a line that the user reads."""

import logging

from app.words import tr
from engine.errors import UserFacingError

log = logging.getLogger(__name__)


def told(error: Exception, unforeseen: str = "") -> str:
    """Return what the user reads of an error, on any thread.

    Args:
        error: has just been caught; what nobody has foreseen goes to the log, as a mistake of ours.
        unforeseen: is read then, instead of the words for everything.
    """
    if isinstance(error, UserFacingError):
        return str(error)
    log.error("An error that nobody has foreseen.", exc_info=error)
    return unforeseen or tr("Something unexpected went wrong; the log tells more.")
