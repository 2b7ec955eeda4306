"""What somebody has begun goes on when they change the language."""

import re
from typing import Final

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QScrollBar, QToolButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.engine_words import translated
from app.inside_page import InsidePage
from app.main_window import MainWindow
from app.page import Page
from app.place_stack import PAUSE_MS
from app.places import PLACES
from app.settings import Overlay, ThemeChoice
from engine.types import Activity
from tests.app.driving import (
    LATER_S,
    LEFT,
    asked,
    pick_language,
    press,
    renewed,
    settled,
    until_ended,
    visit,
    vocabulary,
)
from tests.app.practising import practice
from tests.app.scripted import World, prediction, sign_event
from tests.app.test_teaching import record

FIGURE: Final = re.compile("[0-9.]+|–")
CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def inside(window: MainWindow) -> InsidePage:
    return visit(window, Action.GO_TO_INSIDE, InsidePage)


def scroll_bar(window: MainWindow) -> QScrollBar:
    area = window.centralWidget().findChild(QScrollArea, "settingsScroll")
    assert isinstance(area, QScrollArea)
    return area.verticalScrollBar()


def legend(window: MainWindow) -> list[bool]:
    """Which colours of the skeleton are explained."""
    return [entry.isHidden() for entry in window.live.caption.legend.findChildren(QLabel)]


def test_a_round_goes_on(qtbot: QtBot, window: MainWindow, world: World) -> None:
    practice(window)
    window.practice.go_on()
    with qtbot.waitSignal(window.practice.changed):
        world.signer.has_signed(sign_event("eat" if asked(window) == "but" else "but", start_s=LATER_S))

    pick_language(qtbot, window, "zh_CN")
    page = practice(window)
    assert page.prompt.isVisible()
    assert page.prompt.gloss.gloss == asked(window)
    assert page.prompt.advice.text() == "再试一次：3 次机会还剩 2 次。"
    assert window.by_action[Action.GO_ON].text() == "下一个"
    qtbot.waitUntil(page.picture.isVisible)

    with qtbot.waitSignal(window.practice.changed):
        world.signer.has_signed(sign_event(asked(window), start_s=LATER_S + 1))
    assert page.prompt.result.text() == "正确"
    assert page.prompt.number.text() == "第 1 个，共 5 个 · 1 分"
    assert len(window.progress.record) == 1


