"""Teaching a sign as its user does: countdown, takes, complaints, and the sign is there, and stays."""

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.disk import Disk
from app.main_window import MainWindow
from app.name_dialog import NameDialog
from app.personal import PersonalSigns
from app.teaching import COUNTDOWN_NS, RECORDING_NS, Teaching
from app.vocabulary_page import OWN, VocabularyPage
from app.widgets.teach_panel import NO_CAMERA
from engine.errors import UserFacingError
from engine.joints import RIGHT_HAND
from engine.sources.personal_signs import PersonalFolder, PersonalSign
from engine.types import Keypoints
from tests.app.conftest import Launch
from tests.app.driving import LEFT, part, vocabulary
from tests.app.scripted import FakeClock, World, hand_up, hands_down, take


def begin_take(qtbot: QtBot, window: MainWindow, page: VocabularyPage, world: World) -> None:
    world.pose = hands_down
    qtbot.waitUntil(lambda: _rests(page))
    qtbot.mouseClick(page.teach_panel.record_button, LEFT)
    assert page.teach_panel.headline.text() == "Hands down … 3"
    world.clock.pass_seconds(COUNTDOWN_NS / 1e9)
    window.tick()
    assert page.teach_panel.headline.text() == "● Sign now: 4 s left"
    assert page.teach_panel.headline.property("role") == "sign now"
    heard(qtbot, page, 30)


def _shown(page: VocabularyPage) -> Keypoints | None:
    """What the picture shows, which is recorded at the same time."""
    picture = page.teach_panel.picture.picture
    return None if picture is None else picture.keypoints


def _rests(page: VocabularyPage) -> bool:
    """Whether the picture that is shown has come after the hands were put down."""
    shown = _shown(page)
    return shown is not None and not shown.joints[RIGHT_HAND].any()


def _time_ns(page: VocabularyPage) -> int:
    shown = _shown(page)
    assert shown is not None
    return shown.time_ns


def heard(qtbot: QtBot, page: VocabularyPage, more: int) -> None:
    """Wait until so many more hundredths of a second of the stream are recorded."""
    before_ns = _time_ns(page)
    qtbot.waitUntil(lambda: _time_ns(page) > before_ns)  # the first picture of a take comes after it has begun
    wanted_ns = _time_ns(page) + more * 10_000_000
    qtbot.waitUntil(lambda: _time_ns(page) >= wanted_ns)


def end_take(window: MainWindow, world: World) -> None:
    world.clock.pass_seconds(RECORDING_NS / 1e9)
    window.tick()


def record(qtbot: QtBot, window: MainWindow, page: VocabularyPage, world: World) -> None:
    """A good take."""
    begin_take(qtbot, window, page, world)
    world.pose = hand_up
    heard(qtbot, page, 70)
    world.pose = hands_down
    heard(qtbot, page, 30)
    end_take(window, world)


def teach(qtbot: QtBot, window: MainWindow, world: World, name: str) -> VocabularyPage:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    qtbot.keyClicks(window.focusWidget(), name)
    for _ in range(3):
        record(qtbot, window, page, world)
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    return page


def names(signs: object) -> tuple[str, ...]:
    assert isinstance(signs, tuple)
    return tuple(sign.name for sign in signs)


def test_a_sign_is_taught_with_three_takes_and_recognised_at_once(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    assert page.my_signs.choice.count() == 0
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    assert page.teach_panel.isVisible()
    assert page.teach_panel.name.hasFocus()
    qtbot.keyClicks(page.teach_panel.name, "Hut")
    for number in range(3):
        assert page.teach_panel.headline.text() == f"Take {number + 1} of 3"
        assert not page.teach_panel.keep_button.isEnabled()
        record(qtbot, window, page, world)

    page.teach_panel.keep_button.setFocus()
    qtbot.keyClick(page.teach_panel.keep_button, Qt.Key.Key_Space)

    assert not page.teach_panel.isVisible()
    assert page.my_signs.choice.values == ("hut",)
    assert page.gloss.text() == "hut"
    assert page.note.text() == OWN
    assert page.player.playing
    qtbot.waitUntil(lambda: bool(world.lessons_learned))
    assert names(world.lessons_learned[-1]) == ("hut",)
    assert "hut" in window.transcript.vocabulary


def test_taught_signs_are_there_after_a_restart(qtbot: QtBot, launch: Launch, world: World, disk: Disk) -> None:
    PersonalSigns(world.data, disk).put(PersonalSign("hut", (take(),)))

    window = launch()

    qtbot.waitUntil(lambda: bool(world.lessons_learned))
    assert names(world.lessons_learned[-1]) == ("hut",)
    assert "hut" in vocabulary(window).glosses.shown


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (UserFacingError("The model ran out of memory. Choose a smaller one."), "The model ran out of memory"),
        (RuntimeError("CUDA out of memory"), "Your signs cannot be learned: an unexpected error; the log tells more."),
    ],
)
def test_signs_that_cannot_be_learned_are_told(
    qtbot: QtBot, window: MainWindow, world: World, error: Exception, told: str
) -> None:
    world.broken_learning = error

    teach(qtbot, window, world, "hut")

    qtbot.waitUntil(lambda: any(message.startswith(told) for message in window.toasts.messages))
    assert window.session.recognised == set(world.glosses)


