"""Replay and Inside as their users meet them: a sign again, slowly, and why it was named so."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.inside_page import InsidePage
from app.main_window import MainWindow
from app.settings import Hand
from app.view_model import Situation
from app.widgets.model_panel import NO_CARD, NO_MODEL
from app.widgets.replay import Replay
from engine.types import SignEvent
from tests.app.conftest import Launch
from tests.app.driving import LEFT, choose, press, until, visit
from tests.app.scripted import World, a_session, leave_session, sign_event


def sign(qtbot: QtBot, world: World, window: MainWindow, event: SignEvent) -> None:
    """Let a sign come in, after some frames that show it."""
    before = window.review.newest.sign
    world.signer.has_signed(event)
    qtbot.waitUntil(lambda: window.review.newest.sign is not before)


@pytest.fixture
def window(qtbot: QtBot, launch: Launch, world: World) -> MainWindow:
    """A window that has heard of one sign, which began with the stream."""
    window = launch()
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: window.session.model is not None and window.session.facts.time_ns > 300_000_000)
    sign(qtbot, world, window, sign_event("eat", 0.9, start_s=0))
    return window


def inside(qtbot: QtBot, window: MainWindow, *, explained: bool = True) -> InsidePage:
    page = visit(window, Action.GO_TO_INSIDE, InsidePage)
    qtbot.waitUntil(lambda: page.latency is not None)  # the last plot to be built
    if explained:
        qtbot.waitUntil(lambda: page.replay.shown.explanation is not None)
    return page


def poses(replay: Replay) -> int:
    assert replay.shown.sign is not None
    return len(replay.shown.sign.clip)


# Replay in Live


def test_the_last_sign_is_replayed_slowly_and_left_again(qtbot: QtBot, window: MainWindow) -> None:
    replay = window.live.stage.replay
    press(window, Action.REPLAY)

    assert window.live.stage.currentWidget() is replay
    assert replay.headline.text() == "eat · 90 %"
    assert "drink 45 %" in replay.details.text()
    assert replay.player.playing
    assert replay.player.speed.currentData() == "0.5"
    qtbot.waitUntil(lambda: replay.shown.explanation is not None)
    assert replay.player.view.influence is not None
    assert not window.live.transcript.isVisible()

    qtbot.mouseClick(window.live.stage.back, LEFT)
    assert window.live.stage.shows_picture
    assert window.live.transcript.isVisible()


def test_escape_leaves_the_replay(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert window.live.stage.shows_picture
    assert not window.by_action[Action.REPLAY].isChecked()


def test_replay_is_offered_beside_the_last_sign_once_there_is_one(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    until(qtbot, window, Situation.IDLE)
    (button,) = [one for one in window.live.transcript.findChildren(QPushButton) if one.objectName() == "replayButton"]
    assert not button.isEnabled()
    qtbot.waitUntil(lambda: window.session.model is not None)

    sign(qtbot, world, window, sign_event("eat", start_s=0))
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)

    assert window.live.stage.currentWidget() is window.live.stage.replay


def test_it_is_paused_stepped_and_scrubbed(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)
    replay = window.live.stage.replay
    strip, player, last = replay.strip, replay.player, poses(replay) - 1
    assert last >= 4

    qtbot.mouseClick(strip, LEFT, pos=strip.place_of(2).toPoint())
    assert (player.index, player.playing) == (2, False)
    qtbot.mousePress(strip, LEFT, pos=strip.place_of(1).toPoint())
    qtbot.mouseMove(strip, strip.place_of(3).toPoint())
    qtbot.mouseRelease(strip, LEFT, pos=strip.place_of(3).toPoint())
    QTest.mouseMove(strip, QPoint(0, 0))

    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert player.index == 0
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert player.index == 1
    qtbot.keyClick(strip, Qt.Key.Key_End)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert player.index == last
    qtbot.mouseClick(player.back_button, LEFT)
    assert player.index == last - 1
    assert player.position.text() == f"{last} of {last + 1}"


def test_it_is_paused_stepped_and_scrubbed_by_the_keyboard_alone(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)
    replay = window.live.stage.replay
    player, last = replay.player, poses(replay) - 1

    def key(name: Qt.Key) -> None:
        qtbot.keyClick(window.focusWidget(), name)

    assert window.focusWidget() is replay.strip
    key(Qt.Key.Key_Space)
    assert not player.playing
    key(Qt.Key.Key_End)
    assert player.index == last
    key(Qt.Key.Key_Left)
    assert player.index == last - 1
    for button, index in ((player.back_button, last - 2), (player.forward_button, last - 1)):
        for _ in range(20):
            if window.focusWidget() is not button:
                key(Qt.Key.Key_Tab)
        key(Qt.Key.Key_Space)
        assert player.index == index
    replay.strip.setFocus()
    key(Qt.Key.Key_Space)
    assert player.playing


def test_a_paused_sign_stays_until_it_is_let_go_on(qtbot: QtBot, window: MainWindow, world: World) -> None:
    press(window, Action.REPLAY)
    replay = window.live.stage.replay
    qtbot.mouseClick(replay.player.play_button, LEFT)

    sign(qtbot, world, window, sign_event("book", 0.8, start_s=0))
    assert replay.headline.text() == "eat · 90 %"

    qtbot.mouseClick(replay.player.play_button, LEFT)
    assert replay.headline.text() == "book · 80 %"


@pytest.mark.parametrize("place", [Action.REPLAY, Action.GO_TO_INSIDE])
def test_a_pause_ends_when_the_sign_is_left(qtbot: QtBot, window: MainWindow, world: World, place: Action) -> None:
    press(window, place)
    (replay,) = [each for each in window.findChildren(Replay) if each.isVisible()]
    qtbot.mouseClick(replay.player.play_button, LEFT)
    press(window, Action.REPLAY if place is Action.REPLAY else Action.GO_TO_LIVE)
    sign(qtbot, world, window, sign_event("book", 0.8, start_s=0))

    press(window, place)

    assert replay.headline.text() == "book · 80 %"
    assert replay.player.playing


def test_what_is_chosen_to_be_watched_ends_the_replay(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)

    window.watch("missing.avi")

    until(qtbot, window, Situation.FAILED)
    assert window.live.stage.placeholder.isVisible()
    assert window.live.transcript.isVisible()


def test_in_another_place_the_key_shows_the_last_sign_and_escape_does_not(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)
    press(window, Action.GO_TO_SETTINGS)

    press(window, Action.REPLAY)
    assert window.live.stage.replay.isVisible()

    press(window, Action.GO_TO_SETTINGS)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.place is Action.GO_TO_SETTINGS


def test_a_sign_that_was_not_recognised_can_be_replayed_as_well(qtbot: QtBot, window: MainWindow, world: World) -> None:
    sign(qtbot, world, window, sign_event(None, 0.4, start_s=0))
    press(window, Action.REPLAY)

    replay = window.live.stage.replay
    assert replay.headline.text() == "Not sure"
    assert "nearest: eat 40 %, drink 20 %" in replay.details.text()


def test_the_replay_is_mirrored_as_the_picture_is(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Action.REPLAY)
    replay = window.live.stage.replay
    replay.player.go_to(0)
    assert replay.player.view.mirrored
    before = replay.player.view.grab().toImage()

    press(window, Action.MIRROR)

    assert not replay.player.view.mirrored
    assert replay.player.view.grab().toImage() != before


# Inside


def test_inside_tells_what_decided(qtbot: QtBot, window: MainWindow) -> None:
    page = inside(qtbot, window)

    assert [(row.part, row.words) for row in page.influence.rows] == [
        ("right hand", "−60 % → drink"),
        ("body", "no change"),
        ("head", "+2 %"),
    ]
    assert "drink, bird" in page.alike.text()
    assert "right hand −60 % → drink" in page.influence.accessibleDescription()
    assert page.replay.strip.explanation is page.replay.shown.explanation
    assert "Most attention" in page.replay.strip.accessibleDescription()


def test_nothing_is_explained_while_nobody_looks(qtbot: QtBot, window: MainWindow, world: World) -> None:
    sign(qtbot, world, window, sign_event("book", start_s=0))
    assert world.explained == []

    inside(qtbot, window)
    press(window, Action.GO_TO_LIVE)
    sign(qtbot, world, window, sign_event("bird", start_s=0))

    assert [sign.event.gloss for sign in world.explained] == ["book"]


def test_a_new_sign_is_explained_while_somebody_looks(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = inside(qtbot, window)
    sign(qtbot, world, window, sign_event("book", 0.8, start_s=0))

    qtbot.waitUntil(lambda: page.replay.shown.explanation is not None and page.replay.shown.explanation.gloss == "book")
    assert page.replay.headline.text() == "book · 80 %"


def test_the_sign_is_there_before_its_explanation(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.explanations_may_come.clear()
    page = inside(qtbot, window, explained=False)
    assert page.replay.headline.text() == "eat · 90 %"
    assert page.influence.rows == ()
    assert "hidden one after the other" in page.told.text()

    world.explanations_may_come.set()
    qtbot.waitUntil(lambda: len(page.influence.rows) == 3)


def test_what_cannot_be_explained_is_shown_all_the_same(
    qtbot: QtBot, window: MainWindow, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.broken_explanations = "on purpose"
    page = inside(qtbot, window, explained=False)
    qtbot.waitUntil(lambda: "could not be explained" in page.told.text())

    assert "on purpose" in caplog.text
    assert page.replay.headline.text() == "eat · 90 %"
    assert page.replay.player.playing


def test_another_model_explains_the_sign_anew(qtbot: QtBot, window: MainWindow, world: World) -> None:
    inside(qtbot, window)
    window.session.use_model("small")

    qtbot.waitUntil(lambda: len(world.explained) == 2)
    assert world.explained[0] is world.explained[1]


def test_a_left_handed_signer_is_explained_as_one(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.settings.change(dominant_hand=Hand.LEFT)
    sign(qtbot, world, window, sign_event("book", start_s=0))
    window.settings.change(dominant_hand=Hand.RIGHT)  # who signs next may be somebody else
    inside(qtbot, window)

    assert [(each.event.gloss, each.left_handed) for each in world.explained] == [("book", True)]


def test_a_session_of_a_left_handed_signer_is_explained_as_one(qtbot: QtBot, launch: Launch, world: World) -> None:
    session = a_session()
    circumstances = (replace(session.notes.circumstances[0], left_handed=True),)
    session = replace(session, notes=replace(session.notes, circumstances=circumstances))
    window = launch("--source", str(leave_session(world, "left", session)))
    world.signer.has_signed(sign_event("book", start_s=0))
    qtbot.waitUntil(lambda: window.review.newest.sign is not None)
    inside(qtbot, window)

    assert [each.left_handed for each in world.explained] == [True]


def test_before_the_first_sign_inside_says_what_to_do(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.models_may_load.clear()
    page = inside(qtbot, launch(), explained=False)

    assert page.replay.headline.text() == "No sign yet"
    assert not page.replay.player.play_button.isEnabled()
    assert page.model.calibration.text() == NO_MODEL
    world.models_may_load.set()
    qtbot.waitUntil(lambda: page.model.calibration.text() != NO_MODEL)
    assert not page.replay.strip.isEnabled(), "there is no moment to go to"


def test_calibration_and_card_are_readable(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = inside(qtbot, window)
    page.tabs.tabBar().setFocus()
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)

    assert page.model.isVisible()
    assert "5 signs" in page.model.calibration.text()
    assert "Below 50 %" in page.model.calibration.text()
    assert "less than by itself (temperature 1.25)" in page.model.calibration.text()
    assert "Names five signs." in page.model.card.toPlainText()
    assert "|" not in page.model.card.toPlainText()

    world.card = ""
    choose(qtbot, window.toolbar.model, "small")
    qtbot.waitUntil(lambda: page.model.card.toPlainText() == NO_CARD)


def test_the_plots_show_what_happens(qtbot: QtBot, window: MainWindow) -> None:
    page = inside(qtbot, window)
    page.tabs.setCurrentIndex(1)

    qtbot.waitUntil(lambda: page.motion.words.endswith("0.0 shoulder widths/s") or "–" in page.motion.words)
    qtbot.waitUntil(lambda: page.latency.words.endswith("ms"))
    seconds, _ = page.motion.trace.curves()
    assert len(seconds) > 1
    assert page.latency.accessibleDescription().startswith("keypoints ")


def test_inside_lets_go_of_what_was_played_before(qtbot: QtBot, window: MainWindow) -> None:
    page = inside(qtbot, window)
    qtbot.waitUntil(lambda: len(page.motion.trace.curves()[0]) > 1)

    window.watch("eat.mp4")
    until(qtbot, window, Situation.ENDED)

    assert len(page.motion.trace.curves()[0]) <= 5
    assert page.replay.headline.text() == "eat · 90 %"
