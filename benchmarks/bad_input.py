"""What whoever starts a benchmark can mend costs one line and exit status 2, as with the commands of the engine."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from engine.command_line import CommandLine
from engine.commands.output import BAD_INPUT, complain
from engine.errors import UserFacingError


def command_line(description: str | None) -> CommandLine:
    """Return a parser of a benchmark's command line; the description is shown as it is written."""
    return CommandLine(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def run(main: Callable[[], int | None]) -> NoReturn:
    """Run a benchmark and leave with its exit status; one that returns nothing has gone well."""
    try:
        sys.exit(main())
    except UserFacingError as error:
        complain(error)
        sys.exit(BAD_INPUT)


def videos_in(folder: Path, *patterns: str) -> list[Path]:
    """Return the files in a folder whose names are like one of the patterns, in the order of their names.

    Raises:
        UserFacingError: there is no such folder, or no such file in it.
    """
    if not folder.is_dir():
        raise UserFacingError(f"There is no folder {folder}: name one that holds videos.")
    found = sorted(path for pattern in patterns for path in folder.glob(pattern))
    if not found:
        raise UserFacingError(f"{folder} holds no {' or '.join(patterns)}: name a folder with such videos.")
    return found