def test_a_take_that_is_not_good_enough_is_told_and_does_not_count(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    begin_take(qtbot, window, page, world)
    world.pose = hand_up
    heard(qtbot, page, 40)

    end_take(window, world)

    assert page.teach_panel.headline.text() == "Once more, please"
    assert "end was cut off" in page.teach_panel.advice.text()
    assert page.teach_panel.teaching.takes == ()


def test_a_good_take_can_be_dropped_and_a_recording_stopped(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    record(qtbot, window, page, world)
    assert page.teach_panel.headline.text() == "Take 2 of 3"

    qtbot.mouseClick(page.teach_panel.drop_button, LEFT)
    assert page.teach_panel.headline.text() == "Take 1 of 3"
    qtbot.mouseClick(page.teach_panel.record_button, LEFT)
    qtbot.mouseClick(page.teach_panel.record_button, LEFT)
    world.clock.pass_seconds(9)
    window.tick()

    assert page.teach_panel.headline.text() == "Take 1 of 3"


@pytest.mark.parametrize(("name", "says"), [("eat", "knows 'eat' already"), ("", "letters")])
def test_a_name_that_cannot_be_is_told_and_the_takes_stay(
    qtbot: QtBot, window: MainWindow, world: World, name: str, says: str
) -> None:
    page = teach(qtbot, window, world, name)

    assert says in window.toasts.messages[-1]
    assert page.teach_panel.isVisible()
    assert len(page.teach_panel.teaching.takes) == 3
    page.teach_panel.name.setText("hut")
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    assert window.personal.names == ("hut",)


def test_a_name_that_cannot_be_is_told_before_the_first_take(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    panel = page.teach_panel
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    qtbot.keyClicks(panel.name, "eat")
    assert not panel.name_problem.isVisible(), "it may be the beginning of another word"
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert "knows 'eat' already" in panel.name_problem.text()
    assert panel.name_problem.isVisible()

    qtbot.keyClicks(panel.name, "ery")
    assert not panel.name_problem.isVisible()
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert not panel.name_problem.isVisible()


def test_the_log_tells_of_a_name_that_is_taken_without_the_name(
    qtbot: QtBot, window: MainWindow, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app")
    window.personal.put(PersonalSign("hut", (take(),)))

    page = teach(qtbot, window, world, "hut")
    page.teach_panel.name.setText("eat")
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)

    assert "You have taught 'hut' already" in window.toasts.messages[0]
    assert "knows 'eat' already" in window.toasts.messages[1]
    assert "You have taught … already: retake it, or choose another name." in caplog.text
    assert "The model knows … already: choose another name, such as …." in caplog.text
    assert not {"hut", "eat"} & set(re.findall(r"\w+", caplog.text))


def test_a_sign_that_another_window_has_been_taught_is_not_replaced(qtbot: QtBot, launch: Launch, world: World) -> None:
    other, window = launch(), launch()
    other.personal.put(PersonalSign("hut", (take(),)))

    page = teach(qtbot, window, world, "hut")
    assert window.toasts.messages == ("You have taught 'hut' already: retake it, or choose another name.",)
    assert page.my_signs.choice.values == ("hut",), "it can be retaken here, too"
    assert page.teach_panel.isVisible()
    page.teach_panel.name.setText("hat")
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)

    kept = PersonalFolder(window.personal.folder).load().signs
    assert [(sign.name, len(sign.takes)) for sign in kept] == [("hat", 3), ("hut", 1)]


def test_nothing_is_recorded_while_nothing_plays(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    window.session.stop()
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)

    assert page.teach_panel.advice.text() == NO_CAMERA
    assert not page.teach_panel.record_button.isEnabled()
    qtbot.mouseClick(page.teach_panel.leave_button, LEFT)
    assert page.player.isVisible()


def test_a_sign_is_retaken_under_its_name_and_that_can_be_undone(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    page.glosses.choose("hut")
    page.player.go_to(0)
    before = page.player.view.grab().toImage()
    page.my_signs.retake_action.trigger()
    assert page.teach_panel.name.isReadOnly()
    for _ in range(3):
        record(qtbot, window, page, world)
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    assert len(window.personal.sign("hut").takes) == 3
    page.player.go_to(0)
    assert page.player.view.grab().toImage() != before, "the new takes are looked at"

    page.my_signs.undo_action.trigger()

    assert len(window.personal.sign("hut").takes) == 1
    page.player.go_to(0)
    assert page.player.view.grab().toImage() == before


def test_a_sign_that_is_renamed_while_it_is_retaken_stays_one_sign(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page = vocabulary(window)
    page.my_signs.retake_action.trigger()
    record(qtbot, window, page, world)
    page.my_signs.rename_action.trigger()
    dialog = part(window, NameDialog, "renameDialog")
    dialog.field.setText("cottage")
    dialog.accept()
    assert page.teach_panel.name.text() == "cottage"
    assert window.draft.name == "cottage"

    page.my_signs.undo_action.trigger()
    assert page.teach_panel.name.text() == "hut"
    for _ in range(2):
        record(qtbot, window, page, world)
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)

    assert window.personal.names == ("hut",)
    assert len(window.personal.sign("hut").takes) == 3


def test_a_sign_that_the_lesson_lacks_is_told_when_it_is_kept(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.lessons.save("food", ["eat", "drink"])
    window.settings.change(lesson="food")
    qtbot.waitUntil(lambda: window.session.facts.lesson == "food")
    teach(qtbot, window, world, "hut")
    told = "hut is not named while the lesson food lacks it: tick it and save, or choose all signs."
    assert told in window.toasts.messages


def test_frames_of_the_past_are_not_recorded_twice() -> None:
    clock = FakeClock()
    teaching = Teaching(clock)
    teaching.start()
    clock.pass_seconds(3)
    teaching.tick()

    for number in range(100):
        pose = hand_up if 25 <= number < 75 else hands_down
        for again in (number, number, number - 1):
            teaching.hear(pose(again * 40_000_000))
    clock.pass_seconds(4)
    teaching.tick()

    (recorded,) = teaching.takes
    assert (np.diff(recorded.times_ns) == 40_000_000).all()
