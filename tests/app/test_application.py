import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import application
from app.application import create_app, report_defects_to, run
from app.main_window import MainWindow
from engine.errors import UserFacingError
from tests.app.conftest import Launch
from tests.app.scripted import World

ROOT = Path(__file__).parents[2]


def test_a_source_that_names_nothing_is_refused_before_a_window_is_there(world: World) -> None:
    with pytest.raises(UserFacingError, match=r"nothing\.txt is not there"):
        create_app(["main.py", "--source", "nothing.txt"], services=world.services)


def test_bad_arguments_are_one_line_and_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["main.py", "--device", "abacus"]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "abacus" in told.err


def test_help_is_printed_and_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["main.py", "--help"])

    assert end.value.code == 0
    assert "--screenshot PNG" in capsys.readouterr().out


def test_an_error_that_nobody_caught_is_logged_and_told_in_one_line(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    window = launch()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    report_defects_to(window)

    error = ZeroDivisionError("on purpose")
    sys.excepthook(type(error), error, None)

    assert len(window.toasts.messages) == 1
    assert "on purpose" in caplog.text


def test_the_window_is_there_before_the_heavy_libraries_are() -> None:
    heavy = {"torch", "mediapipe", "cv2", "importlib.metadata"}
    modules = "app.application, app.settings_page, app.vocabulary_page"
    script = f"import sys, {modules}; print(sorted({heavy!r} & set(sys.modules)))"

    printed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"


def test_the_programme_ends_by_itself_when_asked_to(
    qapp: QApplication, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "engine_services", lambda: world.services)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(application.signal, "signal", lambda *_: None)

    assert run(["main.py", "--source", "demo", "--exit-after", "0.1"]) == 0

    (window,) = (widget for widget in qapp.topLevelWidgets() if isinstance(widget, MainWindow))
    window.deleteLater()
