"""The transcript as its user meets it: signs come in, keys and mouse edit them, files take them away."""

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.transcript.panel import TranscriptPanel
from engine.types import SignEvent
from tests.app.conftest import Launch
from tests.app.scripted import World, leave_transcript, sign_event

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
VOCABULARY = ("eat", "drink", "fish", "go", "thank you")


def hear(qtbot: QtBot, world: World, window: MainWindow, *events: SignEvent) -> TranscriptPanel:
    """Let signs come in, and the keyboard go to the first of them."""
    before = len(window.live.transcript.lines)
    world.signer.has_signed(*events)
    panel = window.live.transcript
    qtbot.waitUntil(lambda: len(panel.lines) == before + len(events))
    panel.table.setFocus()
    panel.table.go_to(0)
    return panel


@pytest.fixture
def window(qtbot: QtBot, launch: Launch, world: World) -> MainWindow:
    world.glosses = VOCABULARY
    window = launch()
    qtbot.waitUntil(lambda: window.transcript.vocabulary == VOCABULARY)
    return window


@pytest.fixture
def panel(qtbot: QtBot, world: World, window: MainWindow) -> TranscriptPanel:
    """Three signs, the second of which was not recognised."""
    return hear(
        qtbot, world, window, sign_event("eat", 0.6), sign_event(None, 0.4, start_s=3), sign_event("go", start_s=5)
    )


def glosses(panel: TranscriptPanel) -> list[str | None]:
    return [line.entry.gloss for line in panel.lines]


def click_row(qtbot: QtBot, panel: TranscriptPanel, row: int, button: Qt.MouseButton = LEFT) -> QPoint:
    panel.table.scrollTo(panel.model.index(row, 1))
    place = panel.table.visualRect(panel.model.index(row, 1)).center()
    qtbot.mouseClick(panel.table.viewport(), button, pos=place)
    return place


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton), name
    qtbot.mouseClick(button, LEFT)


# Correcting


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Return, Key.Key_Enter])
def test_a_sign_is_corrected_from_its_candidates_by_keyboard(qtbot: QtBot, panel: TranscriptPanel, key: Qt.Key) -> None:
    qtbot.keyClick(panel.table, key)
    assert panel.editor.isVisible()
    assert [(one.gloss, one.reason) for one in panel.editor.offered[:3]] == [
        ("eat", "now, 60 %"),
        ("drink", "30 %"),
        ("fish", ""),
    ]

    qtbot.keyClick(panel.editor.field, Key.Key_Down)
    assert panel.editor.field.accessibleDescription() == "Enter takes drink 30 %"
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert not panel.editor.isVisible()
    assert glosses(panel) == ["drink", None, "go"]


def test_a_sign_is_corrected_by_mouse(qtbot: QtBot, panel: TranscriptPanel) -> None:
    place = click_row(qtbot, panel, 1)
    qtbot.mouseDClick(panel.table.viewport(), LEFT, pos=place)
    suggestions = panel.editor.list
    qtbot.mouseClick(suggestions.viewport(), LEFT, pos=suggestions.visualRect(suggestions.model().index(1, 0)).center())

    assert glosses(panel) == ["eat", "drink", "go"]


def test_another_gloss_is_written_with_the_help_of_the_vocabulary(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "than")
    assert [one.gloss for one in panel.editor.offered] == ["than", "thank you"]
    qtbot.keyClick(panel.editor.field, Key.Key_Down)
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    qtbot.keyClick(panel.table, Key.Key_Down)
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "My Own Sign")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["thank you", "my own sign", "go"]


def test_escape_gives_up(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "drink")
    qtbot.keyClick(panel.editor.field, Key.Key_Escape)

    assert not panel.editor.isVisible()
    assert glosses(panel) == ["eat", None, "go"]
    assert not window.by_action[Action.UNDO].isEnabled()


def test_a_sign_that_comes_in_while_another_is_corrected_does_not_disturb(
    qtbot: QtBot, world: World, panel: TranscriptPanel
) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    world.signer.has_signed(sign_event("fish", start_s=0.2))
    qtbot.waitUntil(lambda: len(panel.lines) == 4)
    qtbot.keyClicks(panel.editor.field, "drink")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["fish", "drink", None, "go"]


# Deleting, inserting, undoing


def test_chosen_signs_are_deleted_and_brought_back(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_Down, SHIFT)
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert glosses(panel) == ["go"]

    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert glosses(panel) == []

    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL)
    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL)
    assert glosses(panel) == ["eat", None, "go"]

    qtbot.keyClick(panel.table, Key.Key_Z, CONTROL | SHIFT)
    assert glosses(panel) == ["go"]
    assert window.by_action[Action.REDO].text() == "Redo deletion"


def test_a_missed_sign_is_inserted_after_the_current_one(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_Insert)
    qtbot.keyClicks(panel.editor.field, "fish")
    qtbot.keyClick(panel.editor.field, Key.Key_Return)

    assert glosses(panel) == ["eat", "fish", None, "go"]
    assert panel.table.chosen == [1]


