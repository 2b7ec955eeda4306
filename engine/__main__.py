"""`python -m engine COMMAND`: everything that needs no window."""

import argparse
import logging
import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Protocol

from engine.command_line import CommandLine
from engine.commands import (
    benchmark,
    calibrate_stream,
    evaluate,
    evaluate_stream,
    extract,
    finetune,
    narrow,
    prepare,
    pretrain,
    prototypes,
    recognise,
    train_segmenter,
    transcribe,
)
from engine.commands.native_output import keep_native_libraries_quiet
from engine.commands.output import BAD_INPUT, complain, escape_what_stdout_lacks, flush_results, remark
from engine.errors import Interrupted, UserFacingError

SIGNALLED: Final = 128
INTERRUPTED: Final = SIGNALLED + 2
READER_GONE: Final = SIGNALLED + 13
"""Exit statuses as the shell gives them to a process that a signal ends, SIGINT or SIGPIPE for instance."""


class Command(Protocol):
    """What a module in engine.commands provides; see there."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""


COMMANDS: Final[tuple[Command, ...]] = (
    recognise,
    transcribe,
    extract,
    prepare,
    prototypes,
    pretrain,
    finetune,
    narrow,
    train_segmenter,
    evaluate,
    evaluate_stream,
    calibrate_stream,
    benchmark,
)


def main(argv: Sequence[str] | None = None, *, quiet_libraries: bool = False) -> int:
    """Run one command; returns its exit status: 0, 2 for bad input, 130 after Ctrl-C.

    A training that was asked to stop by a signal says on stderr how far it is, and exits as if the signal had ended it.

    Args:
        argv: the arguments; those of the process unless given.
        quiet_libraries: keep what native libraries write off stderr, for good, unless the user asks for more.
    """
    escape_what_stdout_lacks()
    try:
        arguments = parse(argv)
    except UserFacingError as error:
        complain(error)
        return BAD_INPUT
    if quiet_libraries and not arguments.verbose:
        keep_native_libraries_quiet()
    return execute(arguments)


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; leaves the programme where it asks for help.

    Raises:
        UserFacingError: it makes no sense.
    """
    parser = CommandLine(prog="python -m engine", description="MASA Live without its window.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparser = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(subparser)
        subparser.add_argument("--verbose", action="store_true", help="tell more on stderr")
        subparser.set_defaults(run=command.run)
    argv = sys.argv[1:] if argv is None else argv
    arguments = parser.parse_args(argv)
    arguments.command = shlex.join((*parser.prog.split(), *argv))
    return arguments


def execute(arguments: argparse.Namespace) -> int:
    """Run a parsed command; what the user can mend becomes one line on stderr."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO if arguments.verbose else logging.WARNING, format="%(message)s"
    )
    try:
        status: int = arguments.run(arguments)
        flush_results()
    except UserFacingError as error:
        complain(error)
        return BAD_INPUT
    except Interrupted as interrupted:
        remark(str(interrupted))
        return SIGNALLED + interrupted.signal
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return READER_GONE
    except OSError as error:
        if _stdout_works():
            raise
        _forget_stdout()
        complain(UserFacingError(f"The results cannot be written: {error.strerror or error}. Send them elsewhere."))
        return BAD_INPUT
    return status


def _stdout_works() -> bool:
    """Tell whether it was not stdout that failed: what could not be written is still waiting there."""
    try:
        flush_results()
    except OSError:
        return False
    return True


def _forget_stdout() -> None:
    """Give up what cannot be written to stdout; without this the interpreter complains when it flushes at its end."""
    with suppress(OSError):  # a stdout that is no file has nothing to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main(quiet_libraries=True))
