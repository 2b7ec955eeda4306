from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.bridge import ERRORS_WAITING, EVENTS_WAITING, Bridge, News, SourceInfo
from engine.pipeline.listener import PipelineState
from engine.types import Activity, StreamUpdate
from tests.app.scripted import make_frame, make_keypoints, prediction, sign_event


class Reader:
    """Keeps the news that the interface thread is given."""

    def __init__(self) -> None:
        self.heard: list[News] = []
        self.bridge = Bridge(self.heard.append)


@pytest.fixture
def reader(qapp: object) -> Reader:
    return Reader()


def update(index: int, **changes: object) -> StreamUpdate:
    return StreamUpdate(index, Activity.SIGNING, **changes)  # type: ignore[arg-type]


def test_of_a_flood_of_pictures_the_newest_is_heard_with_one_wake_up(qtbot: QtBot, reader: Reader) -> None:
    inbox = reader.bridge.open_inbox()
    frames = [make_frame(index) for index in range(1000)]

    def flood() -> None:
        for frame in frames:
            inbox.on_frame(frame, None)

    thread = Thread(target=flood)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(reader.heard) == 1)

    (news,) = reader.heard
    assert news.picture is not None
    assert news.picture.frame is frames[-1]
    assert reader.bridge.overtaken == 999


def test_a_picture_that_comes_again_with_its_skeleton_has_not_been_overtaken(qtbot: QtBot, reader: Reader) -> None:
    inbox, frame, keypoints = reader.bridge.open_inbox(), make_frame(), make_keypoints()

    inbox.on_frame(frame, None)
    inbox.on_frame(frame, keypoints)
    qtbot.waitUntil(lambda: len(reader.heard) == 1)

    assert reader.heard[0].picture is not None
    assert reader.heard[0].picture.keypoints is keypoints
    assert reader.bridge.overtaken == 0


def test_no_sign_is_lost_between_two_looks(qtbot: QtBot, reader: Reader) -> None:
    inbox = reader.bridge.open_inbox()
    events = [sign_event("eat", start_s=second) for second in range(5)]

    for index, event in enumerate(events):
        inbox.on_update(update(index, events=(event,)))
    qtbot.waitUntil(lambda: len(reader.heard) == 1)

    assert reader.heard[0].events == tuple(events)


def test_the_newest_prediction_survives_updates_without_one(qtbot: QtBot, reader: Reader) -> None:
    inbox, seen = reader.bridge.open_inbox(), prediction(("eat", 0.8))

    inbox.on_update(update(0, prediction=seen))
    inbox.on_update(update(1))
    qtbot.waitUntil(lambda: len(reader.heard) == 1)

    assert reader.heard[0].prediction is seen
    assert reader.heard[0].update == update(1)


def test_what_waits_is_bounded_even_if_nobody_looks(reader: Reader) -> None:
    inbox = reader.bridge.open_inbox()

    for index in range(2 * EVENTS_WAITING):
        inbox.on_update(update(index, events=(sign_event("eat", start_s=index),)))
        inbox.on_error(f"error {index}")
    news = inbox.take()

    assert len(news.events) == EVENTS_WAITING
    assert news.events[-1] == sign_event("eat", start_s=2 * EVENTS_WAITING - 1)
    assert len(news.errors) == ERRORS_WAITING


def test_each_look_starts_with_empty_slots(qtbot: QtBot, reader: Reader) -> None:
    inbox = reader.bridge.open_inbox()
    source = SourceInfo("camera:0", "Front camera", live=True)

    inbox.on_source(source)
    inbox.on_state(PipelineState.OPENING)
    qtbot.waitUntil(lambda: len(reader.heard) == 1)
    inbox.on_state(PipelineState.RUNNING)
    qtbot.waitUntil(lambda: len(reader.heard) == 2)

    assert reader.heard == [News(source=source, state=PipelineState.OPENING), News(state=PipelineState.RUNNING)]


def test_of_a_run_that_was_replaced_signs_alone_are_heard(qtbot: QtBot, reader: Reader) -> None:
    longest_ago, before, now = (reader.bridge.open_inbox() for _ in range(3))
    first, second = sign_event("eat"), sign_event("go")

    before.on_error("from the past")
    before.on_update(update(5, events=(second,)))
    longest_ago.on_update(update(7, events=(first,)))
    now.on_error("from the present")
    qtbot.waitUntil(lambda: bool(reader.heard))

    former = [News(events=(first,), runs_ago=2), News(events=(second,), runs_ago=1)]
    assert reader.heard == [*former, News(errors=("from the present",))]


def test_what_comes_after_closing_can_be_taken(qtbot: QtBot, reader: Reader) -> None:
    inbox, event = reader.bridge.open_inbox(), sign_event("eat")
    reader.bridge.close()
    inbox.on_update(update(0, events=(event,)))

    assert [news.events for news in reader.bridge.take()] == [(event,)]
    assert reader.heard == []


def test_results_of_jobs_arrive_on_the_interface_thread_in_order(qtbot: QtBot, reader: Reader) -> None:
    results: list[int] = []

    def work() -> None:
        for number in range(3):
            reader.bridge.hand_over(lambda number=number: results.append(number))  # type: ignore[misc]

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert results == []
    qtbot.waitUntil(lambda: results == [0, 1, 2])


def test_a_closed_bridge_delivers_nothing_not_even_what_was_on_its_way(qtbot: QtBot, reader: Reader) -> None:
    inbox = reader.bridge.open_inbox()
    inbox.on_error("on its way")
    reader.bridge.close()

    with qtbot.assertNotEmitted(reader.bridge._woken):
        inbox.on_error("too late")
    QCoreApplication.sendPostedEvents()

    assert reader.heard == []
