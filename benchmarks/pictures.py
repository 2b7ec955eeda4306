"""The pictures of the documents, and of every screen in all colours and sizes to look at; offscreen, from the demo.

    python -m benchmarks.pictures                  docs/pictures: the user guide's, and the animated one of the README
    python -m benchmarks.pictures --looks FOLDER   every screen in three themes, at the smallest size and two others

Nobody is seen in them but the demo's drawn figure. Signs, candidates and plots are the model's own, so that another
model makes other pictures; the figures of speed are those of this machine.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.bridge import Picture
from app.main_window import SMALLEST, MainWindow
from app.settings import SYSTEM, TEXT_PERCENTS, ThemeChoice
from benchmarks.bad_input import command_line, run
from benchmarks.tour import GLOSSES, demo_window, settle, tour, until
from engine.types import NANOSECONDS

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
GUIDE_SIZE: Final = (1280, 720)
SIZES: Final = (SMALLEST, GUIDE_SIZE, (1920, 1080))
THEMES: Final = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST)
GUIDE: Final = {
    "live": THEMES,
    "replay": THEMES[:1],
    "transcript-correct": THEMES[:1],
    "vocabulary": THEMES[:1],
    "teach": THEMES[:1],
    "practice": THEMES[:1],
    "inside": THEMES[:1],
    "settings": THEMES[:1],
    "presentation": THEMES[1:2],
    "keys": THEMES[:1],
}
"""The screens of the user guide and their colours."""
COLOURS: Final = 128
"""In a picture of the guide: flat areas and text need no more."""
ANIMATION: Final = "demo.webp"
ANIMATION_SIZE: Final = (960, 600)
ANIMATION_S: Final = 30
EVERY_NS: Final = NANOSECONDS // 8


def main() -> int:
    """Take the pictures; returns the exit status."""
    parser = command_line(__doc__)
    parser.add_argument("--looks", type=Path, metavar="FOLDER", help="every screen, to look at")
    parser.add_argument("--language", default=SYSTEM, metavar="CODE", help="of these, such as zh_CN")
    parser.add_argument("--text", type=int, default=100, choices=TEXT_PERCENTS, help="size of their text in percent")
    parser.add_argument("--only", choices=("guide", "animation"), help="one of the two kinds of docs/pictures")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Qt's offscreen screen is 800 x 800 unless a file says otherwise: too small for the window and its dialogs.
        screen = Path(folder) / "screen.json"
        width, height = GUIDE_SIZE if arguments.looks is None else SIZES[-1]
        screen.write_text(json.dumps({"screens": [{"width": width, "height": height}]}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        if arguments.looks is not None:
            take_looks(arguments.looks, language=arguments.language, text_percent=arguments.text)
        else:
            if arguments.only != "animation":
                take_guide(PICTURES)
            if arguments.only != "guide":
                take_animation(PICTURES / ANIMATION)
    return 0


def take_looks(folder: Path, *, language: str, text_percent: int) -> None:
    """Write every screen in all themes and sizes, as SCREEN-THEME-WIDTH.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo_window(glosses=GLOSSES) as window:
        window.settings.change(language=language, text_percent=text_percent)
        for screen in tour(window):
            for size in SIZES:
                for theme in THEMES:
                    _dress(window, theme, size)
                    photograph(window).save(str(folder / f"{screen}-{_word(theme)}-{size[0]}.png"))
            print(screen, flush=True)


def take_guide(folder: Path) -> None:
    """Write the pictures of the user guide, as SCREEN.png or SCREEN-THEME.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo_window(glosses=GLOSSES) as window:
        _dress(window, THEMES[0], GUIDE_SIZE)
        for screen in tour(window):
            for theme in GUIDE.get(screen, ()):
                if theme is not window.settings.settings.theme:
                    _dress(window, theme, GUIDE_SIZE)
                settle(window)
                name = screen if theme is GUIDE[screen][0] else f"{screen}-{_word(theme)}"
                write_small(photograph(window), folder / f"{name}.png")
            _dress(window, THEMES[0], GUIDE_SIZE)


def take_animation(path: Path) -> None:
    """Write how the window follows the demo, with the times of the demo's own clock, whatever this machine's speed."""
    with demo_window() as window:
        _dress(window, THEMES[0], ANIMATION_SIZE)
        shots: list[tuple[int, Image.Image]] = []

        def look(picture: Picture) -> None:
            time_ns = picture.frame.time_ns
            if not shots or time_ns - shots[-1][0] >= EVERY_NS:
                shots.append((time_ns, _plain(window.grab().toImage())))

        window.pictured.connect(look)
        until(lambda: bool(shots) and shots[-1][0] - shots[0][0] >= ANIMATION_S * NANOSECONDS)
        window.pictured.disconnect(look)
    times = [time_ns // 1_000_000 for time_ns, _ in shots]
    durations = [after - before for before, after in pairwise(times)] + [2000]
    first, *others = (image for _, image in shots)
    first.save(path, save_all=True, append_images=others, duration=durations, loop=0, quality=60, method=4)


def photograph(window: MainWindow) -> QImage:
    """Return what a user sees: the window, and the dialogs and popups over it."""
    shown = window.grab().toImage()
    painter = QPainter(shown)
    for widget in _over(window):
        painter.drawPixmap(widget.pos() - window.mapToGlobal(QPoint(0, 0)), widget.grab())
    painter.end()
    return shown


def write_small(image: QImage, path: Path) -> None:
    """Write a picture in few colours as a small PNG file."""
    few = _plain(image).quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _over(window: MainWindow) -> Iterator[QWidget]:
    return (widget for widget in QApplication.topLevelWidgets() if widget is not window and widget.isVisible())


def _dress(window: MainWindow, theme: ThemeChoice, size: tuple[int, int]) -> None:
    window.settings.change(theme=theme)
    window.resize(*size)
    settle(window)
    for dialog in _over(window):
        if isinstance(dialog, QDialog):  # as it opens: in the middle of a window of this size, and inside of it
            dialog.resize(dialog.size().boundedTo(window.size()))
            dialog.move(window.geometry().center() - dialog.rect().center())


def _word(theme: ThemeChoice) -> str:
    return theme.value.replace(" ", "-")


def _plain(image: QImage) -> Image.Image:
    rows = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (rows.width(), rows.height())
    return Image.frombytes("RGB", size, bytes(rows.constBits()), "raw", "RGB", rows.bytesPerLine(), 1)


if __name__ == "__main__":
    run(main)
