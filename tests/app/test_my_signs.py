"""Signs of one's own: renamed, deleted, exported, imported, and kept whatever the disk does."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app import sign_import
from app.disk import Disk
from app.main_window import MainWindow
from app.name_dialog import NameDialog
from app.personal import PersonalSigns
from app.practice_round import Outcome
from engine.errors import UserFacingError
from engine.sources.personal_signs import PersonalFolder, PersonalSign, export_signs, import_signs
from tests.app.conftest import Launch
from tests.app.driving import part, pick_language, vocabulary
from tests.app.scripted import World, take


def test_renaming_deleting_and_taking_it_back(qtbot: QtBot, window: MainWindow, world: World) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    window.progress.add("hut", Outcome.MISSED)
    page = vocabulary(window)
    signs = page.my_signs

    signs.rename_action.trigger()
    dialog = part(window, NameDialog, "renameDialog")
    dialog.field.setText("Cabin")
    dialog.accept()
    assert window.personal.names == ("cabin",)
    assert page.gloss.text() == "cabin"
    assert set(window.progress.record) == {"cabin"}
    signs.delete_action.trigger()
    assert window.personal.names == ()
    assert window.toasts.messages[-1].startswith("Deleted: cabin.")
    assert not signs.delete_action.isEnabled()
    qtbot.waitUntil(lambda: bool(world.lessons_learned) and world.lessons_learned[-1] == ())
    signs.undo_action.trigger()

    assert window.personal.names == ("cabin",)
    assert page.gloss.text() == "cabin"
    assert not signs.undo_action.isEnabled()
    qtbot.waitUntil(lambda: [sign.name for sign in world.lessons_learned[-1]] == ["cabin"])


def test_a_name_that_a_sign_cannot_have_is_told_while_it_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    window.personal.put(PersonalSign("hat", (take(),)))
    pick_language(qtbot, window, "zh_CN")
    signs = vocabulary(window).my_signs
    signs.choose("hut")
    signs.rename_action.trigger()
    dialog = part(window, NameDialog, "renameDialog")
    assert dialog.field.text() == dialog.field.selectedText() == "hut"
    assert dialog.ok_button.isEnabled()
    for typed, told in (("hat", "hat"), ("eat", "eat"), ("?", "字母")):
        dialog.field.setText(typed)
        assert told in dialog.problem.text()
        assert "already" not in dialog.problem.text()
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)

    assert window.personal.names == ("hat", "hut")


def test_the_sign_that_is_looked_at_stays_when_another_comes_or_goes(window: MainWindow) -> None:
    page = vocabulary(window)
    page.glosses.choose("eat")

    window.personal.put(PersonalSign("hut", (take(),)))
    assert page.gloss.text() == "eat"
    window.personal.delete("hut")

    assert page.gloss.text() == "eat"


def answer(window: MainWindow, name: str, path: Path) -> None:
    """Let the file dialog of some name have its answer."""
    dialog = part(window, QFileDialog, name)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def said(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Wait until the newest message has these words."""
    qtbot.waitUntil(lambda: words in "".join(window.toasts.messages[-1:]))


