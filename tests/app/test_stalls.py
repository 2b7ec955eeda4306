"""The interface thread answers at once, whatever is asked of it: it is never busy for long, and waits for nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.language import ENGLISH, SHIPPED, Languages
from app.main_window import MainWindow
from app.places import PLACES
from app.settings import Recorded, ThemeChoice
from app.view_model import Situation
from benchmarks.watchdog import Watchdog
from tests.app.conftest import Launch
from tests.app.driving import until
from tests.app.scripted import World, leave_transcript, sign_event
from tests.app.test_teaching import teach

ALARM_MS = 100.0
"""The goal is 50 ms, and `benchmarks.interface_stalls` tells how far each turn is from it. A machine whose cores are
shared takes twice as long at times, which is no fault of ours: the alarm is for what is wrong on any machine."""

Journey = Callable[[], object]


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    with Watchdog() as watching:
        yield watching


@pytest.fixture
def window(qtbot: QtBot, launch: Launch, world: World) -> MainWindow:
    window = launch()
    world.signer.has_signed(sign_event("eat"), sign_event("drink"))
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 2)
    until(qtbot, window, Situation.IDLE)
    return window


def assert_it_answers(watchdog: Watchdog, what: str) -> None:
    longest = watchdog.longest(what)
    assert longest.cpu_ms < ALARM_MS, longest
    assert watchdog.waits == []


def trigger(window: MainWindow, *actions: Action) -> Journey:
    return lambda: [window.by_action[action].trigger() for action in actions]


def and_close_it(window: MainWindow, action: Action) -> Journey:
    def shown() -> None:
        window.by_action[action].trigger()
        for dialog in window.findChildren(QDialog):
            dialog.close()

    return shown


@pytest.mark.parametrize("place", PLACES)
def test_places_are_shown_without_a_stall(watchdog: Watchdog, window: MainWindow, place: Action) -> None:
    for time_ in ("first", "second"):
        with watchdog.during(f"the {time_} visit"):
            window.by_action[place].trigger()
        assert_it_answers(watchdog, f"the {time_} visit")
        window.go_to(Action.GO_TO_SETTINGS if place is Action.GO_TO_LIVE else Action.GO_TO_LIVE)


@pytest.mark.parametrize("theme", [ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
def test_colours_and_sizes_change_without_a_stall(watchdog: Watchdog, window: MainWindow, theme: ThemeChoice) -> None:
    for place in PLACES:
        window.go_to(place)
    with watchdog.during("colours"):
        window.settings.change(theme=theme)
    with watchdog.during("text"):
        window.settings.change(text_percent=130)

    for journey in ("colours", "text"):
        assert_it_answers(watchdog, journey)


def test_whatever_is_asked_for_is_done_without_a_stall(
    qtbot: QtBot, watchdog: Watchdog, window: MainWindow, world: World, tmp_path: Path
) -> None:
    journeys: dict[str, Journey] = {
        "signs": lambda: world.signer.has_signed(*[sign_event("eat", start_s=second) for second in range(20)]),
        "the demo": trigger(window, Action.SHOW_DEMO),
        "another model": lambda: window.session.use_model("small"),
        "stop and start": trigger(window, Action.START_STOP, Action.START_STOP),
        "replay": trigger(window, Action.REPLAY),
        "back to live": trigger(window, Action.REPLAY),
        "full screen": trigger(window, Action.PRESENT),
        "back from it": trigger(window, Action.PRESENT),
        "undo": trigger(window, Action.CLEAR_TRANSCRIPT, Action.UNDO),
        "copy": trigger(window, Action.COPY_TRANSCRIPT),
        "export": lambda: window.transcript.export(tmp_path / "signs.srt"),
        "keys": and_close_it(window, Action.SHOW_SHORTCUTS),
        "log": and_close_it(window, Action.SHOW_LOG),
        "plot": trigger(window, Action.PLOT, Action.PLOT),
        "a message": lambda: window.tell("Something to read."),
    }
    for what, journey in journeys.items():
        with watchdog.during(what):
            journey()
        assert_it_answers(watchdog, what)


def test_the_window_starts_without_a_stall(qtbot: QtBot, watchdog: Watchdog, launch: Launch, world: World) -> None:
    leave_transcript(world, sign_event("eat"), closed=False)
    # New words are compiled before there is a window: it could say nothing without them.
    Languages([SHIPPED], cache=world.cache, system=()).prepare(ENGLISH)
    with watchdog.during("start"):
        window = launch()
    assert watchdog.waits == []

    with watchdog.during("first pictures"):
        until(qtbot, window, Situation.IDLE)
    assert_it_answers(watchdog, "first pictures")


def test_a_window_that_closes_waits_only_when_it_is_out_of_sight(
    watchdog: Watchdog, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(window, "hide", lambda: seen.extend(watchdog.waits))
    window.by_action[Action.RECORD].trigger()
    with watchdog.during("closing"):
        window.close()

    assert seen == []
    assert watchdog.longest("closing").cpu_ms < ALARM_MS


def test_a_sign_is_taught_without_a_stall(qtbot: QtBot, watchdog: Watchdog, window: MainWindow, world: World) -> None:
    with watchdog.during("teaching"):
        page = teach(qtbot, window, world, "hut")

    assert page.my_signs.choice.values == ("hut",)
    assert_it_answers(watchdog, "teaching")


@pytest.mark.parametrize("recorded", Recorded)
def test_what_plays_is_recorded_without_a_stall(
    qtbot: QtBot, watchdog: Watchdog, window: MainWindow, recorded: Recorded
) -> None:
    window.settings.change(recorded=recorded)
    with watchdog.during("recording"):
        window.by_action[Action.RECORD].trigger()
    with watchdog.during("its end"), qtbot.waitSignal(window.recording.recorded):
        window.by_action[Action.RECORD].trigger()
    with watchdog.during("the sessions"):
        and_close_it(window, Action.SESSIONS)()

    for journey in ("recording", "its end", "the sessions"):
        assert_it_answers(watchdog, journey)


def test_another_language_is_there_without_a_stall(
    qtbot: QtBot, watchdog: Watchdog, launch: Launch, world: World, tmp_path: Path
) -> None:
    world.cache = tmp_path / "nothing compiled yet"
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)
    with watchdog.during("language"):
        window.settings.change(language="zh_CN")
        qtbot.waitUntil(lambda: window.by_action[Action.QUIT].text() != "Quit")

    assert_it_answers(watchdog, "language")


# The watchdog itself


def test_a_long_turn_is_seen_and_named(watchdog: Watchdog) -> None:
    def work() -> None:
        end = time.thread_time() + 0.1
        while time.thread_time() < end:
            pass

    with watchdog.during("work"):
        QTimer.singleShot(0, work)
    with watchdog.during("nothing"):
        pass

    assert watchdog.longest("work").cpu_ms >= 100
    assert watchdog.longest("nothing").cpu_ms < 100


@pytest.mark.parametrize(
    ("wait", "name"),
    [
        (lambda: time.sleep(0), "time.sleep"),
        (lambda: threading.Event().wait(0), "Condition.wait"),
    ],
    ids=["sleep", "event"],
)
def test_what_may_wait_is_caught_however_short_it_is(watchdog: Watchdog, wait: Callable[[], None], name: str) -> None:
    with watchdog.during("waiting"):
        wait()
    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()

    assert [found.split(" ")[0] for found in watchdog.waits] == [name]
