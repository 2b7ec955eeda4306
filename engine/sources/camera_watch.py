"""Whether cameras come and go, without disturbing any of them."""

import sys
from collections.abc import Callable
from pathlib import Path

from engine.sources.camera import CameraInfo, list_cameras


class CameraWatch:
    """Tells when cameras may have been plugged in or pulled out; cheap enough to be asked every other second.

    On Linux a camera can only be told from other devices by opening it, which wakes one that sleeps and may disturb
    one that plays. So its cameras are listed where the devices themselves are not what they were, and only then.
    """

    def __init__(
        self,
        *,
        list_all: Callable[[], tuple[CameraInfo, ...]] = list_cameras,
        devices: Path | None = Path("/dev") if sys.platform == "linux" else None,
    ) -> None:
        """Watch the cameras of this machine.

        Args:
            list_all: lists them.
            devices: the folder where their devices appear; None where listing opens none.
        """
        self._list_all = list_all
        self._devices = devices
        self._seen: object = None

    def look(self) -> tuple[CameraInfo, ...] | None:
        """Return the cameras there are, or None where nothing has changed since the last look."""
        seen: object = self._list_all() if self._devices is None else _devices(self._devices)
        if seen == self._seen:
            return None
        self._seen = seen
        return self._list_all()


def _devices(folder: Path) -> frozenset[tuple[str, int]]:
    """The video devices with the time they were made or handed to the user."""
    found = set()
    for device in folder.glob("video*"):
        try:
            found.add((device.name, device.stat().st_ctime_ns))
        except FileNotFoundError:
            continue  # pulled out this very moment
    return frozenset(found)
