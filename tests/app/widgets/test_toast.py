import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.widgets.toast import SHOWN, ToastStack, reading_time_ns
from tests.app.scripted import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(960, 600)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def toasts(window: QWidget, clock: FakeClock) -> ToastStack:
    return ToastStack(window, QAction("Dismiss", window), clock)


def test_a_message_stays_long_enough_to_be_read_and_then_goes(toasts: ToastStack, clock: FakeClock) -> None:
    message = "The camera is gone. Plug it in again, then press Start."
    toasts.say(message)

    clock.pass_seconds(8)
    toasts.tick()
    assert toasts.messages == (message,)

    clock.pass_seconds(reading_time_ns(message) / 1e9 - 8)
    toasts.tick()
    assert toasts.messages == ()
    assert not toasts.isVisible()


def test_longer_messages_stay_longer() -> None:
    assert reading_time_ns("short") >= 5e9
    assert reading_time_ns("long " * 30) > reading_time_ns("short") + 5e9


def test_a_message_is_not_said_twice_but_anew(toasts: ToastStack, clock: FakeClock) -> None:
    toasts.say("once")
    clock.pass_seconds(5)
    toasts.say("once")
    clock.pass_seconds(5)
    toasts.tick()

    assert toasts.messages == ("once",)


def test_of_many_messages_the_newest_few_are_shown(toasts: ToastStack) -> None:
    for number in range(SHOWN + 2):
        toasts.say(f"message {number}")

    assert toasts.messages == tuple(f"message {number}" for number in range(2, SHOWN + 2))


def test_each_message_has_a_button_that_closes_it(qtbot: QtBot, toasts: ToastStack) -> None:
    toasts.say("first")
    toasts.say("second")

    buttons = toasts.findChildren(QPushButton, "toastClose")
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    assert toasts.messages == ("second",)


def test_the_newest_is_dismissed_first(toasts: ToastStack) -> None:
    toasts.say("first")
    toasts.say("second")

    toasts.dismiss()
    assert toasts.messages == ("first",)
    toasts.dismiss()
    toasts.dismiss()
    assert toasts.messages == ()


def test_messages_lie_at_the_lower_edge_and_inside_the_window(window: QWidget, toasts: ToastStack) -> None:
    toasts.say("A long message that says what happened, why it happened and what can be done about it. " * 3)
    for width, height in ((960, 600), (1920, 1080), (600, 400)):
        window.resize(width, height)
        assert window.rect().contains(toasts.geometry())
        assert toasts.geometry().bottom() > height - 30
        assert toasts.height() >= toasts.findChild(QWidget, "toastMessage").height()


def test_messages_lie_above_the_controls_where_these_are_at_the_lower_edge(window: QWidget, toasts: ToastStack) -> None:
    button = QPushButton("Play", window)
    button.setGeometry(0, 560, 960, 40)
    button.show()
    toasts.say("Something to read.")
    assert not toasts.geometry().intersects(button.geometry())
    assert toasts.geometry().bottom() > 500

    button.move(0, toasts.y())  # it has come under the message
    toasts.tick()
    assert not toasts.geometry().intersects(button.geometry())


def test_messages_become_narrow_beside_controls(window: QWidget, toasts: ToastStack) -> None:
    button = QPushButton("Large", window)
    button.setGeometry(0, 0, 620, 600)
    button.show()
    toasts.say("A long message that says what happened and what can be done about it.")

    assert toasts.x() > 620
    assert window.rect().contains(toasts.geometry())


def test_messages_are_shown_where_there_is_no_room_at_all(window: QWidget, toasts: ToastStack) -> None:
    button = QPushButton("Larger", window)
    button.setGeometry(window.rect())
    button.show()
    toasts.say("Something to read.")

    assert window.rect().contains(toasts.geometry())


def test_the_icon_of_a_message_follows_the_theme(toasts: ToastStack, window: QWidget) -> None:
    dismiss = next(action for action in window.findChildren(QAction) if action.text() == "Dismiss")
    toasts.say("once")
    close = toasts.findChild(QPushButton, "toastClose")
    assert close is not None

    pixmap = QPixmap(8, 8)
    pixmap.fill(QColor("#123456"))
    dismiss.setIcon(QIcon(pixmap))

    assert close.icon().pixmap(8, 8).toImage().pixelColor(4, 4) == QColor("#123456")


@pytest.fixture
def button(qtbot: QtBot, window: QWidget) -> QPushButton:
    """Has the focus of a window that the user is at."""
    with qtbot.waitActive(window):
        window.activateWindow()
    button = QPushButton("Play", window)
    button.show()
    button.setFocus()
    return button


def close_button(toasts: ToastStack) -> QPushButton:
    found = toasts.findChildren(QPushButton, "toastClose")[-1]
    assert isinstance(found, QPushButton)
    return found


def test_a_message_stays_as_long_as_it_has_the_focus(toasts: ToastStack, clock: FakeClock, button: QPushButton) -> None:
    toasts.say("once")
    close_button(toasts).setFocus()
    clock.pass_seconds(1000)
    toasts.tick()
    assert toasts.messages == ("once",)

    button.setFocus()
    toasts.tick()
    assert toasts.messages == ()


def test_a_message_that_goes_gives_the_focus_back(
    qtbot: QtBot, window: QWidget, toasts: ToastStack, button: QPushButton
) -> None:
    other = QPushButton("Other", window)
    other.show()
    toasts.say("first")
    toasts.say("second")
    QWidget.setTabOrder(close_button(toasts), other)
    close_button(toasts).setFocus()

    qtbot.keyClick(close_button(toasts), Qt.Key.Key_Space)

    assert toasts.messages == ("first",)
    assert window.focusWidget() is button


@pytest.mark.parametrize("lost", ["disabled", "deleted"])
def test_the_focus_goes_to_no_control_where_the_one_before_is_gone(
    qtbot: QtBot, window: QWidget, toasts: ToastStack, button: QPushButton, lost: str
) -> None:
    other = QPushButton("Other", window)
    other.show()
    toasts.say("once")
    close_button(toasts).setFocus()
    if lost == "disabled":
        button.setEnabled(False)
    else:
        delete(button)

    toasts.dismiss()

    assert not other.hasFocus()
