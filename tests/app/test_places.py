"""Going from place to place, in any colours and text size."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app import place_stack
from app.actions import ACTIONS, Action
from app.appearance import FEWEST_EMS
from app.main_window import MainWindow
from app.places import LATER, PLACES
from app.settings import TEXT_PERCENTS, Settings, ThemeChoice
from app.theme import DARK, HIGH_CONTRAST, LIGHT, Theme
from app.view_model import Situation
from app.widgets.choice import Choice
from tests.app.conftest import Launch
from tests.app.driving import LEFT, choose, remember, remembered, setting, until, vocabulary
from tests.app.scripted import World, sign_event


def place_button(window: MainWindow, place: Action) -> QToolButton:
    found = window.findChild(QToolButton, f"{place.value}Button")
    assert isinstance(found, QToolButton)
    return found


def test_all_pages_but_the_first_are_imported_ahead(launch: Launch) -> None:
    window = launch()
    for place in PLACES:
        window.go_to(place)
    assert sorted(type(page).__module__ for page in window.places.pages) == sorted(["app.live_page", *LATER])


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_reached_by_mouse_and_by_key(qtbot: QtBot, launch: Launch, place: Action) -> None:
    window = launch()
    assert window.place is Action.GO_TO_LIVE

    qtbot.mouseClick(place_button(window, place), LEFT)
    assert window.place is place
    qtbot.mouseClick(place_button(window, place), LEFT)
    assert window.place is place
    assert [other for other in PLACES if place_button(window, other).isChecked()] == [place]

    QTest.keySequence(window, QKeySequence(ACTIONS[Action.GO_TO_LIVE].shortcut))
    assert window.place is Action.GO_TO_LIVE
    QTest.keySequence(window, QKeySequence(ACTIONS[place].shortcut))
    assert window.place is place


def test_the_place_is_told_in_words(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(place_button(window, Action.GO_TO_SETTINGS), LEFT)

    assert window.windowTitle() == "Settings – MASA Live"
    assert place_button(window, Action.GO_TO_SETTINGS).accessibleDescription().startswith("You are here.")
    assert not place_button(window, Action.GO_TO_LIVE).accessibleDescription().startswith("You are here.")
    window.go_to(Action.GO_TO_LIVE)
    assert window.windowTitle() == "Front camera – MASA Live"


def test_the_arrow_keys_go_from_place_to_place(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is place_button(window, Action.GO_TO_LIVE)

    qtbot.keyClick(place_button(window, Action.GO_TO_LIVE), Qt.Key.Key_Down)

    assert window.place is list(PLACES)[1]
    qtbot.keyClick(place_button(window, list(PLACES)[1]), Qt.Key.Key_Down)
    assert window.place is list(PLACES)[2]
    assert window.focusWidget() is place_button(window, list(PLACES)[2])


def test_a_key_after_a_click_on_the_rail_leaves_the_rail(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(place_button(window, Action.GO_TO_PRACTICE), LEFT)
    assert window.focusWidget() is place_button(window, Action.GO_TO_PRACTICE)

    page = vocabulary(window)

    assert window.focusWidget() is page.search
    qtbot.keyClick(page.search, Qt.Key.Key_Backtab)
    assert window.focusWidget() is place_button(window, Action.GO_TO_VOCABULARY)


def test_tab_stops_at_the_place_that_is_shown_alone(qtbot: QtBot, window: MainWindow) -> None:
    def stops() -> list[Action]:
        return [place for place in PLACES if place_button(window, place).focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert stops() == [Action.GO_TO_LIVE]
    place_button(window, Action.GO_TO_LIVE).setFocus()
    window.go_to(Action.GO_TO_SETTINGS)
    assert stops() == [Action.GO_TO_SETTINGS]
    qtbot.mouseClick(place_button(window, Action.GO_TO_INSIDE), LEFT)
    assert stops() == [Action.GO_TO_INSIDE]


def test_live_goes_on_while_another_place_is_looked_at(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)

    world.signer.has_signed(sign_event("eat"))

    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    assert window.place is Action.GO_TO_SETTINGS


def test_what_is_chosen_to_be_watched_is_shown(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)

    QTest.keySequence(window, QKeySequence(ACTIONS[Action.SHOW_DEMO].shortcut))

    assert window.place is Action.GO_TO_LIVE
    until(qtbot, window, Situation.ENDED)


def test_colours_and_text_size_change_at_once_everywhere(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    theme, size = setting(window, "theme"), setting(window, "text_percent")
    before = window.live.state_line.headline.fontInfo().pixelSize()

    choose(qtbot, theme, ThemeChoice.HIGH_CONTRAST)
    window.resize(1280, 760)
    choose(qtbot, size, "130")

    page = window.centralWidget()
    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(page.width() - 3, 2).name() == HIGH_CONTRAST.background)
    window.go_to(Action.GO_TO_LIVE)
    assert window.live.state_line.headline.fontInfo().pixelSize() == pytest.approx(1.3 * before, abs=1)
    qtbot.waitUntil(lambda: remembered(world).get("text_percent") == 130)
    assert remembered(world)["theme"] == "high contrast"


@pytest.mark.parametrize(
    ("choice", "theme"),
    [(ThemeChoice.LIGHT, LIGHT), (ThemeChoice.DARK, DARK), (ThemeChoice.HIGH_CONTRAST, HIGH_CONTRAST)],
)
def test_an_open_list_shows_which_line_the_arrow_keys_have_reached(
    qtbot: QtBot, launch: Launch, choice: ThemeChoice, theme: Theme
) -> None:
    window = launch()
    window.settings.change(theme=choice)
    qtbot.waitUntil(lambda: len(window.toolbar.model.values) > 1)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    view = window.toolbar.model.view()
    qtbot.keyClick(view, Qt.Key.Key_Down)

    lines = [view.visualRect(view.model().index(row, 0)) for row in range(2)]
    shown = view.viewport().grab().toImage()
    grounds = [shown.pixelColor(line.right() - 3, line.center().y()).name() for line in lines]
    assert grounds == [theme.surface, theme.accent]
    edge = view.window().grab().toImage()
    assert edge.pixelColor(edge.width() // 2, 1).name() in (theme.surface, theme.border, theme.accent)
    view.window().close()


def test_text_does_not_outgrow_a_small_window(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.settings.change(text_percent=max(TEXT_PERCENTS))

    window.resize(960, 600)

    words = window.live.toolbar.source.fontInfo().pixelSize()
    assert words <= 600 / FEWEST_EMS[1] + 1
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    qtbot.waitUntil(lambda: all(button.width() >= button.minimumSizeHint().width() for button in buttons))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("place", PLACES)
def test_large_text_pushes_no_control_out_of_a_small_window(
    qtbot: QtBot, launch: Launch, place: Action, language: str
) -> None:
    window = launch()
    window.settings.change(text_percent=max(TEXT_PERCENTS), language=language)
    window.resize(960, 600)
    window.go_to(place)

    def cut() -> list[str]:
        controls = [*window.places.findChildren(QPushButton), *window.places.findChildren(Choice)]
        shown = [control for control in controls if control.isVisible()]
        return [
            control.objectName()
            for control in shown
            if not control.parentWidget().rect().contains(control.geometry())
            or (isinstance(control, QPushButton) and control.width() < control.minimumSizeHint().width())
        ]

    qtbot.waitUntil(lambda: window.width() == 960)
    qtbot.waitUntil(lambda: cut() == [])


def is_all_black(window: MainWindow, page: QWidget) -> bool:
    pixel = window.grab().toImage().pixelColor(page.mapTo(window, QPoint(1, 1)))
    return page.isVisible() and pixel.name() == HIGH_CONTRAST.background


def test_the_window_is_at_rest_once_it_shows_the_colours_that_are_wanted(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    remember(world, Settings(theme=ThemeChoice.LIGHT))
    window = launch()
    for place in reversed(PLACES):
        window.go_to(place)

    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    assert not window.appearance.at_rest
    qtbot.waitUntil(lambda: window.appearance.at_rest)

    assert is_all_black(window, window.live)


def test_every_place_has_other_colours_however_soon_it_is_looked_at(qtbot: QtBot, launch: Launch, world: World) -> None:
    remember(world, Settings(theme=ThemeChoice.LIGHT))
    window = launch()
    for place in PLACES:
        window.go_to(place)
    pages = dict(zip(PLACES, window.places.pages, strict=True))

    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    for place, page in pages.items():
        window.go_to(place)  # before all of them are back
        qtbot.waitUntil(lambda page=page: is_all_black(window, page))  # type: ignore[misc]

    window.settings.change(theme=ThemeChoice.LIGHT)
    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    qtbot.waitUntil(lambda: all(map(window.isAncestorOf, pages.values())))
    for place, page in pages.items():
        window.go_to(place)
        assert is_all_black(window, page)


class Moves(QObject):
    """Counts how many of some pages leave the window or come back in each turn of the event loop."""

    def __init__(self, pages: tuple[QWidget, ...]) -> None:
        super().__init__()
        self.per_turn = [0]
        for page in pages:
            page.installEventFilter(self)
        self._turns = QTimer(self)
        self._turns.timeout.connect(lambda: self.per_turn.append(0))
        self._turns.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.ParentChange:
            self.per_turn[-1] += 1
        return super().eventFilter(watched, event)


def test_pages_that_are_not_seen_change_their_colours_one_a_turn(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    for place in PLACES:
        window.go_to(place)
    pages = window.places.pages
    moves = Moves(pages)

    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)

    hidden = len(pages) - 1
    qtbot.waitUntil(lambda: sum(moves.per_turn) == 2 * hidden)  # each leaves and comes back
    assert max(moves.per_turn) == 1
    assert all(map(window.isAncestorOf, pages))


def test_what_is_seen_is_not_painted_before_all_of_it_has_changed(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    window.go_to(Action.GO_TO_SETTINGS)
    qtbot.waitUntil(window.places.updatesEnabled)
    before = window.places.rail.font().pixelSize()
    words = window.places.rail, *window.places.pages[-1].findChildren(QPushButton)
    painted: list[set[int]] = []

    class Paints(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.Paint:
                painted.append({widget.font().pixelSize() for widget in words})
            return super().eventFilter(watched, event)

    paints = Paints()
    window.places.rail.installEventFilter(paints)
    window.resize(1280, 760)
    window.settings.change(text_percent=130)

    qtbot.waitUntil(lambda: bool(painted) and painted[-1] != {before})
    assert all(len(sizes) == 1 for sizes in painted)


def test_a_page_may_be_visited_while_pages_are_laid_aside(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    for place in PLACES:
        window.go_to(place)
    live, *_ = pages = window.places.pages
    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    qtbot.waitUntil(lambda: not window.isAncestorOf(live))

    window.go_to(Action.GO_TO_LIVE)

    assert live.isVisible()
    qtbot.waitUntil(lambda: is_all_black(window, live))
    qtbot.waitUntil(lambda: all(map(window.isAncestorOf, pages)))


def test_what_is_painted_by_hand_has_other_colours_in_a_window_that_was_minimised_meanwhile(
    qtbot: QtBot, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_stack, "PAUSE_MS", 3_600_000)  # whoever minimises it is quicker
    window = launch()
    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, Qt.MouseButton.LeftButton)
    picture = page.teach_panel.picture
    window.go_to(Action.GO_TO_LIVE)
    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    qtbot.waitUntil(lambda: HIGH_CONTRAST.background in window.styleSheet())
    assert not window.isAncestorOf(page)

    window.showMinimized()
    qtbot.waitUntil(lambda: window.isAncestorOf(page))
    window.showNormal()
    window.go_to(Action.GO_TO_VOCABULARY)

    assert picture.grab().toImage().pixelColor(1, 1).name() == HIGH_CONTRAST.background


def test_the_window_may_close_while_its_pages_change_colours(launch: Launch) -> None:
    window = launch()
    for place in PLACES:
        window.go_to(place)
    window.settings.change(theme=ThemeChoice.HIGH_CONTRAST)
    window.close()
    assert not window.isVisible()