def test_a_round_is_played_on_with_the_space_bar(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = practice(window)
    page.start.begin_button.setFocus()
    qtbot.keyClick(page.start.begin_button, Qt.Key.Key_Space)
    assert page.hasFocus()  # until there is something to press

    with renewed(qtbot, window):
        window.settings.change(language="zh_CN")
    page = practice(window)
    assert page.hasFocus()
    with qtbot.waitSignal(window.practice.changed):
        world.signer.has_signed(sign_event(asked(window), start_s=LATER_S))
    assert page.prompt.go_on_button.hasFocus()


def test_the_takes_of_a_sign_that_is_being_taught_stay(qtbot: QtBot, window: MainWindow, world: World) -> None:
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    qtbot.keyClicks(page.teach_panel.name, "hut")
    for _ in range(2):
        record(qtbot, window, page, world)

    pick_language(qtbot, window, "zh_CN")
    page = vocabulary(window)
    assert page.teach_panel.isVisible()
    assert page.teach_panel.headline.text() == "第 3 遍，共 3 遍"
    pick_language(qtbot, window, "en")
    page = vocabulary(window)
    assert page.teach_panel.headline.text() == "Take 3 of 3"
    record(qtbot, window, page, world)
    assert window.draft.name == "hut"
    assert len(window.draft.takes) == 3
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    assert window.personal.names == ("hut",)
    assert len(window.personal.sign("hut").takes) == 3


def test_what_is_searched_for_and_ticked_stays(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    page.model.tick(("eat", "drink"))
    page.lessons.name.setText("food")
    page.search.setText("b")

    pick_language(qtbot, window, "zh_CN")
    page = vocabulary(window)
    assert set(page.model.ticked) == {"eat", "drink"}
    assert page.lessons.name.text() == "food"
    assert page.search.text() == "b"
    assert set(page.glosses.shown) == {"but", "book", "bird"}


def test_what_can_be_chosen_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.watch("/tmp/clip.mp4")
    qtbot.waitUntil(lambda: "/tmp/clip.mp4" in window.toolbar.source.values)
    window.watch(None)

    pick_language(qtbot, window, "zh_CN")
    assert "/tmp/clip.mp4" in window.toolbar.source.values
    assert window.toolbar.source.values.count("demo") == 1
    for place in PLACES:
        window.by_action[place].trigger()
        assert window.place is place
        assert [each for each in PLACES if window.by_action[each].isChecked()] == [place]


def test_a_full_screen_stays_full(qtbot: QtBot, window: MainWindow) -> None:
    window.by_action[Action.PRESENT].trigger()
    pick_language(qtbot, window, "zh_CN")
    window.go_to(Action.GO_TO_LIVE)
    assert not window.places.rail.isVisible()
    assert not window.toolbar.isVisible()
    window.by_action[Action.PRESENT].trigger()
    assert window.places.rail.isVisible()
    assert window.toolbar.isVisible()


def test_a_recording_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    window.by_action[Action.RECORD].trigger()
    qtbot.waitUntil(lambda: window.recording.active)

    pick_language(qtbot, window, "zh_CN")
    assert window.places.rail.recording_mark.text().startswith("● 正在录制 ")
    assert window.places.rail.recording_mark.isVisible()
    window.go_to(Action.GO_TO_LIVE)
    assert window.recording.active
    assert window.by_action[Action.RECORD].isChecked()
    assert window.live.recording_mark.isVisible()
    assert window.live.recording_mark.text().startswith("● 正在录制 ")
    assert window.windowTitle().startswith("● 正在录制 – ")


def test_what_a_session_was_recorded_with_is_told(qtbot: QtBot, window: MainWindow) -> None:
    pick_language(qtbot, window, "zh_CN")
    told = "This session was recorded with the model base, another choice of signs, other signs of your own"
    assert (
        translated(f"{told}: its signs may be named differently now.")
        == "录制时使用的是模型 base、另一组手语词、另外的自定义手语词：现在识别出的手语词可能有所不同。"
    )


def test_what_is_selected_stays(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.signer.has_signed(
        *[sign_event(gloss, start_s=second) for second, gloss in enumerate(("eat", "drink", "but"))]
    )
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 3)
    window.live.transcript.table.go_to(1)
    page = vocabulary(window)
    page.glosses.choose("drink")
    window.go_to(Action.GO_TO_INSIDE)
    inside(window).tabs.setCurrentIndex(2)

    pick_language(qtbot, window, "zh_CN")
    assert window.live.transcript.table.chosen == [1]
    assert window.live.transcript.table.currentIndex().row() == 1
    assert window.by_action[Action.DELETE_SIGNS].isEnabled()
    assert vocabulary(window).gloss.text() == "drink"
    assert inside(window).tabs.currentIndex() == 2


@pytest.mark.parametrize("visits", [1, 2])
def test_a_transcript_that_was_scrolled_up_stays_there(
    qtbot: QtBot, window: MainWindow, world: World, visits: int
) -> None:
    world.signer.has_signed(*[sign_event("eat", start_s=second) for second in range(60)])
    former = window.live.transcript.table
    qtbot.waitUntil(lambda: former.verticalScrollBar().maximum() > 0)
    former.go_to(59)
    former.verticalScrollBar().setValue(former.rowHeight(0) * 20)
    assert former.rowAt(0) == 20

    for language in ("zh_CN", "en")[:visits]:
        pick_language(qtbot, window, language)
    window.go_to(Action.GO_TO_LIVE)
    table = window.live.transcript.table
    assert table is not former
    qtbot.waitUntil(lambda: table.rowAt(0) == 20)
    world.signer.has_signed(sign_event("drink", start_s=LATER_S))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 61)
    settled(qtbot, window)
    assert table.rowAt(0) == 20

    table.scrollToBottom()
    world.signer.has_signed(sign_event("drink", start_s=LATER_S + 1))
    qtbot.waitUntil(lambda: table.rowAt(table.viewport().height() - 1) == 61)


def plotted(page: InsidePage) -> tuple[list[str], tuple[str, ...], list[str]]:
    """What the plots of Inside tell in figures, and which signs their curves are of; nothing before all is drawn."""
    plots = page.motion, page.probabilities, page.latency
    if any(plot is None or plot.stale for plot in plots):
        return [], (), []
    motion, latency = (FIGURE.findall(plot.words) for plot in (page.motion, page.latency))
    return motion, page.probabilities.legend.names, latency


def test_the_last_ten_seconds_stay_in_the_plots_of_inside(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.signer.does(Activity.SIGNING, prediction(("eat", 0.8), ("bird", 0.1)))
    page = inside(window)
    page.tabs.setCurrentIndex(1)
    figures = window.last_seconds
    qtbot.waitUntil(lambda: bool(figures.probabilities.leading(1)) and figures.latency.curves()[0].size > 0)
    press(window, Action.START_STOP)
    until_ended(qtbot, window)
    qtbot.waitUntil(lambda: all(plotted(page)))
    before = plotted(page)
    assert before[1] == ("eat", "bird")

    pick_language(qtbot, window, "zh_CN")
    page = inside(window)

    qtbot.waitUntil(lambda: plotted(page) == before)


def test_the_last_ten_seconds_stay_in_the_plot(qtbot: QtBot, window: MainWindow, world: World) -> None:
    world.signer.does(Activity.SIGNING, prediction(("eat", 0.8), ("bird", 0.1)))
    qtbot.waitUntil(lambda: bool(window.live.plot.trace.leading(1)))

    pick_language(qtbot, window, "zh_CN")
    assert window.live.plot.trace.leading(1)[0].gloss == "eat"
    window.go_to(Action.GO_TO_LIVE)
    assert window.live.plot.isVisible()
    assert "最近十秒" in {text.text() for text in window.live.plot.findChildren(QLabel)}


def test_the_look_of_what_plays_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.change(overlay=Overlay.HANDS_ONLY, theme=ThemeChoice.DARK)
    window.by_action[Action.PLOT].trigger()
    window.tell("Something to read.")
    hands_only = legend(window)
    painted = window.live.painted

    pick_language(qtbot, window, "zh_CN")
    window.go_to(Action.GO_TO_LIVE)
    assert window.live.caption.legend.isVisible()
    assert legend(window) == hands_only
    assert not window.live.plot.isVisible()
    assert window.live.painted is painted
    assert "Something to read." in window.toasts.messages


def test_settings_stay_where_they_were_scrolled_to(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.change(text_percent=150)
    window.go_to(Action.GO_TO_SETTINGS)
    bar = scroll_bar(window)
    bar.setValue(bar.maximum() // 2)
    value = bar.value()
    assert value > 0

    with renewed(qtbot, window):
        window.settings.change(language="zh_CN")
    assert scroll_bar(window) is not bar
    assert scroll_bar(window).value() == value


def test_the_user_may_go_elsewhere_meanwhile(qtbot: QtBot, window: MainWindow) -> None:
    for place in PLACES:
        window.go_to(place)
    window.languages.prepare("zh_CN")
    former = window.live
    with renewed(qtbot, window):
        window.settings.change(language="zh_CN")
        window.go_to(Action.GO_TO_LIVE)
        assert window.live is not former
        assert window.live.isVisible()
    assert len(window.places.pages) == len(PLACES)
    assert len(window.places.findChildren(Page)) == len(PLACES)


def test_a_language_may_follow_another_at_once(qtbot: QtBot, window: MainWindow) -> None:
    for place in PLACES:
        window.go_to(place)
    for code in ("zh_CN", "en"):
        window.languages.prepare(code)
    former = window.live
    with renewed(qtbot, window):
        window.settings.change(language="zh_CN")
        qtbot.waitUntil(lambda: window.live is not former)
        window.settings.change(language="en")
    assert window.by_action[Action.GO_TO_INSIDE].text() == "Inside"
    for place in PLACES:
        window.go_to(place)
        assert not CHINESE.search(" ".join(text.text() for text in window.centralWidget().findChildren(QLabel)))


def test_the_window_may_close_meanwhile(qtbot: QtBot, window: MainWindow) -> None:
    for place in PLACES:
        window.go_to(place)
    window.languages.prepare("zh_CN")
    former = window.places.pages
    window.settings.change(language="zh_CN")
    window.close()
    assert window.threads_ended

    later = QTimer(window, interval=2 * PAUSE_MS, singleShot=True)
    with qtbot.waitSignal(later.timeout):  # by when the first page would have had its turn
        later.start()
    assert window.places.pages == former


def test_the_rail_says_where_one_is_in_the_other_language(qtbot: QtBot, window: MainWindow) -> None:
    pick_language(qtbot, window, "zh_CN")
    rail = window.places.rail
    assert rail.accessibleName() == "页面"
    button = rail.findChild(QToolButton, "goToSettingsButton")
    assert isinstance(button, QToolButton)
    assert button.text() == button.accessibleName() == "设置"
    assert button.accessibleDescription().startswith("您在此处")


def test_a_replay_goes_on_and_leaves_the_focus_alone(qtbot: QtBot, window: MainWindow, world: World) -> None:
    qtbot.waitUntil(lambda: window.session.model is not None and window.session.facts.time_ns > 300_000_000)
    world.signer.has_signed(sign_event("eat", start_s=0))
    qtbot.waitUntil(window.by_action[Action.REPLAY].isEnabled)
    window.by_action[Action.REPLAY].trigger()

    pick_language(qtbot, window, "zh_CN")
    focused = window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "languageChoice"
    window.go_to(Action.GO_TO_LIVE)
    assert window.live.stage.currentWidget() is window.live.stage.replay
