"""Brings translations up to date with the words of the window, and begins new ones, by Qt's own lupdate.

python -m app.update_translations        # every file of assets/translations
python -m app.update_translations de     # begins de.ts beside them
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale

from app.language import ENGLISH, SHIPPED, tool
from engine.command_line import CommandLine
from engine.commands.output import BAD_INPUT, complain
from engine.errors import UserFacingError

APP = Path(__file__).parent
DESCRIPTION = "Brings translations up to date with the words of the window, and begins new ones."


def update(file: Path) -> None:
    """Take new words into a .ts file, which need not exist, and drop those that the window has no more.

    Raises:
        OSError: there is no lupdate.
        subprocess.CalledProcessError: it failed.
    """
    options = ["-silent", "-no-obsolete", "-locations", "none", "-extensions", "py"]
    options += ["-tr-function-alias", "QT_TR_NOOP+=mark"]
    if not file.exists():
        options += ["-source-language", ENGLISH, "-target-language", file.stem]
    if file.stem == ENGLISH:
        options.append("-pluralonly")  # all else is English as it is written
    subprocess.run([str(tool("lupdate")), *options, str(APP), "-ts", str(file)], check=True)


def main(arguments: Sequence[str]) -> int:
    """Update all translations that come along, and begin those of other languages; returns the exit status."""
    parser = CommandLine(prog="python -m app.update_translations", description=DESCRIPTION)
    parser.add_argument("languages", nargs="*", type=_code, metavar="CODE", help="a language to begin, such as de")
    try:
        languages = parser.parse_args(arguments).languages
    except UserFacingError as error:
        complain(error)
        return BAD_INPUT
    for file in sorted({*SHIPPED.glob("*.ts"), *(SHIPPED / f"{language}.ts" for language in languages)}):
        update(file)
    return 0


def _code(text: str) -> str:
    locale = QLocale(text)
    known = locale.name(), locale.bcp47Name().replace("-", "_")
    if locale.language() is QLocale.Language.C or text not in known:
        raise argparse.ArgumentTypeError(f"Qt knows no language by the code {text!r}: name it as in de or pt_BR")
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
