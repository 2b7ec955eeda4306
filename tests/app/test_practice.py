"""Practice as its user meets it: asked, answered, helped, scored."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS, Action
from app.main_window import MainWindow
from app.practice import GO_ON_NS, READ_NS
from app.practice_page import PracticePage
from app.practice_round import Outcome
from app.practice_words import HIDDEN, NO_EXAMPLE
from app.view_model import Situation
from engine.sources.personal_signs import PersonalSign
from tests.app.conftest import Launch
from tests.app.driving import LATER_S, asked, button, click, settled, until
from tests.app.practising import answer, begin, practice, press, wait
from tests.app.scripted import World, sign_event, take


def other_than(window: MainWindow) -> str:
    return "book" if asked(window) != "book" else "bird"


# A round


def test_a_round_is_played_by_keyboard_to_its_score(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = practice(window)
    assert page.start.offer.text() == "5 signs to choose from."
    press(qtbot, window, Qt.Key.Key_Return)
    first = asked(window)
    assert page.prompt.gloss.gloss == first
    assert page.prompt.number.text() == "Sign 1 of 5 · 0 points"
    assert page.state_line.isVisible()
    qtbot.waitUntil(lambda: page.picture.isVisible() and page.picture.picture is not None)

    answer(qtbot, window, world, first)
    assert page.prompt.result.text() == "Right"
    assert "2 points" in page.prompt.number.text()
    press(qtbot, window, Qt.Key.Key_Return)
    assert asked(window) != first
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_S)
        assert page.prompt.result.text() == "Skipped"
        press(qtbot, window, Qt.Key.Key_Return)

    assert page.summary.isVisible()
    assert page.summary.score.text() == "2 of 10 points"
    assert page.summary.counts.text() == "1 right at first try, 4 skipped."
    assert first not in page.summary.again.text()
    assert len(page.summary.findChildren(QLabel)) > 10


def test_the_enter_key_beside_the_digits_goes_on_as_well(qtbot: QtBot, window: MainWindow) -> None:
    page = practice(window)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert page.prompt.isVisible()


def test_the_signs_that_were_missed_are_asked_for_again(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = begin(qtbot, window)
    answer(qtbot, window, world, asked(window))
    press(qtbot, window, Qt.Key.Key_Return)
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_S)
        press(qtbot, window, Qt.Key.Key_Return)
    assert window.by_action[Action.GO_ON].text() == "Again with these 4"

    click(qtbot, window, "repeatSigns")

    assert page.prompt.number.text() == "Sign 1 of 4 · 0 points"


def test_after_a_round_without_a_fault_another_one_is_offered(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.config.mkdir(exist_ok=True)
    window.lessons.save("One", ["eat"])
    window.settings.change(lesson="One")
    page = begin(qtbot, window)
    assert asked(window) == "eat"
    answer(qtbot, window, world, "eat")
    press(qtbot, window, Qt.Key.Key_Return)
    assert page.summary.again.text() == "Every sign was right at the first try."
    assert page.summary.again_button.text() == "Another round"

    press(qtbot, window, Qt.Key.Key_Return)

    assert page.prompt.number.text() == "Sign 1 of 1 · 0 points"


def test_another_sign_costs_a_try_and_not_sure_does_not(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = begin(qtbot, window)
    answer(qtbot, window, world, None)
    assert page.prompt.result.text() == "Not sure: eat or drink?"
    assert "does not count" in page.prompt.advice.text()

    other = other_than(window)
    answer(qtbot, window, world, other)
    assert page.prompt.result.text() == f"That looked like “{other}”"
    assert "2 of 3 tries left" in page.prompt.advice.text()
    answer(qtbot, window, world, other)
    answer(qtbot, window, world, other)

    assert window.practice.round is not None
    assert window.practice.round.outcome is Outcome.MISSED
    assert page.prompt.player.isVisible() or page.prompt.hidden.text() == NO_EXAMPLE
    wait(window, world, READ_NS)
    assert window.practice.round.number == 1


def test_the_next_sign_comes_by_itself_after_a_right_one(qtbot: QtBot, window: MainWindow, world: World) -> None:
    begin(qtbot, window)
    answer(qtbot, window, world, asked(window))
    assert window.practice.round is not None
    wait(window, world, GO_ON_NS - 1)
    assert window.practice.round.number == 1

    wait(window, world, 1)

    assert window.practice.round.number == 2


def test_with_the_example_a_sign_counts_less(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.lessons.save("One", ["eat"])
    window.settings.change(lesson="One")
    page = begin(qtbot, window)
    assert page.prompt.hidden.text() == HIDDEN
    assert not page.prompt.player.isVisible()

    press(qtbot, window, Qt.Key.Key_H)
    assert page.prompt.player.isVisible()
    assert page.prompt.player.playing
    assert not window.by_action[Action.SHOW_EXAMPLE].isEnabled()
    answer(qtbot, window, world, "eat")

    assert page.prompt.result.text() == "Right, with the example"
    assert "1 point" in page.prompt.number.text()


def test_a_sign_without_example_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.lessons.save("One", ["but"])
    window.settings.change(lesson="One")
    page = begin(qtbot, window)

    assert not window.by_action[Action.SHOW_EXAMPLE].isEnabled()
    press(qtbot, window, Qt.Key.Key_S)
    assert page.prompt.hidden.isVisible()
    assert page.prompt.hidden.text() == NO_EXAMPLE


def test_signs_count_only_while_somebody_looks_and_once_they_are_asked_for(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    page = begin(qtbot, window)
    world.signer.has_signed(sign_event(asked(window), start_s=-1))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    assert page.prompt.result.text() == ""

    window.go_to(Action.GO_TO_LIVE)
    world.signer.has_signed(sign_event(asked(window), start_s=LATER_S))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 2)
    window.go_to(Action.GO_TO_PRACTICE)

    assert window.practice.round is not None
    assert window.practice.round.answer is None
    assert page.prompt.isVisible()


def test_a_sign_that_another_model_does_not_know_can_be_skipped(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = begin(qtbot, window)
    world.glosses = ("walk", "run")

    window.session.use_model("small")

    qtbot.waitUntil(lambda: "does not know this sign" in page.prompt.advice.text())


def test_a_sign_that_a_model_has_to_learn_first_is_unknown_for_no_longer(
    qtbot: QtBot, window: MainWindow, world: World
) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    qtbot.waitUntil(lambda: "hut" in window.session.recognised)
    window.settings.change(practice_signs=10)
    page = begin(qtbot, window)
    while asked(window) != "hut":
        window.practice.skip()
        window.practice.go_on()
    world.signs_may_be_learned.clear()
    window.session.use_model("small")
    qtbot.waitUntil(lambda: "does not know this sign" in page.prompt.advice.text())

    world.signs_may_be_learned.set()

    qtbot.waitUntil(lambda: "does not know this sign" not in page.prompt.advice.text())


def test_a_round_can_be_ended(qtbot: QtBot, window: MainWindow) -> None:
    page = begin(qtbot, window)

    press(qtbot, window, Qt.Key.Key_E)

    assert page.start.isVisible()
    assert window.practice.round is None


def test_a_round_that_is_ended_early_tells_how_it_went_so_far(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = begin(qtbot, window)
    known = asked(window)
    answer(qtbot, window, world, known)
    press(qtbot, window, Qt.Key.Key_Return)
    skipped = asked(window)
    press(qtbot, window, Qt.Key.Key_S)
    press(qtbot, window, Qt.Key.Key_Return)

    press(qtbot, window, Qt.Key.Key_E)
    assert page.summary.isVisible()
    assert page.summary.score.text() == "2 of 4 points"
    assert page.summary.again.text() == f"To look at again: {skipped}."

    press(qtbot, window, Qt.Key.Key_E)
    assert page.start.isVisible()


def test_the_space_bar_alone_leads_through_a_round(qtbot: QtBot, window: MainWindow) -> None:
    page = practice(window)
    page.start.begin_button.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert page.prompt.isVisible()
    press(qtbot, window, Qt.Key.Key_Space)  # there is nothing to press yet
    assert window.place is Action.GO_TO_PRACTICE
    assert page.prompt.hidden.isVisible()

    for _ in range(5):
        button(window, "skipButton").setFocus()
        press(qtbot, window, Qt.Key.Key_Space)
        assert window.focusWidget() is page.prompt.go_on_button
        press(qtbot, window, Qt.Key.Key_Space)

    assert page.summary.isVisible()
    assert window.focusWidget() is page.summary.again_button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_enter_key_presses_the_button_that_was_gone_to(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    page = begin(qtbot, window)
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_S)
        press(qtbot, window, Qt.Key.Key_Return)
    assert page.summary.isVisible()
    page.summary.again_button.setFocus()
    press(qtbot, window, Qt.Key.Key_Tab)
    assert window.focusWidget() is page.summary.end_button

    press(qtbot, window, key)

    assert page.start.isVisible()
    assert window.practice.round is None


def test_the_enter_key_presses_the_button_of_a_message(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    press(qtbot, window, Qt.Key.Key_S)
    window.toasts.say("Something failed.")
    button(window, "toastClose").setFocus()

    press(qtbot, window, Qt.Key.Key_Return)

    assert window.toasts.messages == ()
    assert window.practice.round is not None
    assert window.practice.round.decided


def test_a_button_that_cannot_be_pressed_any_more_leaves_the_focus_where_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.lessons.save("One", ["eat"])  # of all signs one has no example, and chance might ask for that
    window.settings.change(lesson="One")
    page = begin(qtbot, window)
    button(window, "showExampleButton").setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert page.prompt.player.isVisible()

    press(qtbot, window, Qt.Key.Key_Space)
    assert window.practice.round is not None
    assert window.practice.round.outcome is None
    press(qtbot, window, Qt.Key.Key_Tab)

    assert window.focusWidget() is button(window, "skipButton")


def test_plain_keys_mean_nothing_elsewhere(qtbot: QtBot, window: MainWindow) -> None:
    begin(qtbot, window)
    window.go_to(Action.GO_TO_VOCABULARY)

    for action in (Action.GO_ON, Action.SHOW_EXAMPLE, Action.SKIP, Action.END_ROUND):
        assert not window.by_action[action].isEnabled()


def test_two_windows_at_once_keep_what_is_practised_in_either(qtbot: QtBot, launch: Launch) -> None:
    windows = launch(), launch()
    for window in windows:
        until(qtbot, window, Situation.IDLE)
        with qtbot.waitActive(window):
            window.activateWindow()
        begin(qtbot, window)
        press(qtbot, window, Qt.Key.Key_S)
        assert len(window.progress.record) == 1
    for window in windows:
        window.close()

    assert sum(len(rounds) for rounds in launch().progress.record.values()) == 2


# Where nothing plays


def test_a_source_is_offered_where_none_plays(qtbot: QtBot, window: MainWindow) -> None:
    page = begin(qtbot, window)
    window.session.stop()
    qtbot.waitUntil(lambda: page.nothing.isVisible())
    assert page.nothing.headline.text() == "Stopped"
    assert page.state_line.headline.text() == "Stopped"

    click(qtbot, window, "practiceStartSource")

    qtbot.waitUntil(lambda: page.picture.isVisible())
    assert window.place is Action.GO_TO_PRACTICE


def test_the_demo_is_offered_as_well(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.cameras.clear()
    window = launch()
    page = begin_without_camera(qtbot, window)
    assert page.nothing.headline.text() == "No camera found"

    click(qtbot, window, "practiceDemo")

    until(qtbot, window, Situation.ENDED)
    assert window.session.spec == "demo"
    assert window.place is Action.GO_TO_PRACTICE


def begin_without_camera(qtbot: QtBot, window: MainWindow) -> PracticePage:
    until(qtbot, window, Situation.NO_CAMERA)
    qtbot.waitUntil(lambda: window.session.model is not None)
    return begin(qtbot, window)


# How it looks


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080)])
def test_nothing_is_cut_off(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    page = begin(qtbot, window)
    press(qtbot, window, Qt.Key.Key_H)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)

    def fits() -> None:
        for control in page.findChildren(QPushButton):
            if control.isVisible():
                assert control.width() >= control.minimumSizeHint().width(), control.objectName()
                assert window.rect().contains(control.mapTo(window, control.rect().bottomRight())), control.objectName()

        assert page.picture.width() >= page.prompt.width()

    settled(qtbot, window)
    qtbot.waitUntil(fits)


def test_every_control_of_practice_has_a_name_and_says_what_it_does(qtbot: QtBot, window: MainWindow) -> None:
    page = practice(window)

    for control in page.findChildren(QPushButton):
        assert control.objectName()
        assert control.accessibleName(), control.objectName()
        assert control.toolTip(), control.objectName()
    assert ACTIONS[Action.GO_TO_PRACTICE].shortcut == "Alt+2"


def test_an_example_that_is_hidden_again_asks_for_no_room(qtbot: QtBot, window: MainWindow) -> None:
    window.lessons.save("Shown", ["eat", "drink"])
    window.settings.change(lesson="Shown")
    prompt = begin(qtbot, window).prompt
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(prompt.player.isVisible)
    before = prompt.player.minimumSizeHint().width()
    press(qtbot, window, Qt.Key.Key_Return)
    assert not prompt.player.isVisible()

    window.settings.change(text_percent=80)

    qtbot.waitUntil(lambda: prompt.player.minimumSizeHint().width() < before)
