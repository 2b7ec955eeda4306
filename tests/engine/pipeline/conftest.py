import threading
from collections.abc import Iterator

import pytest

from tests.engine.pipeline.fakes import Recorder


@pytest.fixture(autouse=True)
def no_thread_survives() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()
