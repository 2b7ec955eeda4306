"""The window in another language: nothing is left in English, and nothing is cut off."""

import ast
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTableWidget,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.language import SHIPPED, Languages, own_name, tool
from app.main_window import MainWindow
from app.places import PLACES
from app.settings import SYSTEM
from app.update_translations import APP, update
from app.view_model import Situation
from app.widgets.text import ElidedLabel
from app.words import tr
from engine.types import Activity
from tests.app.conftest import Launch
from tests.app.driving import headline, part, pick_language, setting, until
from tests.app.scripted import World, leave_session, prediction, sign_event
from tests.app.test_sessions import sessions_dialog

SHIPPED_FILES = sorted(SHIPPED.glob("*.ts"))
PLACEHOLDER = re.compile(r"\{.*?\}|%n")
WORD = re.compile(r"[A-Za-z]{2,}")
NOT_TRANSLATED = re.compile(
    r"MASA Live|CARD\.md|English|CUDA|GPU|CPU|\bfps\b|\bms\b|ELAN|JSON"  # names and units
    r"|\b(?:Ctrl|Alt|Shift|Tab|Ins|Del|Esc|Home|End)\b"  # keys
    r"|\b(?:eat|drink|but|book|bird|base|small|Front camera)\b|/\S+"  # glosses, models, cameras and folders of the test
)


