"""Settings for all tests."""

import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

# `make test` runs two processes, whose threads would only stand in each other's way. PyTorch reads it on import.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Machines differ in speed; a slow example is not a wrong one.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def network_attempts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail every test during which something looks a host up or connects to one, even if it copes with the refusal."""
    attempts: list[str] = []

    def refuse(*arguments: object, **_: object) -> None:
        attempts.append(repr(arguments))
        raise OSError("tests have no network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield attempts
    assert not attempts, f"something wanted to leave the machine: {attempts}"
