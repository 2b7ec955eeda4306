"""Reading a command line so that what makes no sense costs one line, as all bad input does."""

import argparse
from typing import NoReturn

from engine.errors import UserFacingError


class CommandLine(argparse.ArgumentParser):
    """A parser that raises `UserFacingError` where argparse would print its usage and leave."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        raise UserFacingError(f"{message}. See {self.prog} --help.")