def read(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every message of a .ts file: its English, and its translation in all its forms."""
    for message in ElementTree.parse(file).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        yield message.findtext("source", ""), tuple(forms)


def write(file: Path, messages: Mapping[str, str], *, plurals: Collection[str] = ()) -> None:
    """Write a .ts file by hand; singular and plural of `plurals` are the same."""
    root = ElementTree.Element("TS", version="2.1", language=file.stem)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name")
    for source, words in messages.items():
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if source in plurals else {})
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        if source in plurals:
            for _ in range(2):
                ElementTree.SubElement(translation, "numerusform").text = words
        else:
            translation.text = words
    file.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def show_much(qtbot: QtBot, window: MainWindow, world: World) -> None:
    """Let there be a sign, a correction, an explanation, a message."""
    until(qtbot, window, Situation.IDLE)
    qtbot.waitUntil(lambda: window.session.model is not None)
    world.signer.has_signed(sign_event("eat"), sign_event(None, 0.3, start_s=3))
    qtbot.waitUntil(lambda: len(window.transcript.lines) == 2)
    window.transcript.correct(window.transcript.lines[0].number, "drink")
    world.signer.does(Activity.SIGNING, prediction(("book", 0.8), ("bird", 0.1)))
    until(qtbot, window, Situation.SIGNING)
    window.ticked.emit()


def visible_words(window: MainWindow) -> Iterator[tuple[str, str]]:
    """All that the window says, to the eye and to a screen reader, and who says it."""
    yield "window title", window.windowTitle()
    for action in window.by_action.values():
        yield action.objectName(), action.text()
        yield action.objectName(), action.toolTip()
    for widget in window.centralWidget().findChildren(QWidget):
        name = f"{type(widget).__name__} {widget.objectName()}"
        for text in texts(widget):
            yield name, text


def in_english(window: MainWindow) -> list[tuple[str, str]]:
    return [told for told in visible_words(window) if WORD.search(NOT_TRANSLATED.sub("", told[1]))]


def texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield re.sub("<[^>]*>", " ", widget.text()).replace("&nbsp;", " ")
        case QComboBox():
            yield widget.placeholderText()
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QLineEdit():
            yield widget.placeholderText()
        case QTabWidget():
            yield from (widget.tabText(index) for index in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case QTableWidget():
            cells = [(row, column) for row in range(widget.rowCount()) for column in range(widget.columnCount())]
            items = [widget.horizontalHeaderItem(column) for column in range(widget.columnCount())]
            yield from (item.text() for item in [*items, *(widget.item(*cell) for cell in cells)] if item is not None)


def walk(qtbot: QtBot, window: MainWindow) -> Iterator[Action]:
    for place in PLACES:
        window.by_action[place].trigger()
        if place is Action.GO_TO_INSIDE:  # which is built bit by bit
            qtbot.waitUntil(lambda: window.centralWidget().findChild(QWidget, "motionPlot") is not None)
        yield place


@pytest.fixture(scope="module")
def lupdate() -> Path:
    if not tool("lupdate").is_file():
        pytest.skip("PySide6 came without Qt's lupdate")
    return tool("lupdate")


@pytest.mark.usefixtures("lupdate")
@pytest.mark.parametrize("file", SHIPPED_FILES, ids=lambda file: file.stem)
def test_translations_hold_the_words_of_the_window_and_no_others(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / file.name
    shutil.copyfile(file, copy)
    update(copy)
    assert dict(read(copy)) == dict(read(file)), "run `python -m app.update_translations`, then translate what is new"


def test_no_words_stand_inside_an_f_string_where_lupdate_does_not_look() -> None:
    for file in APP.rglob("*.py"):
        for string in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(string, ast.JoinedStr):
                calls = [call for call in ast.walk(string) if isinstance(call, ast.Call)]
                names = {call.func.id for call in calls if isinstance(call.func, ast.Name) and _is_literal(call)}
                assert not names & {"tr", "mark"}, f"{file.name}:{string.lineno}"


def _is_literal(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant)


@pytest.mark.parametrize("file", SHIPPED_FILES, ids=lambda file: file.stem)
def test_every_word_is_translated_and_says_what_varies(file: Path) -> None:
    assert 'type="unfinished"' not in file.read_text(encoding="utf-8")
    for source, forms in read(file):
        assert all(forms), source
        varies = sorted(set(PLACEHOLDER.findall(source)) - {"%n"})
        assert all(sorted(set(PLACEHOLDER.findall(form)) - {"%n"}) == varies for form in forms), source


def test_the_window_changes_its_language_at_once_and_remembers_it(qtbot: QtBot, launch: Launch, world: World) -> None:
    window = launch()
    show_much(qtbot, window, world)
    pick_language(qtbot, window, "zh_CN")

    assert window.place is Action.GO_TO_SETTINGS
    for place in walk(qtbot, window):
        assert in_english(window) == [], place
    window.by_action[Action.GO_TO_LIVE].trigger()
    assert headline(window) == "正在打手语"
    assert len(window.live.transcript.lines) == 2

    pick_language(qtbot, window, "en")
    window.by_action[Action.GO_TO_LIVE].trigger()
    assert headline(window) == "Signing"
    pick_language(qtbot, window, "zh_CN")
    window.close()

    again = launch()
    assert again.by_action[Action.GO_TO_LIVE].text() == "实时"


def test_a_file_is_asked_for_in_another_language(qtbot: QtBot, launch: Launch) -> None:
    window = launch()
    pick_language(qtbot, window, "zh_CN")
    window.by_action[Action.OPEN_FILE].trigger()

    dialog = part(window, QFileDialog, "openFileDialog")
    labels = {words.text().replace("&", "") for words in dialog.findChildren(QLabel)}
    assert {"查找位置：", "文件类型："} <= labels
    dialog.reject()


def test_a_round_of_practice_is_told_in_another_language(qtbot: QtBot, window: MainWindow, world: World) -> None:
    qtbot.waitUntil(lambda: window.session.model is not None)
    pick_language(qtbot, window, "zh_CN")
    window.go_to(Action.GO_TO_PRACTICE)
    window.practice.go_on()
    assert window.practice.round is not None
    for gloss in (None, "book", "bird", "eat", "drink"):  # of which at least three are wrong
        if not window.practice.round.decided:
            with qtbot.waitSignal(window.practice.changed):
                world.signer.has_signed(sign_event(gloss, start_s=1e6))
            assert in_english(window) == []
    for _ in range(4):
        window.practice.go_on()
        window.practice.see_example()
        window.practice.skip()
        assert in_english(window) == []
    window.practice.go_on()
    assert window.practice.round.finished
    assert in_english(window) == []
    window.practice.leave()
    assert in_english(window) == []


def test_what_was_recorded_is_listed_in_another_language(qtbot: QtBot, launch: Launch, world: World) -> None:
    leave_session(world, "2026-01-01")
    window = launch()
    pick_language(qtbot, window, "zh_CN")
    dialog = sessions_dialog(qtbot, window)
    said = [dialog.windowTitle(), *(text for widget in dialog.findChildren(QWidget) for text in texts(widget))]
    assert "录制时间" in said
    assert [text for text in said if WORD.search(NOT_TRANSLATED.sub("", text))] == []
    dialog.close()


def test_changing_the_language_interrupts_nothing(qtbot: QtBot, window: MainWindow, world: World) -> None:
    qtbot.waitUntil(lambda: window.session.model is not None)
    pick_language(qtbot, window, "zh_CN")

    assert len(world.sources) == 1
    assert not world.sources[0].closed
    assert len(world.loaded) == 1
    assert window.live.stage.shows_picture
    world.signer.has_signed(sign_event("eat"))
    qtbot.waitUntil(lambda: len(window.live.transcript.lines) == 1)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "languageChoice"


def test_the_system_s_language_is_taken_first(launch: Launch, world: World) -> None:
    world.languages = ("zh-Hans-SG", "zh-SG", "en")
    assert launch().by_action[Action.GO_TO_LIVE].text() == "实时"


@pytest.mark.parametrize(
    ("system", "word"),
    [(("zh-Hant-TW", "de"), "Live"), (("de", "zh-CN"), "实时"), (("en-GB", "zh-CN"), "Live"), ((), "Live")],
)
def test_the_first_language_that_there_is_a_file_for_is_taken(system: tuple[str, ...], word: str, world: World) -> None:
    languages = Languages([SHIPPED], cache=world.cache, system=system)
    languages.use(SYSTEM)
    assert tr("Live") == word
    languages.close()
    assert tr("Live") == "Live"


def test_singulars_and_plurals_are_told_apart(world: World) -> None:
    languages = Languages([SHIPPED], cache=world.cache, system=())
    languages.use("en")
    told = [tr("%n good take(s): keep the sign, or add one", "", number) for number in (1, 3)]
    languages.close()
    assert told == ["1 good take: keep the sign, or add one", "3 good takes: keep the sign, or add one"]


def test_a_language_is_added_by_adding_a_file(qtbot: QtBot, launch: Launch, world: World) -> None:
    write(world.config / "translations" / "de.ts", {"Live": "Jetzt"})
    window = launch()
    pick_language(qtbot, window, "de")
    assert window.by_action[Action.GO_TO_LIVE].text() == "Jetzt"
    assert window.by_action[Action.GO_TO_INSIDE].text() == "Inside"
    assert setting(window, "language").currentText() == "Deutsch"


@pytest.mark.parametrize("name", ["de.ts", "de.qm"])
def test_a_damaged_translation_is_refused_with_a_word(name: str, qtbot: QtBot, launch: Launch, world: World) -> None:
    file = world.config / "translations" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<TS><context>")
    window = launch()
    pick_language(qtbot, window, "de")
    assert [str(file) in message for message in window.toasts.messages] == [True]
    assert window.by_action[Action.GO_TO_LIVE].text() == "Live"


def test_a_translation_with_other_braces_does_no_harm(world: World, tmp_path: Path) -> None:
    write(tmp_path / "de.ts", {"Exported to {file}.": "Nach {datei} geschrieben."})
    languages = Languages([tmp_path], cache=world.cache, system=())
    languages.use("de")
    told = tr("Exported to {file}.", file="a.srt")
    languages.close()
    assert told == "Exported to a.srt."


def test_languages_are_called_by_their_own_names() -> None:
    assert [own_name(code) for code in ("en", "zh_CN", "tlh")] == ["English", "简体中文", "tlh"]


def test_nothing_is_cut_off_where_words_are_longer(qtbot: QtBot, launch: Launch, world: World) -> None:
    longer = {source: f"{source} {'long ' * round(0.08 * len(source))}" for source, _ in read(SHIPPED / "zh_CN.ts")}
    plurals = {source for source, _ in read(SHIPPED / "en.ts")}
    write(world.config / "translations" / "eo.ts", longer, plurals=plurals)
    window = launch()
    show_much(qtbot, window, world)
    pick_language(qtbot, window, "eo")
    window.resize(1280, 720)
    assert window.by_action[Action.GO_TO_VOCABULARY].text() == "Vocabulary long "
    for place in walk(qtbot, window):
        qtbot.waitUntil(lambda place=place: window.place is place)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not all_cut_off(window))


def all_cut_off(window: MainWindow) -> list[str]:
    return [told for told in map(cut_off, window.centralWidget().findChildren(QWidget)) if told]


def cut_off(widget: QWidget) -> str | None:
    """Return the words of a widget that is too small for them; those that are elided say all in their tooltips."""
    if not widget.isVisible() or isinstance(widget, ElidedLabel):
        return None
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.text() if widget.height() < widget.heightForWidth(widget.width()) else None
    if isinstance(widget, QLabel | QAbstractButton) and widget.text():
        return widget.text() if widget.width() < widget.sizeHint().width() - 1 else None
    return None
