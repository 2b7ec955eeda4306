"""Signs are spoken. Programmes are really started here: small ones that note down what they are told to speak."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions import Action
from app.main_window import MainWindow
from app.transcript.speech import COMMANDS, CommandSpeaker, SpeechCommand, command_speaker, find_speaker
from tests.app.conftest import Launch
from tests.app.scripted import World, sign_event
from tests.app.transcript.driving import CONTROL, hear

NOTE_STANDARD_INPUT = "import sys; open({note!r}, 'a', encoding='utf-8').write(sys.stdin.buffer.read().decode() + '|')"
NOTE_ARGUMENT = "import sys; open({note!r}, 'a', encoding='utf-8').write(sys.argv[-1] + '|')"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "spoken"


@pytest.mark.parametrize(("programme", "reads_text"), [(NOTE_STANDARD_INPUT, True), (NOTE_ARGUMENT, False)])
def test_a_programme_speaks_and_only_the_newest_waits(
    qtbot: QtBot, note: Path, programme: str, reads_text: bool
) -> None:
    command = SpeechCommand("voice", ("-c", programme.format(note=str(note))), reads_text)
    speaker = command_speaker([command], lambda _name: sys.executable)
    assert speaker is not None

    for words in ("thank you", "never heard", "$(touch été); 'quoted'"):
        speaker.say(words)

    qtbot.waitUntil(lambda: not speaker.speaking)
    assert note.read_text(encoding="utf-8") == "thank you|$(touch été); 'quoted'|"


def test_silence_is_at_once(qtbot: QtBot, note: Path) -> None:
    waits = SpeechCommand(
        "voice", ("-c", f"input(); open({str(note)!r}, 'w'); import threading; threading.Event().wait()"), True
    )
    speaker = CommandSpeaker(sys.executable, waits)
    speaker.say("a\n")
    speaker.say("b\n")
    qtbot.waitUntil(note.exists)

    speaker.stop()

    assert not speaker.speaking


def test_a_programme_that_is_gone_is_a_line_in_the_log(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    speaker = CommandSpeaker(str(tmp_path / "gone"), COMMANDS[0])

    speaker.say("eat")

    qtbot.waitUntil(lambda: "spd-say failed to speak" in caplog.text)
    assert not speaker.speaking


class QtVoice:
    """Stands for Qt's own speech, which is not installed with us."""

    engines: ClassVar[list[str]] = ["mock", "flite"]
    done: ClassVar[list[str]] = []

    @classmethod
    def availableEngines(cls) -> list[str]:  # noqa: N802 (Qt's name)
        return cls.engines

    def say(self, words: str) -> None:
        self.done.append(words)

    def stop(self) -> None:
        self.done.append("silence")


def test_the_speech_of_qt_is_preferred_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", SimpleNamespace(QTextToSpeech=QtVoice))
    speaker = find_speaker()
    assert speaker is not None

    speaker.say("eat")
    speaker.stop()

    assert QtVoice.done == ["eat", "silence"]


def test_a_qt_without_a_voice_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", SimpleNamespace(QTextToSpeech=QtVoice))
    monkeypatch.setattr(QtVoice, "engines", ["mock"])
    monkeypatch.setattr("shutil.which", lambda _name: None)

    assert find_speaker() is None


def test_the_first_programme_that_is_there_is_used_and_none_is_fine() -> None:
    asked: list[str] = []

    def find(name: str) -> str | None:
        asked.append(name)
        return "/bin/say" if name == "say" else None

    assert command_speaker(COMMANDS, find) is not None
    assert asked == ["spd-say", "say"]
    assert command_speaker(COMMANDS, lambda _name: None) is None


# In the window


def test_signs_are_spoken_once_that_is_wanted(qtbot: QtBot, world: World, window: MainWindow) -> None:
    hear(qtbot, world, window, sign_event("eat"))
    assert world.speaker is not None
    assert world.speaker.said == []

    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)
    hear(qtbot, world, window, sign_event("go", start_s=3), sign_event(None, start_s=5))
    assert world.speaker.said == ["go"]

    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)
    assert world.speaker.silenced == 1
    hear(qtbot, world, window, sign_event("fish", start_s=7))
    assert world.speaker.said == ["go"]


def test_without_a_voice_the_action_says_why_it_is_off(launch: Launch, world: World) -> None:
    world.speaker = None
    window = launch()

    speak = window.by_action[Action.SPEAK_SIGNS]

    assert not speak.isEnabled()
    assert "no voice" in speak.toolTip()
