"""The vocabulary as its user meets it: looked up, ticked, played slowly."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import SMALLEST, MainWindow
from app.settings import TEXT_PERCENTS, Hand
from app.view_model import Situation
from app.vocabulary_page import AVERAGE, HANDS_ALONE, NO_PROTOTYPE
from app.widgets.sign_player import PICTURE, poses_of
from engine.recognition.mirroring import mirrored_clip
from engine.sources.personal_signs import LONGEST_NAME, PersonalSign
from tests.app.conftest import Launch
from tests.app.driving import LEFT, choose, press, renewed, tick, until, vocabulary
from tests.app.scripted import World, sign_event, take
from tests.app.transcript.driving import CONTROL, glosses, hear

# Looking up


def test_all_signs_of_the_model_in_use_are_listed(window: MainWindow) -> None:
    page = vocabulary(window)

    assert page.glosses.shown == ("bird", "book", "but", "drink", "eat")
    assert page.count.text() == "5 signs, 0 ticked"
    assert page.gloss.text() == "bird"


def test_the_list_follows_the_model(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    world.glosses = ("walk", "run")

    window.session.use_model("small")

    qtbot.waitUntil(lambda: page.glosses.shown == ("run", "walk"))
    assert page.gloss.text() == "run"


def test_as_long_as_there_is_no_model_the_page_says_so(launch: Launch, world: World, qtbot: QtBot) -> None:
    world.models_may_load.clear()
    page = vocabulary(launch())
    assert page.count.text() == "No model is in use yet."

    world.models_may_load.set()
    qtbot.waitUntil(lambda: len(page.glosses.shown) == 5)


def test_typing_filters_and_the_chosen_sign_is_played(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    assert page.search.hasFocus()

    qtbot.keyClicks(window.focusWidget(), "B")
    assert page.glosses.shown == ("bird", "book", "but")
    assert page.count.text() == "3 of 5 signs, 0 ticked"
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.glosses, Qt.Key.Key_Down)

    assert page.gloss.text() == "book"
    assert page.player.playing


def test_the_arrow_keys_choose_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    qtbot.keyClicks(page.search, "b")

    for key, gloss in (
        (Qt.Key.Key_Down, "book"),
        (Qt.Key.Key_Down, "but"),
        (Qt.Key.Key_Down, "but"),
        (Qt.Key.Key_Up, "book"),
        (Qt.Key.Key_PageUp, "bird"),
        (Qt.Key.Key_PageDown, "but"),
    ):
        qtbot.keyClick(page.search, key)
        assert page.gloss.text() == gloss

    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "o")
    assert page.glosses.shown == ("book",)


def test_keys_that_the_search_has_no_use_for_are_the_transcripts(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    panel = hear(qtbot, world, window, sign_event("eat"))
    press(window, Action.CLEAR_TRANSCRIPT)
    page = vocabulary(window)
    keyboard = window.windowHandle()
    assert window.focusWidget() is page.search
    qtbot.keyClicks(page.search, "b")
    QTest.keyClick(keyboard, Qt.Key.Key_Z, CONTROL)
    assert page.search.text() == ""
    assert glosses(panel) == []

    QTest.keyClick(keyboard, Qt.Key.Key_Z, CONTROL)
    assert glosses(panel) == ["eat"]
    vocabulary(window)
    QTest.keyClick(keyboard, Qt.Key.Key_C, CONTROL)

    assert "eat" in QGuiApplication.clipboard().text()


def test_a_search_without_result_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)

    qtbot.keyClicks(page.search, "xyz")

    assert page.glosses.shown == ()
    assert page.glosses.notice.startswith("No sign of this vocabulary")
    assert page.gloss.text() == ""
    assert not page.player.playing


def test_a_sign_without_motion_says_so(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)

    qtbot.keyClicks(page.search, "but")

    assert page.note.text() == NO_PROTOTYPE
    assert not page.player.playing
    assert not page.player.play_button.isEnabled()
    assert "no motion yet" in page.glosses.currentIndex().data()


def test_where_recordings_show_hands_alone_the_page_says_so(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.armless = ("bird",)
    page = vocabulary(launch())

    qtbot.keyClicks(page.search, "bird")
    assert page.note.text() == HANDS_ALONE
    assert page.player.playing

    page.search.clear()
    qtbot.keyClicks(page.search, "book")
    assert page.note.text() == AVERAGE


def test_prototypes_that_cannot_be_read_are_told_and_the_list_is_there(launch: Launch, world: World) -> None:
    world.broken_prototypes = "prototypes.npz is damaged. Install the application again."
    window = launch()

    page = vocabulary(window)

    assert window.toasts.messages == (world.broken_prototypes,)
    assert page.player.playing is False


def test_place_and_speed_of_a_sign_are_read_however_little_room_there_is(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    with renewed(qtbot, window):
        window.settings.change(text_percent=max(TEXT_PERCENTS), language="zh_CN")
    window.resize(960, 600)
    until(qtbot, window, Situation.IDLE)
    player = vocabulary(window).player
    player.go_to(2)

    def fits() -> None:
        assert player.speed.shown == "1 ×"
        assert player.position.shown in ("第 3 幅，共 4 幅", "3/4")
        assert player.rect().contains(player.position.geometry())

    qtbot.waitUntil(fits)


def test_the_longest_name_of_a_sign_asks_for_no_wider_window(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(*SMALLEST)
    page = vocabulary(window)
    needed = page.minimumSizeHint().width()

    window.personal.put(PersonalSign("w" * LONGEST_NAME, (take(),)))
    page.glosses.choose("w" * LONGEST_NAME)

    qtbot.waitUntil(lambda: page.gloss.shown.endswith("…"))
    assert page.minimumSizeHint().width() == needed
    assert page.gloss.toolTip() == page.gloss.text() == "w" * LONGEST_NAME


def test_the_signs_of_a_lesson_are_looked_at_by_themselves(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    tick(qtbot, page, "eat")
    page.search.clear()

    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert window.focusWidget().accessibleName() == "Ticked signs alone"
    assert page.glosses.shown == ("book", "eat")
    assert page.count.text() == "2 of 5 signs, 2 ticked"
    assert page.gloss.text() in page.glosses.shown
    qtbot.keyClicks(page.search, "x")
    assert page.glosses.notice == "No ticked sign holds these letters."

    page.search.clear()
    qtbot.mouseClick(page.ticked_alone, LEFT)
    assert len(page.glosses.shown) == 5


def test_a_tick_that_is_taken_away_by_a_slip_can_be_given_back(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    tick(qtbot, page, "book")
    page.search.clear()
    qtbot.mouseClick(page.ticked_alone, LEFT)

    qtbot.keyClick(page.glosses, Qt.Key.Key_Space)
    assert (page.glosses.shown, page.model.ticked) == (("book",), frozenset())
    qtbot.keyClick(page.glosses, Qt.Key.Key_Space)
    assert page.model.ticked == {"book"}

    qtbot.keyClick(page.glosses, Qt.Key.Key_Space)
    qtbot.mouseClick(page.ticked_alone, LEFT)
    qtbot.mouseClick(page.ticked_alone, LEFT)
    assert page.glosses.shown == ()
    assert page.glosses.notice == "No sign is ticked."
    assert page.gloss.text() == ""


def test_search_and_ticks_have_room_in_the_smallest_window(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    with renewed(qtbot, window):
        window.settings.change(text_percent=max(TEXT_PERCENTS), language="zh_CN")
    window.resize(960, 600)
    until(qtbot, window, Situation.IDLE)

    def fits() -> None:
        page = vocabulary(window)
        search, toggle = page.search, page.ticked_alone
        assert toggle.text() == "已勾选"
        words = toggle.fontMetrics().horizontalAdvance(toggle.text())
        assert toggle.width() >= max(words, toggle.minimumSizeHint().width())
        assert search.width() >= search.fontMetrics().horizontalAdvance(search.placeholderText())
        assert page.rect().contains(toggle.mapTo(page, toggle.rect().bottomRight()))
        assert not search.geometry().intersects(toggle.geometry())

    qtbot.waitUntil(fits)


# Playing


def test_a_sign_is_paused_and_stepped_through(qtbot: QtBot, window: MainWindow) -> None:
    player = vocabulary(window).player
    qtbot.waitUntil(lambda: player.index == 2)

    qtbot.mouseClick(player.play_button, LEFT)
    stopped_at = player.index
    assert player.play_button.text() == "Play"
    qtbot.mouseClick(player.forward_button, LEFT)
    assert player.index == (stopped_at + 1) % 4
    for _ in range(4):
        qtbot.mouseClick(player.back_button, LEFT)
    assert player.index == (stopped_at + 1) % 4
    assert player.position.text() == f"{player.index + 1} of 4"


def test_the_picture_changes_from_step_to_step(qtbot: QtBot, window: MainWindow) -> None:
    player = vocabulary(window).player
    qtbot.mouseClick(player.forward_button, LEFT)
    before = player.view.grab().toImage()

    qtbot.mouseClick(player.forward_button, LEFT)

    assert player.view.grab().toImage() != before


def test_a_pause_ends_with_the_sign_that_is_paused(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.player.play_button, LEFT)
    assert not page.player.playing

    page.glosses.choose("eat")

    assert page.player.playing
    assert page.player.play_button.text() == "Pause"


def test_the_speed_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    player = vocabulary(window).player
    assert player.interval_ms == pytest.approx(40)

    choose(qtbot, player.speed, "0.25")

    assert player.interval_ms == pytest.approx(160)


def test_nothing_moves_while_nobody_looks(qtbot: QtBot, window: MainWindow) -> None:
    player = vocabulary(window).player
    window.go_to(Action.GO_TO_LIVE)
    left_at = player.index

    until(qtbot, window, Situation.IDLE)
    window.grab()

    assert player.index == left_at
    vocabulary(window)
    qtbot.waitUntil(lambda: player.index != left_at)


def test_a_left_handed_learner_sees_the_other_hand(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.player.play_button, LEFT)
    motion = window.examples.clip("eat", PICTURE, left_handed=False)
    assert motion is not None
    page.player.show_poses(poses_of(motion))
    right = page.player.view.grab().toImage()

    page.player.show_poses(poses_of(mirrored_clip(motion)))

    assert page.player.view.grab().toImage() != right
    window.settings.change(dominant_hand=Hand.LEFT)
    assert page.player.index == 0
