"""Speaking signs with whatever voice this computer has; without one, silence."""

import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Protocol

from PySide6.QtCore import QProcess

from app.words import mark

log = logging.getLogger(__name__)

NO_SPEECH: Final = (
    mark("Not here: no voice was found on this computer: on Linux install speech-dispatcher (spd-say).")
    if sys.platform.startswith("linux")
    else mark("Not here: no voice was found on this computer.")
)
"""Why there is no speaker, to be said in a tooltip."""

_READ_STANDARD_INPUT: Final = (
    "Add-Type -AssemblyName System.Speech;"
    "[Console]::InputEncoding = [Text.Encoding]::UTF8;"
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


class Speaker(Protocol):
    """Says words aloud without making anybody wait."""

    def say(self, words: str) -> None:
        """Begin to speak; of what is said while something is being spoken, only the newest is heard."""

    def stop(self) -> None:
        """Be silent."""


@dataclass(frozen=True, slots=True)
class SpeechCommand:
    """A programme that speaks one text and ends.

    Attributes:
        programme: its name, to be found on the path.
        arguments: what goes before the text.
        reads_text: the text goes to its standard input, not behind the arguments.
    """

    programme: str
    arguments: tuple[str, ...]
    reads_text: bool


COMMANDS: Final = (
    SpeechCommand("spd-say", ("--wait", "--"), reads_text=False),
    SpeechCommand("say", (), reads_text=True),
    SpeechCommand("powershell", ("-NoProfile", "-NonInteractive", "-Command", _READ_STANDARD_INPUT), reads_text=True),
)
"""Speech Dispatcher on Linux, macOS's own command, Windows' speech interface."""


def find_speaker() -> Speaker | None:
    """Return Qt's speech where it is installed and has a voice, otherwise the system's command; None without any."""
    return _qt_speaker() or command_speaker(COMMANDS, shutil.which)


def command_speaker(commands: Sequence[SpeechCommand], find: Callable[[str], str | None]) -> "CommandSpeaker | None":
    """Return a speaker that uses the first of these commands that `find` knows the path of."""
    for command in commands:
        path = find(command.programme)
        if path is not None:
            return CommandSpeaker(path, command)
    return None


class CommandSpeaker:
    """Starts a programme for each text, one at a time, without a shell."""

    def __init__(self, path: str, command: SpeechCommand) -> None:
        self._command = command
        self._next: str | None = None
        self._process = QProcess()
        self._process.setProgram(path)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._go_on)
        self._process.errorOccurred.connect(self._fail)

    @property
    def speaking(self) -> bool:
        """The programme runs."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def say(self, words: str) -> None:
        if self.speaking:
            self._next = words
        else:
            self._start(words)

    def stop(self) -> None:
        self._next = None
        if self.speaking:
            self._process.kill()
            self._process.waitForFinished(1000)

    def _start(self, words: str) -> None:
        arguments = list(self._command.arguments)
        self._process.setArguments(arguments if self._command.reads_text else [*arguments, words])
        self._process.start()
        if self._command.reads_text:
            self._process.write(words.encode())
        self._process.closeWriteChannel()

    def _go_on(self) -> None:
        words, self._next = self._next, None
        if words is not None:
            self._start(words)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is not QProcess.ProcessError.FailedToStart:
            return  # it was told to be silent
        self._next = None
        log.warning("%s failed to speak: %s", self._command.programme, self._process.errorString())


class QtSpeaker:
    """Speaks with Qt's own speech."""

    def __init__(self, voice: Any) -> None:
        self._voice = voice

    def say(self, words: str) -> None:
        self._voice.say(words)  # what was being spoken makes way

    def stop(self) -> None:
        self._voice.stop()


def _qt_speaker() -> QtSpeaker | None:
    # A part of PySide6 that we do not ask for; whoever has it installed hears better voices.
    try:
        speech = import_module("PySide6.QtTextToSpeech").QTextToSpeech
    except ImportError:
        return None
    if not set(speech.availableEngines()) - {"mock"}:
        return None
    return QtSpeaker(speech())
