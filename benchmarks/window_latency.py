"""The window itself, offscreen: from a frame's arrival to its paint, and paints a second.

    python -m benchmarks.window_latency VIDEO [--model M] [--device D] [--seconds S]

Plays the video in a loop, in real time, through the whole application, and prints one JSON line for every five
seconds with the memory that the process holds, so that what grows shows from line to line. The first lines count
the loading of the networks. A picture's delay includes the age of its skeleton. Offscreen, painting costs what it
costs without a compositor.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer

from app.application import create_app, leave
from app.main_window import MainWindow
from app.paint_statistics import STRETCH_NS
from app.services import Services
from benchmarks.apart import services_apart
from benchmarks.bad_input import command_line, run
from benchmarks.memory import resident_mb
from engine.commands.arguments import positive_integer
from engine.sources import open_source


def main() -> int:
    """Run the window for a while; returns the exit status."""
    parser = command_line(__doc__)
    parser.add_argument("video")
    parser.add_argument("--model")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seconds", type=positive_integer, default=30)
    arguments = parser.parse_args()

    chosen = ["--source", arguments.video, "--device", arguments.device, "--exit-after", str(arguments.seconds)]
    if arguments.model:
        chosen += ["--model", arguments.model]
    with services_apart() as services:
        window, status = _run(["main.py", *chosen], services)
    return leave(window, status)


def _run(arguments: Sequence[str], services: Services) -> tuple[MainWindow, int]:
    looping = replace(services, open_source=lambda spec: open_source(spec, loop=True))
    application, window = create_app(arguments, services=looping)

    def report() -> None:
        painted, memory = window.live.painted.summary(looping.clock()), resident_mb()
        if painted is not None:
            print(
                json.dumps(
                    {
                        "paints_per_second": round(painted.frames_per_second, 1),
                        "median_ms": round(painted.median_ms, 1),
                        "p95_ms": round(painted.p95_ms, 1),
                        "resident_mb": None if memory is None else round(memory),
                    }
                ),
                flush=True,
            )

    timer = QTimer(window, interval=STRETCH_NS // 1_000_000)
    timer.timeout.connect(report)
    timer.start()
    return window, application.exec()


if __name__ == "__main__":
    run(main)
