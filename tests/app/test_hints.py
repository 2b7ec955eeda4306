"""What the signer before the camera is told to do."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.view_model import Facts, Situation, status
from engine.features.hints import Hint
from engine.pipeline.listener import PipelineState
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import pick_setting, until
from tests.app.scripted import World, far_away, hands_down

NEARER = "Come nearer: your hands are too small to be read."


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers were told, in order."""
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if event.type() is QAccessible.Event.Announcement:
            told.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return told


def hint(window: MainWindow) -> str:
    return window.live.state_line.hint.text()


def test_the_signer_is_told_what_would_help_and_no_more_once_it_is_mended(
    qtbot: QtBot, launch: Launch, world: World, announced: list[str]
) -> None:
    world.pose = far_away
    window = launch()
    until(qtbot, window, Situation.IDLE)

    qtbot.waitUntil(lambda: hint(window) == NEARER)
    assert window.live.state_line.headline.text() == "Idle"
    assert NEARER in window.live.state_line.accessibleDescription()
    assert window.live.state_line.hint.property("role") == "advice"
    world.pose = hands_down

    qtbot.waitUntil(lambda: hint(window) != NEARER)
    assert window.live.state_line.hint.property("role") == "hint"
    assert announced.count(NEARER) == 1


def test_in_full_screen_the_hint_stands_above_the_sign(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.pose = far_away
    window = launch()
    window.by_action[Action.PRESENT].trigger()

    qtbot.waitUntil(lambda: NEARER in window.live.big_sign.accessibleDescription())


def test_hints_can_be_switched_off(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.pose = far_away
    window = launch()
    qtbot.waitUntil(lambda: hint(window) == NEARER)

    pick_setting(qtbot, window, "hints", str(False))

    qtbot.waitUntil(lambda: hint(window) != NEARER)
    window.close()
    again = launch()
    until(qtbot, again, Situation.IDLE)
    picture = again.live.stage.picture
    qtbot.waitUntil(lambda: picture.picture is not None and picture.picture.frame.time_ns > 3 * 10**9)
    assert hint(again) != NEARER


def test_nobody_can_step_nearer_in_a_film(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.pose = far_away
    window = launch("--source", "eat.mp4")

    until(qtbot, window, Situation.ENDED)

    assert window.session.facts.hint is None


@pytest.mark.parametrize("hint", Hint)
def test_every_hint_has_words_of_its_own(hint: Hint) -> None:
    facts = Facts(playing=True, pipeline=PipelineState.RUNNING, model="small", activity=Activity.SIGNING, hint=hint)

    assert status(facts).advises
    assert status(facts).hint != status(Facts(playing=True)).hint


def test_nobody_in_the_dark_is_not_told_of_hands() -> None:
    facts = Facts(
        playing=True, pipeline=PipelineState.RUNNING, model="small", activity=Activity.NOBODY, hint=Hint.TOO_DARK
    )

    assert "see anybody" in status(facts).hint


def test_what_is_stopped_gives_no_advice() -> None:
    assert not status(Facts(hint=Hint.TOO_FAR)).advises
