from threading import Event, enumerate

import pytest
from pytestqt.qtbot import QtBot

from app.disk import Disk
from app.jobs import Jobs
from engine.errors import UserFacingError

PATIENCE_S = 10


def refuse() -> None:
    raise UserFacingError("Cannot write there.")


def test_what_comes_of_it_is_told_on_the_interface_thread(qtbot: QtBot, disk: Disk) -> None:
    told: list[object] = []

    disk.do(lambda: 3, done=told.append, failed=told.append)
    disk.do(refuse, failed=told.append)

    assert told == []
    qtbot.waitUntil(lambda: told == [3, "Cannot write there."])


def test_an_error_that_nobody_has_foreseen_is_told_and_logged(
    qtbot: QtBot, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    disk.do(lambda: {}["nothing"], failed=told.append)

    qtbot.waitUntil(lambda: told == ["Something unexpected went wrong; the log tells more."])
    assert "KeyError: 'nothing'" in caplog.text


def test_closing_finishes_what_was_asked_for_in_order_and_takes_no_more(disk: Disk) -> None:
    begun, go_on, done = Event(), Event(), list[int]()

    def first() -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        done.append(0)

    disk.do(first, failed=done.append)
    assert begun.wait(PATIENCE_S)
    for number in (1, 2):
        disk.do(lambda number=number: done.append(number), failed=done.append)  # type: ignore[misc]
    go_on.set()

    assert disk.close()
    disk.do(lambda: done.append(3), failed=done.append)
    assert done == [0, 1, 2]
    assert "disk" not in [thread.name for thread in enumerate()]


def test_closing_waits_for_the_thread_even_when_it_has_run_out_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end, done, work = Event(), Event(), Jobs._work

    def slow_to_end(jobs: Jobs) -> None:
        work(jobs)
        may_end.wait()

    monkeypatch.setattr(Jobs, "_work", slow_to_end)
    jobs = Jobs("slow to end")
    jobs.submit(done.set)
    assert done.wait(5)

    assert not jobs.close(0.05)
    may_end.set()
    assert jobs.close(5)
