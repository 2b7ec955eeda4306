"""Real recordings, which never come with the project: tests that want them skip where they are not at hand."""

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[1]


def real(name: str) -> Path | None:
    """The file or folder of that name in `shared`, in the project or beside it; None where there is none."""
    return next((path for at in (REPOSITORY, REPOSITORY.parent) if (path := at / "shared" / name).exists()), None)
