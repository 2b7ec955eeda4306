"""The window itself, offscreen: from a frame's arrival to its paint, and paints a second.

    python -m benchmarks.window_latency VIDEO [--model M] [--device D] [--seconds S]

Plays the video in a loop, in real time, through the whole application, and prints one JSON line for every five
seconds, so that a delay that grows shows from line to line. The first line counts the loading of the networks.
A picture's delay includes the age of its skeleton. Offscreen, painting costs what it costs without a compositor.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer

from app.application import create_app
from app.paint_statistics import STRETCH_NS
from app.services import engine_services
from engine.errors import UserFacingError
from engine.sources import open_source


def main() -> int:
    """Run the window for a while; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video")
    parser.add_argument("--model")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()

    chosen = ["--source", arguments.video, "--device", arguments.device, "--exit-after", str(arguments.seconds)]
    if arguments.model:
        chosen += ["--model", arguments.model]
    # The user's own settings must not change what is measured, nor be changed by it.
    settings = tempfile.TemporaryDirectory()
    looping = replace(
        engine_services(),
        open_source=lambda spec: open_source(spec, loop=True),
        config_folder=lambda: Path(settings.name),
    )
    try:
        application, window = create_app(["main.py", *chosen], services=looping)
    except UserFacingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2

    def report() -> None:
        painted = window.live.painted.summary(looping.clock())
        if painted is not None:
            print(
                json.dumps(
                    {
                        "paints_per_second": round(painted.frames_per_second, 1),
                        "median_ms": round(painted.median_ms, 1),
                        "p95_ms": round(painted.p95_ms, 1),
                    }
                ),
                flush=True,
            )

    timer = QTimer(window, interval=STRETCH_NS // 1_000_000)
    timer.timeout.connect(report)
    timer.start()
    return application.exec() or window.exit_status


if __name__ == "__main__":
    sys.exit(main())
