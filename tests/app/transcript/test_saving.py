"""The transcript saves itself: neither a crash nor a full disk nor a slip of the hand loses a sign."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from engine.sources.camera_spec import CameraWish
from tests.app.conftest import Launch
from tests.app.driving import button, click, press
from tests.app.scripted import World, leave_transcript, sign_event
from tests.app.transcript.driving import CONTROL, SHIFT, glosses, hear


def test_a_transcript_survives_a_crash(qtbot: QtBot, launch: Launch, world: World) -> None:
    crashed = launch()
    panel = hear(qtbot, world, crashed, sign_event("eat"), sign_event("go", start_s=3))
    crashed.transcript.correct(panel.lines[0].number, "drink")
    folder = world.data / "transcripts"
    qtbot.waitUntil(
        lambda: any(
            '"correction": "drink"' in path.read_text(encoding="utf-8") for path in folder.glob("transcript-*.json")
        )
    )
    (path,) = folder.glob("*.json")
    written = path.read_text(encoding="utf-8")
    crashed.close()
    path.write_text(written, encoding="utf-8")  # as if it had been killed there

    window = launch()
    qtbot.waitUntil(lambda: bool(window.toasts.messages))
    assert "2 signs can be brought back" in window.toasts.messages[0]
    assert window.live.transcript.lines == ()
    click(qtbot, window, "toastOffer")

    assert window.toasts.messages == ()
    assert glosses(window.live.transcript) == ["drink", "go"]
    assert not window.by_action[Action.RESTORE_TRANSCRIPT].isEnabled()


def test_a_second_window_is_not_told_that_the_first_has_crashed(qtbot: QtBot, launch: Launch, world: World) -> None:
    first = launch()
    hear(qtbot, world, first, sign_event("eat"))
    transcripts = world.data / "transcripts"
    qtbot.waitUntil(lambda: any(transcripts.glob("*.json")) and any(transcripts.glob("*.lock")))

    second = launch()

    assert second.toasts.messages == ()
    assert not second.by_action[Action.RESTORE_TRANSCRIPT].isEnabled()


def test_what_a_crash_has_left_is_offered_to_one_window_at_a_time(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_transcript(world, sign_event("eat"), closed=False)
    first = launch()
    qtbot.waitUntil(lambda: first.transcript.restorable == 1)

    second = launch()
    second.close()
    assert (second.transcript.restorable, second.toasts.messages) == (0, ())

    first.close()
    third = launch()
    qtbot.waitUntil(lambda: third.transcript.restorable == 1)


def test_after_an_orderly_end_the_last_transcript_is_offered_without_a_word(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    leave_transcript(world, sign_event("eat"))
    window = launch()
    offer = button(window, "restoreTranscriptButton")
    qtbot.waitUntil(offer.isVisible)
    assert window.toasts.messages == ()
    panel = hear(qtbot, world, window, sign_event("go"))
    assert not offer.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL | SHIFT)
    assert glosses(panel) == ["eat", "go"]
    assert panel.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert glosses(panel) == ["go"]


def test_what_was_brought_back_and_undone_can_be_brought_back_again(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_transcript(world, sign_event("eat"))
    window = launch()
    qtbot.waitUntil(lambda: window.transcript.restorable == 1)
    panel = hear(qtbot, world, window, sign_event("go"))
    press(window, Action.RESTORE_TRANSCRIPT)
    press(window, Action.RESTORE_TRANSCRIPT)  # it is there already
    assert glosses(panel) == ["eat", "go"]
    press(window, Action.UNDO)
    window.transcript.correct(panel.lines[0].number, "drink")  # nothing can be done again now

    press(window, Action.RESTORE_TRANSCRIPT)

    assert glosses(panel) == ["eat", "drink"]


def test_closing_saves_the_transcript_as_it_is(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    window.close()

    (path,) = (world.data / "transcripts").iterdir()
    saved = json.loads(path.read_text(encoding="utf-8"))

    assert saved["closed"] is True
    assert [line["gloss"] for line in saved["lines"]] == ["eat"]


def test_the_sign_that_is_under_way_while_the_window_closes_is_saved(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    world.signer.under_way = (sign_event("go", start_s=3),)
    window.close()

    (path,) = (world.data / "transcripts").iterdir()
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert [line["gloss"] for line in saved["lines"]] == ["eat", "go"]


@pytest.mark.parametrize("change", ["source", "camera"])
def test_the_sign_that_is_under_way_at_a_change_of_source_is_kept_where_it_was_made(
    qtbot: QtBot, launch: Launch, world: World, change: str
) -> None:
    window = launch()
    panel = hear(qtbot, world, window, sign_event("eat"))
    world.signer.under_way = (sign_event("go", start_s=3),)

    if change == "source":
        window.watch("demo")
    else:
        window.session.ask_cameras_for(CameraWish((1280, 720), 30))
    qtbot.waitUntil(lambda: len(panel.lines) == 2)
    hear(qtbot, world, window, sign_event("drink"))

    assert glosses(panel) == ["eat", "go", "drink"]
    assert [line.run for line in panel.lines] == [panel.lines[0].run] * 2 + [panel.lines[0].run + 1]


def test_a_damaged_transcript_is_told_and_the_window_works(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_transcript(world, sign_event("eat"))
    (path,) = (world.data / "transcripts").iterdir()
    path.write_text("{", encoding="utf-8")

    window = launch()

    qtbot.waitUntil(lambda: bool(window.toasts.messages))
    assert "damaged" in window.toasts.messages[0]
    assert not window.by_action[Action.RESTORE_TRANSCRIPT].isEnabled()
    hear(qtbot, world, window, sign_event("eat"))


def test_a_disk_that_takes_nothing_is_told_once(
    qtbot: QtBot, launch: Launch, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.data.touch()  # a file where the folder should be
    window = launch()

    hear(qtbot, world, window, sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)
    window.toasts.dismiss()
    hear(qtbot, world, window, sign_event("go", start_s=3))
    window.close()

    assert "not saved" in caplog.text
    assert window.toasts.messages == ()


def test_a_disk_that_takes_signs_again_is_a_trouble_overcome(qtbot: QtBot, launch: Launch, world: World) -> None:
    world.data.touch()
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)

    world.data.unlink()
    hear(qtbot, world, window, sign_event("go", start_s=3))

    qtbot.waitUntil(lambda: window.toasts.messages == ())


def test_a_change_of_source_and_of_model_loses_nothing(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel
) -> None:
    window.session.use_model("small")
    window.session.play("demo")
    qtbot.waitUntil(lambda: window.session.wish.name == "small" and window.session.model is not None)

    assert glosses(panel) == ["eat", None, "go"]


def test_what_a_crash_has_left_is_offered_in_full_in_the_smallest_window(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    leave_transcript(world, *[sign_event("eat", start_s=second) for second in range(100)], closed=False)
    window = launch()
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.findChild(QPushButton, "toastOffer") is not None)

    offer = button(window, "toastOffer")
    qtbot.waitUntil(lambda: offer.isVisible() and offer.width() >= offer.sizeHint().width())
