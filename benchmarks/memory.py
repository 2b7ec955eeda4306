"""How much memory this process uses."""

import os
from pathlib import Path
from typing import Final

_PAGES: Final = Path("/proc/self/statm")


def resident_mb() -> float | None:
    """Return what the process holds in memory, in 10^6 bytes; None where the system does not tell as Linux does."""
    if not _PAGES.exists():
        return None
    return int(_PAGES.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