def test_keys_of_the_list_mean_nothing_elsewhere(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    window.toolbar.source.setFocus()
    for key in (Key.Key_Delete, Key.Key_Insert, Key.Key_F2):
        qtbot.keyClick(window.toolbar.source, key)

    assert glosses(panel) == ["eat", None, "go"]
    assert not panel.editor.isVisible()


def test_keys_of_a_text_field_stay_in_the_field(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_F2)
    qtbot.keyClicks(panel.editor.field, "fishx")
    qtbot.keyClick(panel.editor.field, Key.Key_Backspace)
    qtbot.keyClick(panel.editor.field, Key.Key_Home)
    qtbot.keyClick(panel.editor.field, Key.Key_Delete)
    qtbot.keyClick(panel.editor.field, Key.Key_Z, CONTROL)

    assert len(panel.lines) == 3
    assert panel.editor.isVisible()
    panel.editor.close()


def test_clearing_is_undone_with_a_button_and_loses_nothing_that_came_since(
    qtbot: QtBot, world: World, window: MainWindow, panel: TranscriptPanel
) -> None:
    press(qtbot, window, "clearTranscriptButton")
    assert panel.lines == ()
    hear(qtbot, world, window, sign_event("fish", start_s=9))

    press(qtbot, window, "undoButton")

    assert glosses(panel) == ["eat", None, "go", "fish"]


def test_the_menu_does_it_all(qtbot: QtBot, window: MainWindow, panel: TranscriptPanel) -> None:
    place = click_row(qtbot, panel, 1, RIGHT)
    panel.table.customContextMenuRequested.emit(place)
    assert panel.menu.isVisible()
    window.by_action[Action.DELETE_SIGNS].trigger()
    panel.menu.close()
    assert glosses(panel) == ["eat", "go"]

    press(qtbot, window, "moreTranscriptButton")
    assert panel.menu.isVisible()
    menu = window.findChild(QMenu, "transcriptMenu")
    assert menu is panel.menu
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(window.by_action[Action.UNDO]).center())

    assert glosses(panel) == ["eat", None, "go"]


