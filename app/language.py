"""The languages of the window: Qt's translations, each a file that can be added."""

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.errors import UserFacingError
from engine.files import replacing

SHIPPED: Final = Path(__file__).parents[1] / "assets" / "translations"
ENGLISH: Final = "en"
"""What the words are written in; its file holds singulars and plurals alone."""
COMPILING_S: Final = 30.0


class Languages:
    """One of several languages is in use at a time, in the whole application; lives on the interface thread.

    A translation has to be compiled where it is new or was changed, which takes a while: see `ready`.
    """

    def __init__(self, folders: Sequence[Path], *, cache: Path, system: Sequence[str]) -> None:
        """Offer the translations of some folders, which need not exist.

        Args:
            folders: that hold .ts and .qm files, each named after its language, such as zh_CN.ts; of several files
                for one language the last counts.
            cache: where compiled translations are kept.
            system: the languages that the user has asked the system for, best first, such as "zh-Hans-CN".
        """
        self._files = {
            file.stem: file for folder in folders for suffix in ("ts", "qm") for file in folder.glob(f"*.{suffix}")
        }
        self._cache = cache
        self._system = tuple(system)
        self._installed: list[QTranslator] = []
        self._in_use: str | None = None
        self._prepared: dict[str, Path | UserFacingError] = {}

    @property
    def available(self) -> tuple[str, ...]:
        """All languages by their codes, English first."""
        return (ENGLISH, *sorted(set(self._files) - {ENGLISH}))

    def use(self, choice: str) -> bool:
        """Change to a language by its code, or to that of the system; returns whether it is another one now.

        A language that there is no file for counts as the system's.

        Raises:
            UserFacingError: its file cannot be used; everything is in English from now on.
        """
        code = self._code(choice)
        if code == self._in_use:
            return False
        self.close()
        self._in_use = code
        if code in self._files:
            self._install(code)
        self._install_qt(code)
        return True

    def ready(self, choice: str) -> bool:
        """Whether `use` has nothing to compile."""
        code = self._code(choice)
        return code in (self._in_use, *self._prepared) or not self._has_source(code)

    def prepare(self, choice: str) -> None:
        """Compile the translation of a language for the next time that it comes into use; on any thread."""
        code = self._code(choice)
        if self._has_source(code):
            try:
                self._prepared[code] = self._compiled(self._files[code])
            except UserFacingError as error:
                self._prepared[code] = error  # whoever uses it hears of that

    def close(self) -> None:
        """Go back to the words as they are written."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
        self._in_use = None

    def _of_the_system(self) -> str:
        known = {_words(code): code for code in reversed(self.available)}
        return next((known[_words(wanted)] for wanted in self._system if _words(wanted) in known), ENGLISH)

    def _code(self, choice: str) -> str:
        return choice if choice in self.available else self._of_the_system()

    def _has_source(self, code: str) -> bool:
        return code in self._files and self._files[code].suffix == ".ts"

    def _install(self, code: str) -> None:
        if code not in self._prepared:
            self.prepare(code)
        file = self._files[code]
        made = self._prepared.pop(code, file)
        if isinstance(made, UserFacingError):
            raise made
        translator = QTranslator()
        if not translator.load(str(made)):
            raise UserFacingError(f"The translation {file} is damaged. Copy it again, or choose another language.")
        self._add(translator)

    def _install_qt(self, code: str) -> None:
        """Let Qt's own words be in a language as far as Qt knows it: those of file dialogs and text fields."""
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(QLocale(code), "qtbase", "_", folder):
            self._add(translator)

    def _add(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)

    def _compiled(self, source: Path) -> Path:
        """Return the .qm file of a .ts file, made by Qt's own tool unless the same text was compiled before."""
        try:
            digest = hashlib.sha256(source.read_bytes()).hexdigest()
        except OSError as error:
            raise UserFacingError(f"The translation {source} cannot be read: {error.strerror or error}.") from error
        made = self._cache / f"{source.stem}-{digest[:16]}.qm"
        if not made.is_file():
            with replacing(made) as temporary:
                _compile(source, temporary)
        return made


def own_name(code: str) -> str:
    """Return what the speakers of a language call it; its code where Qt does not know."""
    return "English" if code == ENGLISH else QLocale(code).nativeLanguageName() or code


def tool(name: str) -> Path:
    """Return where one of Qt's own programmes is, which come along with PySide6."""
    return Path(PySide6.__file__).parent / (f"{name}.exe" if sys.platform == "win32" else name)


def _words(code: str) -> tuple[QLocale.Language, QLocale.Script] | str:
    """Return what is the same for countries that read the same words."""
    locale = QLocale(code)
    return code if locale.language() is QLocale.Language.C else (locale.language(), locale.script())


def _compile(source: Path, target: Path) -> None:
    command = [str(tool("lrelease")), "-silent", str(source), "-qm", str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=COMPILING_S)
    except (OSError, subprocess.SubprocessError) as error:
        raise UserFacingError(
            f"The translation {source} cannot be compiled by Qt's lrelease. Mend it, or choose another language."
        ) from error
