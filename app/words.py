"""The words of the window, in the language that the user reads.

`pyside6-lupdate` finds them by the names of these two functions, so both want a whole literal, never a variable or an
f-string: what varies stands in braces, a number that the words depend on is `%n`. It does not look inside f-strings.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

CONTEXT: Final = ""
"""All words share one context: what is the same in English and not elsewhere is told apart by a comment."""


def tr(text: str, comment: str = "", n: int = -1, /, **values: object) -> str:
    """Return words in the language in use; in English where they have not been translated.

    Args:
        text: in English.
        comment: for translators, and only where the same English means something else elsewhere.
        n: the number that `%n` stands for; the language chooses its form by it.
        values: what the names in braces stand for.
    """
    try:
        return QCoreApplication.translate(CONTEXT, text, comment, n).format(**values)
    except (IndexError, KeyError, ValueError):  # a translation whose braces are not those of the English
        return text.replace("%n", str(n)).format(**values)


def mark(text: str) -> str:
    """Return English words as they are, for tables: where they are shown, `tr` translates them."""
    return text


def listed(items: Iterable[str]) -> str:
    """Return several words in a row, divided as the language in use divides them."""
    return tr(", ", "between the items of a list").join(items)
