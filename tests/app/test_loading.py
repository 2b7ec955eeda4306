import gc
import sys
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

import pytest

from app.loading import loading

PATIENCE_S = 10


def is_looked_through(thing: object) -> bool:
    """Whether garbage collection looks at an object: what is frozen, it does not."""
    return any(each is thing for each in gc.get_objects())


def test_nothing_is_collected_while_a_library_is_loaded() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_library_that_cannot_be_loaded_leaves_garbage_collection_on() -> None:
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()


def test_while_another_thread_still_loads_nothing_is_collected() -> None:
    begun, go_on = Event(), Event()

    def load() -> None:
        with loading():
            begun.set()
            go_on.wait(PATIENCE_S)

    other = Thread(target=load)
    other.start()
    assert begun.wait(PATIENCE_S)
    with loading():
        pass
    still_off = not gc.isenabled()
    go_on.set()
    other.join(PATIENCE_S)

    assert still_off
    assert gc.isenabled()


def test_what_a_library_has_brought_is_never_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_library_of_this_test.py").write_text("KEPT = [object()]\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    with loading():
        library = import_module("a_library_of_this_test")

    del sys.modules["a_library_of_this_test"]
    assert not is_looked_through(library.KEPT)


def test_where_all_libraries_are_there_already_things_are_looked_through_as_before() -> None:
    with loading():
        made = [object()]

    assert is_looked_through(made)
