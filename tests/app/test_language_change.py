"""What somebody has begun goes on when they change the language."""

from pytestqt.qtbot import QtBot

from app.actions import Action
from app.engine_words import translated
from app.main_window import MainWindow
from app.places import PLACES
from app.practice_page import PracticePage
from app.vocabulary_page import VocabularyPage
from tests.app.driving import LATER_S, LEFT, asked, pick_language
from tests.app.scripted import World, sign_event
from tests.app.test_teaching import record


def practice(window: MainWindow) -> PracticePage:
    window.go_to(Action.GO_TO_PRACTICE)
    page = window.centralWidget().findChild(PracticePage)
    assert isinstance(page, PracticePage)
    return page


def vocabulary(window: MainWindow) -> VocabularyPage:
    window.go_to(Action.GO_TO_VOCABULARY)
    page = window.centralWidget().findChild(VocabularyPage)
    assert isinstance(page, VocabularyPage)
    return page


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
    qtbot.mouseClick(page.teach_panel.keep_button, LEFT)
    assert window.personal.names == ("hut",)
    assert len(window.personal.sign("hut").takes) == 3


def test_what_is_searched_for_and_ticked_stays(qtbot: QtBot, window: MainWindow) -> None:
    page = vocabulary(window)
    page.model.tick(("eat", "drink"))
    page.lesson_name.setText("food")
    page.search.setText("b")

    pick_language(qtbot, window, "zh_CN")
    page = vocabulary(window)
    assert set(page.model.ticked) == {"eat", "drink"}
    assert page.lesson_name.text() == "food"
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
    assert not window.places.rail.isVisible()
    window.go_to(Action.GO_TO_LIVE)
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
