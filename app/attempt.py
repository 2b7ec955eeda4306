"""What the user asks for and may turn out to be impossible."""

from collections.abc import Callable

from engine.errors import UserFacingError


def attempt(do: Callable[[], object], tell: Callable[[str], object]) -> None:
    """Do something, or tell why it cannot be done."""
    try:
        do()
    except UserFacingError as error:
        tell(str(error))
