"""Names that people type, in whatever script they write."""

import re
import unicodedata
from typing import Final

MARKS: Final = ("Mn", "Mc")
"""Unicode's categories of what stands over, under or beside a letter: vowels of Hindi and Thai, for instance."""


def is_made_as(pattern: re.Pattern[str], name: str) -> bool:
    """Return whether a name is what a pattern tells, but for its marks, which `re` takes for no part of a word."""
    return pattern.fullmatch("".join(each for each in name if unicodedata.category(each) not in MARKS)) is not None
