"""What is loaded once and stays, kept out of the way of garbage collection."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_under_way = 0


@contextmanager
def loading() -> Iterator[None]:
    """Collect nothing while libraries are loaded, and never look through what they have brought; for any thread.

    PyTorch alone makes hundreds of thousands of objects that stay. To look through them takes a tenth of a second, with
    the interpreter locked, on whatever thread happens to ask for memory: the window's, too.
    """
    global _under_way
    known = len(sys.modules)
    with _lock:
        _under_way += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if len(sys.modules) > known:
                gc.freeze()
            if _under_way == 0:
                gc.enable()
