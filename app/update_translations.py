"""Brings translations up to date with the words of the window, and begins new ones, by Qt's own lupdate.

python -m app.update_translations        # every file of assets/translations
python -m app.update_translations de     # begins de.ts beside them
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.language import ENGLISH, SHIPPED, tool

APP = Path(__file__).parent


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


def main(languages: Sequence[str]) -> None:
    """Update all translations that come along, and begin those of other languages."""
    for file in sorted({*SHIPPED.glob("*.ts"), *(SHIPPED / f"{language}.ts" for language in languages)}):
        update(file)


if __name__ == "__main__":
    main(sys.argv[1:])
