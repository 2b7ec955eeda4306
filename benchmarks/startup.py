"""From the start of the process to a window that can be seen, and on to a model that names signs, offscreen.

    python -m benchmarks.startup [--source demo] [--model M] [--rounds 3]

Starts the window as `python main.py` does, each round in a process of its own with empty settings, and prints a line
for each step with the median over the rounds:

* `cpu`: what the process has used, all threads together; what counts on a machine that has other things to do.
* `window's own`: what the interface thread has used of it. The rest is loaded behind the window.
* `clock`: what passes on the clock; true on an idle machine alone.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Final

from benchmarks.bad_input import command_line, run
from engine.commands.arguments import positive_integer
from engine.commands.output import BAD_INPUT

STEPS: Final = ("imported", "built", "painted", "model ready")
WAIT_S: Final = 120.0


def main() -> int:
    """Measure; returns the exit status."""
    parser = command_line(__doc__)
    parser.add_argument("--source", default="demo")
    parser.add_argument("--model", default="wlasl100")
    parser.add_argument("--rounds", type=positive_integer, default=3)
    parser.add_argument("--began-ns", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    window = ["--source", arguments.source, "--model", arguments.model]
    if arguments.began_ns is not None:
        return _run_window(window, arguments.began_ns)
    rounds = [_measure(window) for _ in range(arguments.rounds)]
    print(f"{'step':14}{'cpu':>9}{'window’s own':>14}{'clock':>9}")
    for step in STEPS:
        cpu, own, clock = (statistics.median(done[step][figure] for done in rounds) for figure in range(3))
        print(f"{step:14}{cpu:7.2f} s{own:12.2f} s{clock:7.2f} s")
    return 0


def _measure(arguments: list[str]) -> dict[str, tuple[float, float, float]]:
    command = [sys.executable, "-m", "benchmarks.startup", *arguments, "--began-ns", str(time.monotonic_ns())]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if printed.returncode == BAD_INPUT:
        sys.exit(BAD_INPUT)  # the window's process has said why
    printed.check_returncode()
    steps: dict[str, tuple[float, float, float]] = json.loads(printed.stdout)
    return steps


def _run_window(arguments: list[str], began_ns: int) -> int:
    """Run the window until its model is there, and print when each step was done."""
    steps: dict[str, tuple[float, float, float]] = {}

    def done(step: str) -> None:
        steps.setdefault(step, (time.process_time(), time.thread_time(), (time.monotonic_ns() - began_ns) / 1e9))

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject, QTimer

    from app.application import create_app, leave
    from benchmarks.apart import services_apart

    done("imported")

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: done("painted"))  # the widgets inside are painted with it
            return super().eventFilter(watched, event)

    with services_apart() as services:
        application, window = create_app(["main.py", "--exit-after", str(WAIT_S), *arguments], services=services)
        done("built")
        watch = Watch()
        window.installEventFilter(watch)

        def look() -> None:
            if window.session.model is not None:
                done("model ready")
                window.close()

        window.session.offers_changed.connect(look)
        application.exec()
    print(json.dumps(steps))
    return leave(window, 0 if set(steps) == set(STEPS) else 1)


if __name__ == "__main__":
    run(main)
