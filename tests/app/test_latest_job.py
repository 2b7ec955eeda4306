import logging
from threading import Event, enumerate

import pytest

from app.latest_job import LatestJob

PATIENCE_S = 10


def test_of_the_jobs_that_wait_only_the_newest_is_run() -> None:
    worker, begun, go_on, finished, done = LatestJob("test"), Event(), Event(), Event(), []

    def first() -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        done.append("first")

    def newest() -> None:
        done.append("newest")
        finished.set()

    worker.submit(first)
    assert begun.wait(PATIENCE_S)
    worker.submit(lambda: done.append("overtaken"))
    worker.submit(newest)
    go_on.set()

    assert finished.wait(PATIENCE_S)
    assert worker.close(PATIENCE_S)
    assert done == ["first", "newest"]


def test_a_job_that_fails_is_logged_and_the_next_one_is_run(caplog: pytest.LogCaptureFixture) -> None:
    worker, finished = LatestJob("test"), Event()

    def fail() -> None:
        worker.submit(finished.set)
        raise RuntimeError("on purpose")

    with caplog.at_level(logging.ERROR):
        worker.submit(fail)
        assert finished.wait(PATIENCE_S)
        assert worker.close(PATIENCE_S)

    assert "on purpose" in caplog.text


def test_closing_waits_for_what_runs_and_begins_nothing_more() -> None:
    worker, begun, go_on, done = LatestJob("closing"), Event(), Event(), []

    def job() -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        done.append("ran")

    worker.submit(job)
    assert begun.wait(PATIENCE_S)
    assert not worker.close(0)
    worker.submit(lambda: done.append("too late"))
    go_on.set()

    assert worker.close(PATIENCE_S)
    assert done == ["ran"]
    assert "closing" not in [thread.name for thread in enumerate()]


def test_one_that_never_ran_anything_closes_at_once() -> None:
    assert LatestJob("idle").close(0)
