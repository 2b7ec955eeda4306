"""From the command line to a window, and from there to an exit status."""

import logging
import os
import signal
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final

from PySide6.QtWidgets import QApplication

from app.icons import application_icon
from app.main_window import MainWindow
from app.options import parse_options
from app.services import Services, engine_services
from app.words import tr
from engine.errors import UserFacingError

STYLE: Final = "fusion"

log = logging.getLogger(__name__)


def create_app(argv: Sequence[str], *, services: Services | None = None) -> tuple[QApplication, MainWindow]:
    """Build the application and its window, shown and at work, without running the event loop.

    Args:
        argv: name of the programme and its arguments.
        services: instead of the engine, for tests.

    Raises:
        UserFacingError: an argument makes no sense.
    """
    options = parse_options(argv[1:])
    services = services or engine_services()
    if options.source is not None:
        services.open_source(options.source)  # a word that names nothing is refused before a window is there
    application = _application(argv[0])
    window = MainWindow(services)
    window.show()
    window.begin(options)
    return application, window


def run(argv: Sequence[str]) -> int:
    """Run the window until it is closed; returns the exit status."""
    _set_up_logging()
    try:
        application, window = create_app(argv)
    except UserFacingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # Python hears Ctrl+C in the terminal whenever the window's timer lets it run.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    report_defects_to(window)
    return leave(window, application.exec())


def leave(window: MainWindow, status: int = 0) -> int:
    """Return the exit status of the programme once its window is closed, and end the process where that is not safe.

    A thread that loads a library or hangs in a camera's driver cannot be interrupted. The interpreter, when it ends,
    would tear it out of C++ code, which aborts the process. All that is to be kept has been written by then.
    """
    status = status or window.exit_status
    if not window.threads_ended:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def report_defects_to(window: MainWindow) -> None:
    """Let an error that nobody caught go to the log, and a line about it to the window, which lives on."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("Unexpected error", exc_info=(kind, error, trace))
        window.toasts.say(tr("Something went wrong inside the window; the log tells more. You can go on."))

    sys.excepthook = report


def _set_up_logging() -> None:
    """Warnings go to the terminal; what our own code tells is kept for the log view as well."""
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[terminal])
    for package in ("app", "engine"):
        logging.getLogger(package).setLevel(logging.INFO)


def _application(name: str) -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([name])
    application.setApplicationName("MASA Live")
    application.setApplicationDisplayName("MASA Live")
    if application.style().name() != STYLE:  # Qt may crash where it restyles windows that are there
        application.setStyle(STYLE)
    application.setWindowIcon(application_icon())
    return application