def test_signs_are_exported_and_imported(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page, path = vocabulary(window), tmp_path / "mine.npz"
    page.my_signs.export_action.trigger()
    answer(window, "exportMySignsDialog", path)
    said(qtbot, window, "Exported to mine.npz.")
    window.personal.put(PersonalSign("hut", (take(), take())))  # another one by now

    page.my_signs.import_action.trigger()
    answer(window, "importMySignsDialog", path)

    said(qtbot, window, "Imported: hut 2.")
    assert window.personal.names == ("hut", "hut 2")
    assert page.gloss.text() == "hut 2"
    page.my_signs.undo_action.trigger()
    assert window.personal.names == ("hut",)
    assert len(window.personal.sign("hut").takes) == 2


def test_signs_that_are_there_already_are_not_imported_again(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.personal.put(PersonalSign("hut", (take(),)))
    page, path = vocabulary(window), tmp_path / "mine.npz"
    page.my_signs.export_action.trigger()
    answer(window, "exportMySignsDialog", path)
    said(qtbot, window, "Exported")
    window.personal.rename("hut", "cabin", glosses=())

    page.my_signs.import_action.trigger()
    answer(window, "importMySignsDialog", path)

    said(qtbot, window, "All signs of mine.npz are here already.")
    assert window.personal.names == ("cabin",), "two of the same would take probability from each other"


def test_while_signs_are_imported_none_is_changed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slowly(path: Path) -> tuple[PersonalSign, ...]:
        go_on.wait()
        return import_signs(path)

    monkeypatch.setattr(sign_import, "import_signs", slowly)
    export_signs(tmp_path / "mine.npz", (PersonalSign("hat", (take(),)),))
    window.personal.put(PersonalSign("hut", (take(), take())))
    page = vocabulary(window)
    page.my_signs.import_action.trigger()
    answer(window, "importMySignsDialog", tmp_path / "mine.npz")

    for action in (page.my_signs.delete_action, page.my_signs.import_action):
        action.trigger()
        if action is page.my_signs.import_action:
            answer(window, "importMySignsDialog", tmp_path / "mine.npz")
        assert window.toasts.messages[-1] == "Signs are being imported. Try again in a moment."
    go_on.set()
    said(qtbot, window, "Imported: hat.")

    assert window.personal.names == ("hat", "hut")


def test_signs_that_could_be_written_before_the_disk_was_full_are_there(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, room = PersonalFolder.save, iter((True, False))

    def save_while_there_is_room(folder: PersonalFolder, sign: PersonalSign) -> None:
        if not next(room):
            raise UserFacingError("Cannot write hut: No space left on device. Choose another place.")
        save(folder, sign)

    monkeypatch.setattr(PersonalFolder, "save", save_while_there_is_room)
    signs = PersonalSign("hat", (take(),)), PersonalSign("hut", (take(), take()))
    export_signs(tmp_path / "mine.npz", signs)
    page = vocabulary(window)
    page.my_signs.import_action.trigger()
    answer(window, "importMySignsDialog", tmp_path / "mine.npz")

    said(qtbot, window, "No space left")
    assert window.personal.names == ("hat",)
    page.my_signs.undo_action.trigger()
    assert window.personal.names == ()


def test_a_file_that_is_no_export_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    path.write_bytes(b"nonsense")
    vocabulary(window).my_signs.import_action.trigger()
    answer(window, "importMySignsDialog", path)

    said(qtbot, window, "is not a file of personal signs")


def test_damage_on_disk_is_told_at_the_start(launch: Launch, world: World, disk: Disk) -> None:
    PersonalSigns(world.data, disk).put(PersonalSign("hut", (take(),)))
    next(world.data.rglob("sign.json")).write_text("nonsense", encoding="utf-8")

    window = launch()

    assert "cannot be read" in window.toasts.messages[0]


def test_a_sign_that_cannot_be_written_changes_nothing(tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "personal-signs").write_text("a file where the folder should be", encoding="utf-8")
    personal = PersonalSigns(tmp_path, disk)

    with pytest.raises(UserFacingError, match="Cannot write"):
        personal.put(PersonalSign("hut", (take(),)))

    assert personal.names == ()


def test_imported_names_make_way_for_those_that_are_there(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    personal = PersonalSigns(tmp_path, disk)

    for takes, expected in enumerate(("hut 2", "hut 3"), start=1):
        export_signs(tmp_path / "mine.npz", (PersonalSign("hut", (take(),) * takes),))
        with qtbot.waitSignal(personal.imported) as imported:
            personal.take_in(tmp_path / "mine.npz", glosses=("hut",))
        assert imported.args == [expected]


def test_other_names_make_way_for_what_another_window_has_taught(qtbot: QtBot, tmp_path: Path, disk: Disk) -> None:
    window, other = PersonalSigns(tmp_path, disk), PersonalSigns(tmp_path, disk)
    window.put(PersonalSign("hat", (take(),)))
    other.put(PersonalSign("hut", (take(), take())))

    with pytest.raises(UserFacingError, match="taught 'hut' already"):
        window.rename("hat", "hut", glosses=())
    assert window.names == ("hat", "hut")

    other.put(PersonalSign("bird", (take(), take())))
    export_signs(tmp_path / "mine.npz", (PersonalSign("bird", (take(),) * 3),))
    with qtbot.waitSignal(window.done):
        window.take_in(tmp_path / "mine.npz", glosses=())
    assert window.names == ("bird", "bird 2", "hat", "hut")
