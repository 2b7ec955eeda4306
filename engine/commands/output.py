"""How every command speaks: results on stdout, complaints on stderr."""

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from engine.errors import UserFacingError

BAD_INPUT: Final = 2
"""The exit status that says that the user can mend something."""


def escape_what_stdout_lacks() -> None:
    """Have letters that stdout's encoding lacks printed as escapes, as stderr does by itself.

    A gloss or a file's name must not cost the other files where a pipe takes Western letters alone.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def print_json(record: Mapping[str, Any]) -> None:
    """Print one JSON line at once, so that whoever reads a pipe need not wait for the end."""
    print(json.dumps(record), flush=True)


def tell_result(text: str, record: Mapping[str, Any], *, as_json: bool) -> None:
    """Print what a command has come to: text for people, or one JSON line."""
    if as_json:
        print_json(record)
    else:
        print(text)


def flush_results() -> None:
    """Have all that was printed written, where there is somewhere to write to."""
    print(end="", flush=True)


def complain(error: UserFacingError) -> None:
    """Say what went wrong."""
    remark(f"error: {error}")


def remark(line: str) -> None:
    """Print one line on stderr."""
    print(line, file=sys.stderr, flush=True)


def for_each_file(files: Sequence[str], do: Callable[[str], None]) -> int:
    """Do something with every file and return the exit status; a bad file does not cost the others."""
    status = 0
    for file in files:
        try:
            do(file)
        except UserFacingError as error:
            complain(error)
            status = BAD_INPUT
    return status
