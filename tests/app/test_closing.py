"""The window is closed while something is still under way that cannot be interrupted."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import disk, sessions_dialog
from app.application import create_app, leave
from app.main_window import MainWindow
from app.view_model import Situation
from engine.sources.base import FrameSource
from engine.types import Frame, Keypoints
from tests.app.conftest import Launch
from tests.app.driving import LEFT, until, vocabulary
from tests.app.scripted import ScriptedSource, World, leave_session, make_keypoints
from tests.app.test_my_signs import answer
from tests.app.test_sessions import sessions_dialog as sessions
from tests.app.test_teaching import record

ROOT = Path(__file__).parents[2]
HANGING = """
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event
from PySide6.QtCore import QMetaObject, Qt
from app import session
from app.application import create_app, leave
from tests.app.scripted import World

def load(name, device):
    QMetaObject.invokeMethod(window, "close", Qt.ConnectionType.QueuedConnection)
    Event().wait()

session.CLOSING_S = 0.1
world = World(config=Path(sys.argv[1]), data=Path(sys.argv[1]), cache=Path(sys.argv[1]))
application, window = create_app(["main.py"], services=replace(world.services, load_model=load))
status = application.exec()
print("closed")
leave(window, 3)
print("the interpreter comes to its end")
"""


class UntrackedSource(ScriptedSource):
    """A camera whose pictures need an extractor, as those of real cameras do."""

    def __iter__(self) -> Iterator[Frame]:
        for frame in super().__iter__():
            yield replace(frame, keypoints=None)


@dataclass
class SlowExtractor:
    """Is made as slowly as the test says."""

    being_made: Event
    may_come: Event
    closed: bool = False

    def make(self) -> "SlowExtractor":
        self.being_made.set()
        assert self.may_come.wait(10)
        return self

    def __call__(self, frame: Frame) -> Keypoints:
        return make_keypoints(frame.time_ns)

    def close(self) -> None:
        self.closed = True


def test_closing_waits_for_a_model_that_is_being_loaded(
    qtbot: QtBot, launch: Launch, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.models_may_load.clear()
    window = launch("--source", "camera:0")
    qtbot.waitUntil(lambda: window.session.facts.model_loading and window.session.facts.playing)

    monkeypatch.setattr(window, "hide", world.models_may_load.set)  # the last thing before threads are waited for
    window.close()

    assert window.threads_ended
    assert window.session.model is None
    assert all(source.closed for source in world.sources if source.opened)


def test_closing_waits_for_an_extractor_that_is_being_made(
    qtbot: QtBot, qapp: QApplication, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractor = SlowExtractor(Event(), Event())

    def open_source(spec: str) -> FrameSource:
        world.sources.append(UntrackedSource(spec, live=True, clock=world.clock, pose=make_keypoints))
        return world.sources[-1]

    services = replace(world.services, open_source=open_source, make_extractor=extractor.make)
    _, window = create_app(["main.py", "--source", "camera:0"], services=services)
    qtbot.addWidget(window)
    qtbot.waitUntil(extractor.being_made.is_set)

    monkeypatch.setattr(window, "hide", extractor.may_come.set)
    window.close()

    assert window.threads_ended
    assert extractor.closed
    assert all(source.closed for source in world.sources if source.opened)


def test_a_slow_export_holds_up_nothing_that_is_kept(
    qtbot: QtBot, launch: Launch, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()
    others = set(enumerate_threads())
    monkeypatch.setattr(sessions_dialog, "export_session", lambda *_: may_end.wait())
    monkeypatch.setattr(disk, "CLOSING_S", 0.1)
    leave_session(world, "long")
    window = launch()
    until(qtbot, window, Situation.IDLE)
    dialog = sessions(qtbot, window)
    dialog.export_button.click()
    answer(window, "exportSessionDialog", tmp_path / "copy.npz")
    dialog.close()
    with qtbot.waitActive(window):
        window.activateWindow()

    page = vocabulary(window)
    qtbot.mouseClick(page.my_signs.teach_button, LEFT)
    record(qtbot, window, page, world)
    qtbot.waitUntil(lambda: len(list(world.data.glob("sign-being-taught*.npz"))) == 1)
    window.transcript.export(tmp_path / "signs.srt")
    qtbot.waitUntil((tmp_path / "signs.srt").exists)
    window.close()

    assert not window.threads_ended
    may_end.set()
    for thread in set(enumerate_threads()) - others:  # so soon, even what is quick may not have ended
        thread.join()


def test_the_process_ends_at_once_where_a_thread_cannot_be_interrupted(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", HANGING, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert ended.stdout.split("\n") == ["closed", ""]
    assert "terminate" not in ended.stderr
    assert ended.returncode == 3


def test_the_process_goes_on_where_all_threads_have_ended(launch: Launch) -> None:
    window: MainWindow = launch()
    window.close()

    assert leave(window, 3) == 3
