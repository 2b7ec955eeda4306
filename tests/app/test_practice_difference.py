"""What Practice says of how a sign differed from its example."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.bridge import News
from app.main_window import MainWindow
from app.practice import GO_ON_NS, READ_NS
from app.settings import Hand
from engine.joints import RIGHT_HAND, RIGHT_WRIST
from engine.recognition.memory import RecordedSign
from engine.recognition.mirroring import mirrored_clip
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import SignEvent
from tests.app.driving import LATER_S, asked
from tests.app.practising import begin, wait
from tests.app.scripted import World, sign_event
from tests.engine.recognition.test_prototype_difference import two_handed


def recorded(event: SignEvent, prototype: Prototype) -> RecordedSign:
    """The sign with the right hand too high near its end."""
    motion = prototype.joints.copy()
    for joint in (*range(RIGHT_HAND.start, RIGHT_HAND.stop), RIGHT_WRIST):
        motion[2 * len(motion) // 3 :, joint, 1] -= 0.9
    return RecordedSign(event, place_prototype(replace(prototype, joints=motion), (640, 480)))


@pytest.mark.parametrize("hand", Hand)
def test_what_differed_is_told_in_a_sentence(
    qtbot: QtBot, window: MainWindow, world: World, monkeypatch: pytest.MonkeyPatch, hand: Hand
) -> None:
    prototype = Prototype("eat", two_handed(), 25.0)
    monkeypatch.setattr(window.examples, "motion", lambda gloss: prototype)
    window.settings.change(dominant_hand=hand)
    page = begin(qtbot, window)
    event = sign_event(asked(window), start_s=LATER_S)
    sign = recorded(event, prototype)
    if hand is Hand.LEFT:
        sign = replace(sign, clip=mirrored_clip(sign.clip))

    window.practice.hear(News(sign=sign, events=(event,)))

    assert page.prompt.difference.text() == f"Your {hand} hand was higher than in the example near the end."
    assert page.prompt.difference.isVisible()
    assert window.practice.round is not None
    wait(window, world, GO_ON_NS)
    assert window.practice.round.number == 1, "there is something to read"
    wait(window, world, READ_NS)
    assert window.practice.round.number == 2
    assert page.prompt.difference.text() == ""
