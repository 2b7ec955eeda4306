"""Keeping stderr for what our users should read."""

import faulthandler
import os
import sys


def keep_native_libraries_quiet() -> None:
    """Silence everything that is written to stderr past Python, for the rest of the process.

    MediaPipe's C++ side writes notes on every graph that no setting stops, FFmpeg others. They go nowhere;
    Python's own stderr stays where it was, and a crash in native code is still told there.
    """
    terminal = os.dup(sys.stderr.fileno())
    sys.stderr = os.fdopen(terminal, "w", buffering=1, encoding=sys.stderr.encoding, errors="backslashreplace")
    faulthandler.enable(sys.stderr)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