def test_the_keyboard_copies_what_is_chosen(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == "0:01\teat\t60 %\n"


# Export


def export(qtbot: QtBot, window: MainWindow, path: Path, *, kind: str | None = None) -> None:
    qtbot.keyClick(window, Key.Key_E, CONTROL)
    dialog = window.findChild(QFileDialog, "exportDialog")
    assert isinstance(dialog, QFileDialog)
    if kind is not None:
        chosen = next(name for name in dialog.nameFilters() if kind in name)
        dialog.selectNameFilter(chosen)
        dialog.filterSelected.emit(chosen)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    with qtbot.waitActive(window):  # the next keys are meant for the window
        window.activateWindow()


def test_an_export_keeps_the_corrections(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    window.transcript.correct(panel.lines[0].number, "drink")
    for name in ("signs.srt", "signs.vtt", "signs.eaf", "signs.csv", "signs.json"):
        export(qtbot, window, tmp_path / name)
        said = f"Exported to {name}."
        qtbot.waitUntil(lambda said=said: said in window.toasts.messages)  # type: ignore[misc]
        assert "drink" in (tmp_path / name).read_text(encoding="utf-8")

    first, *_ = json.loads((tmp_path / "signs.json").read_text(encoding="utf-8"))
    assert (first["gloss"], first["recognised"], first["standing"]) == ("drink", "eat", "corrected")


def test_a_name_without_a_suffix_gets_that_of_the_format(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    export(qtbot, window, tmp_path / "signs", kind="ELAN")

    qtbot.waitUntil((tmp_path / "signs.eaf").exists)
    assert len(panel.lines) == 3


def test_an_export_that_fails_is_told_and_loses_nothing(
    qtbot: QtBot, window: MainWindow, panel: TranscriptPanel, tmp_path: Path
) -> None:
    export(qtbot, window, tmp_path / "signs.docx")
    qtbot.waitUntil(lambda: len(window.toasts.messages) == 1)
    assert ".srt" in window.toasts.messages[0]

    (tmp_path / "file").touch()
    window.transcript.export(tmp_path / "file" / "signs.srt")

    qtbot.waitUntil(lambda: "Cannot write" in window.toasts.messages[-1])
    assert len(panel.lines) == 3
    assert (tmp_path / "file").read_bytes() == b""


# Saved by itself


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
    press(qtbot, window, "toastOffer")

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
    offer = window.findChild(QPushButton, "restoreTranscriptButton")
    assert isinstance(offer, QPushButton)
    qtbot.waitUntil(offer.isVisible)
    assert window.toasts.messages == ()
    panel = hear(qtbot, world, window, sign_event("go"))
    assert not offer.isVisible()

    qtbot.keyClick(window, Key.Key_R, CONTROL | SHIFT)
    assert glosses(panel) == ["eat", "go"]

    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert glosses(panel) == ["go"]


def test_closing_saves_the_transcript_as_it_is(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    window.close()

    (path,) = (world.data / "transcripts").iterdir()
    saved = json.loads(path.read_text(encoding="utf-8"))

    assert saved["closed"] is True
    assert [line["gloss"] for line in saved["lines"]] == ["eat"]


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


# Speech


def test_signs_are_spoken_once_that_is_wanted(qtbot: QtBot, world: World, window: MainWindow) -> None:
    hear(qtbot, world, window, sign_event("eat"))
    assert world.speaker is not None
    assert world.speaker.said == []

    qtbot.keyClick(window, Key.Key_T, CONTROL)
    hear(qtbot, world, window, sign_event("go", start_s=3), sign_event(None, start_s=5))
    assert world.speaker.said == ["go"]

    qtbot.keyClick(window, Key.Key_T, CONTROL)
    assert world.speaker.silenced == 1
    hear(qtbot, world, window, sign_event("fish", start_s=7))
    assert world.speaker.said == ["go"]


def test_without_a_voice_the_action_says_why_it_is_off(launch: Launch, world: World) -> None:
    world.speaker = None
    window = launch()

    speak = window.by_action[Action.SPEAK_SIGNS]

    assert not speak.isEnabled()
    assert "no voice" in speak.toolTip()


# What is in sight


def test_home_and_end_go_to_the_first_and_to_the_last_sign(qtbot: QtBot, panel: TranscriptPanel) -> None:
    qtbot.keyClick(panel.table, Key.Key_End)
    assert panel.table.chosen == [2]
    qtbot.keyClick(panel.table, Key.Key_Home)
    assert panel.table.chosen == [0]


def newest_is_in_sight(panel: TranscriptPanel) -> bool:
    last = panel.table.visualRect(panel.model.index(len(panel.lines) - 1, 1))
    return panel.table.viewport().rect().contains(last.center())


def is_in_sight(panel: TranscriptPanel, row: int) -> bool:
    return panel.table.viewport().rect().contains(panel.table.visualRect(panel.model.index(row, 1)))


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Delete])
def test_what_is_undone_or_done_again_is_brought_into_sight(
    qtbot: QtBot, world: World, window: MainWindow, key: Key
) -> None:
    panel = hear(qtbot, world, window, *[sign_event("eat", start_s=second) for second in range(40)])
    qtbot.waitUntil(lambda: panel.table.verticalScrollBar().maximum() > 0)
    panel.table.go_to(3)
    qtbot.keyClick(panel.table, key)
    if key == Key.Key_Return:
        qtbot.keyClicks(panel.editor.field, "fish")
        qtbot.keyClick(panel.editor.field, Key.Key_Return)
    edited = glosses(panel)
    redone = 3 if key == Key.Key_Return else 2
    for modifiers, lines, row in ((CONTROL, ["eat"] * 40, 3), (CONTROL | SHIFT, edited, redone)):
        panel.table.go_to(len(panel.lines) - 1)
        assert not is_in_sight(panel, 3)

        qtbot.keyClick(window, Key.Key_Z, modifiers)

        assert glosses(panel) == lines
        qtbot.waitUntil(partial(is_in_sight, panel, row))
        assert panel.table.chosen == [len(panel.lines) - 1]


@pytest.mark.parametrize("left_before", [0, 2])
def test_what_is_brought_back_after_clearing_shows_the_newest_and_follows_it(
    qtbot: QtBot, launch: Launch, world: World, left_before: int
) -> None:
    leave_transcript(world, *[sign_event("eat", start_s=second) for second in range(left_before)])
    window = launch()
    qtbot.waitUntil(lambda: window.transcript.restorable == left_before)
    panel = window.live.transcript
    world.signer.has_signed(*[sign_event("eat", start_s=second) for second in range(30)])
    qtbot.waitUntil(lambda: len(panel.lines) == 30)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_End)
    qtbot.keyClick(panel.table, Key.Key_A, CONTROL)

    qtbot.keyClick(window, Key.Key_L, CONTROL)
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))
    world.signer.has_signed(sign_event("drink", start_s=40))

    qtbot.waitUntil(lambda: len(panel.lines) == 31)
    qtbot.waitUntil(lambda: newest_is_in_sight(panel))


def test_what_a_crash_has_left_is_offered_in_full_in_the_smallest_window(
    qtbot: QtBot, launch: Launch, world: World
) -> None:
    leave_transcript(world, *[sign_event("eat", start_s=second) for second in range(100)], closed=False)
    window = launch()
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.findChild(QPushButton, "toastOffer") is not None)

    offer = window.findChild(QPushButton, "toastOffer")
    assert isinstance(offer, QPushButton)
    qtbot.waitUntil(lambda: offer.isVisible() and offer.width() >= offer.sizeHint().width())


def test_an_export_begins_among_the_users_documents_and_in_their_language(
    qtbot: QtBot, world: World, launch: Launch
) -> None:
    world.languages = ("zh-Hans-CN",)
    window = launch()
    hear(qtbot, world, window, sign_event("eat"))
    window.by_action[Action.EXPORT_TRANSCRIPT].trigger()
    dialog = window.findChild(QFileDialog, "exportDialog")
    assert isinstance(dialog, QFileDialog)

    assert dialog.directory() != QDir.current()
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型："
    dialog.reject()
