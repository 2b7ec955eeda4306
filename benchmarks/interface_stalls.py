"""How long the interface thread is busy without answering, offscreen, with the model and the networks of every day.

    python -m benchmarks.interface_stalls [--source demo] [--model M] [--other-model M] [--seconds 20]

Goes through what users do and prints for each journey the longest turn of the event loop in CPU time of the interface
thread, where it was spent, and the files that were opened meanwhile. Then, what may wait: there should be nothing.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog

from app.actions import Action, text_of
from app.application import create_app, leave
from app.language import ENGLISH
from app.main_window import MainWindow
from app.places import PLACES
from app.sessions_dialog import SessionsDialog
from app.settings import Recorded, ThemeChoice
from benchmarks.apart import services_apart
from benchmarks.bad_input import command_line, run
from benchmarks.watchdog import Watchdog
from engine.commands.arguments import positive_integer
from engine.models.folder import resolve_model

GOAL_MS = 50
RECORDING_S = 2.0


def main() -> int:
    """Measure; returns 1 where the goal is missed."""
    parser = command_line(__doc__)
    parser.add_argument("--source", default="demo")
    parser.add_argument("--model", default="wlasl100")
    parser.add_argument("--other-model", default="wlasl300")
    parser.add_argument(
        "--seconds", type=positive_integer, default=20, help="how long to watch signs (default: %(default)s)"
    )
    arguments = parser.parse_args()
    for model in (arguments.model, arguments.other_model):
        resolve_model(
            model
        )  # the window would say that there is none and stay as it is, and the journeys wait for ever
    with services_apart() as services, tempfile.TemporaryDirectory() as folder:
        _, window = create_app(["main.py", "--source", arguments.source, "--model", arguments.model], services=services)
        with Watchdog() as watchdog:
            journeys = _journeys(window, Path(folder), arguments)
            for name, journey in journeys.items():
                with watchdog.during(name):
                    journey()
                _report(watchdog, name)
        window.close()
    for wait in watchdog.waits:
        print(f"may wait: {wait}")
    missed = any(turn.cpu_ms > GOAL_MS for turn in watchdog.turns if turn.during) or bool(watchdog.waits)
    return leave(window, int(missed))


def _report(watchdog: Watchdog, name: str) -> None:
    turn = watchdog.longest(name)
    files = ", ".join(Path(path).name for path in watchdog.opened.get(name, ()))
    print(f"{name:28}{turn.cpu_ms:7.1f} ms  {turn.where:56}  {files[:60]}", flush=True)


def _journeys(window: MainWindow, folder: Path, arguments: argparse.Namespace) -> dict[str, Callable[[], None]]:
    def loaded(model: str) -> bool:
        return window.session.model is not None and window.session.model.name == model

    def watch() -> None:
        end = time.monotonic() + arguments.seconds
        _until(lambda: time.monotonic() > end and bool(window.transcript.lines))

    def switch_model() -> None:
        window.session.use_model(arguments.other_model)
        _until(lambda: loaded(arguments.other_model))

    def replay() -> None:
        window.by_action[Action.REPLAY].trigger()
        _until(lambda: window.review.newest.explanation is not None or window.review.newest.failed)
        window.by_action[Action.REPLAY].trigger()

    def change_language(code: str, place: Action) -> None:
        """Let another language arrive while a place is shown: whoever chose it may have left the settings already."""
        window.go_to(place)
        former = set(window.places.pages)
        window.settings.change(language=code)
        _until(lambda: former.isdisjoint(window.places.pages))

    def record(recorded: Recorded) -> None:
        window.settings.change(recorded=recorded)
        window.by_action[Action.RECORD].trigger()
        end = time.monotonic() + RECORDING_S
        _until(lambda: time.monotonic() > end)
        kept: list[str] = []
        window.recording.recorded.connect(kept.append)
        window.by_action[Action.RECORD].trigger()
        _until(lambda: bool(kept))

    def trigger(*actions: Action) -> Callable[[], None]:
        def triggered() -> None:
            for action in actions:
                window.by_action[action].trigger()
                QApplication.processEvents()

        return triggered

    def go_to(place: Action) -> Callable[[], None]:
        return lambda: window.go_to(place)

    def show(action: Action) -> Callable[[], None]:
        def shown() -> None:
            window.by_action[action].trigger()
            QApplication.processEvents()
            for dialog in window.findChildren(QDialog):
                dialog.close()

        return shown

    def list_sessions() -> None:
        window.by_action[Action.SESSIONS].trigger()
        (dialog,) = window.findChildren(SessionsDialog)
        _until(lambda: bool(dialog.names))
        dialog.close()

    return (
        {"start": lambda: _until(lambda: loaded(arguments.model)), "watch signs": watch, "replay": replay}
        | {f"first time in {place.value[4:]}": go_to(place) for place in PLACES}
        | {f"again in {place.value[4:]}": go_to(place) for place in PLACES}
        | {f"{theme} colours": lambda theme=theme: window.settings.change(theme=theme) for theme in ThemeChoice}
        | {"larger text": lambda: window.settings.change(text_percent=130), "switch model": switch_model}
        | {spec.value: show(spec) for spec in (Action.SHOW_SHORTCUTS, Action.SHOW_LOG, Action.EXPORT_TRANSCRIPT)}
        | {
            "export": lambda: window.transcript.export(folder / "signs.srt"),
            "full screen": trigger(Action.PRESENT),
            "back from full screen": trigger(Action.PRESENT),
        }
        | {
            f"{code} in {text_of(place)}": lambda code=code, place=place: change_language(code, place)
            for place in (Action.GO_TO_SETTINGS, Action.GO_TO_LIVE)
            for code in ("zh_CN", ENGLISH)
        }
        | {f"record {recorded}": lambda recorded=recorded: record(recorded) for recorded in Recorded}
        | {
            "sessions": list_sessions,
            "copy": trigger(Action.COPY_TRANSCRIPT),
            "clear and undo": trigger(Action.CLEAR_TRANSCRIPT, Action.UNDO),
            "plot": trigger(Action.PLOT, Action.PLOT),
            "message": lambda: window.tell("Something to read."),
            "stop and start": trigger(Action.START_STOP, Action.START_STOP),
            "demo": trigger(Action.SHOW_DEMO),
        }
    )


def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    run(main)
