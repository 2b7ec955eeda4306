"""The cameras of this machine as they come and go."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.latest_job import LatestJob
from app.services import Services
from engine.errors import UserFacingError
from engine.sources.camera_spec import CameraSpec, names_camera
from engine.types import NANOSECONDS

if TYPE_CHECKING:
    from engine.sources.camera import CameraInfo

PERIOD_NS: Final = 2 * NANOSECONDS
"""How often somebody looks."""


class Cameras(QObject):
    """A list that is kept live, and the camera in it that plays: it is known again after it was pulled out.

    Lives on the interface thread and looks on a thread of its own.
    """

    changed = Signal()
    """Other cameras are there than before."""
    back = Signal(int)
    """The camera that was waited for is there again, under this index."""

    def __init__(self, services: Services, bridge: Bridge) -> None:
        super().__init__()
        self._services = services
        self._bridge = bridge
        self._job = LatestJob("camera watch")
        self._looked_ns = services.clock()
        self._found: tuple[CameraInfo, ...] | None = None
        self._index: int | None = None
        self._playing: CameraInfo | None = None
        self._beside: frozenset[str] | None = None
        self._lost: LostCamera | None = None

    @property
    def found(self) -> "tuple[CameraInfo, ...]":
        """The cameras there are, by index; none before the first look."""
        return self._found or ()

    @property
    def missing(self) -> bool:
        """The camera that is to play is not there, as far as is known."""
        return self._index is not None and self._found is not None and self._there is None

    def look(self) -> None:
        """List all cameras, soon; may wake those that sleep."""
        self._look_with(self._services.list_cameras)

    def tick(self) -> None:
        """Look where it is time to; to be called several times a second."""
        if self._services.clock() - self._looked_ns >= PERIOD_NS:
            # With none playing there is none to disturb, and the one that is waited for may be there already.
            self._look_with(self._services.watch_cameras if self._lost is None else self._services.list_cameras)

    def plays(self, camera: CameraSpec | None) -> None:
        """This camera plays from now on, or none; none is waited for any more."""
        self._lost = None
        self._index = None if camera is None else camera.index
        meant_again = self._playing is not None and self._playing.index == self._index and self._there is None
        if camera is not None and not meant_again:
            self._playing = self._beside = None
        self._identify()

    def wait_for(self, name: str) -> None:
        """The camera that is to play is gone: tell when it is back; `name` is "" where it has never been there."""
        from engine.sources.camera import CameraInfo

        if self._index is not None:
            self._lost = LostCamera(self._playing or CameraInfo(self._index, name), beside=self._beside)

    def close(self, timeout: float) -> bool:
        """Look no more; returns whether the thread has ended within `timeout` seconds."""
        return self._job.close(timeout)

    def _look_with(self, look: "Callable[[], tuple[CameraInfo, ...] | None]") -> None:
        self._looked_ns = self._services.clock()

        def job() -> None:
            cameras = look()
            if cameras is not None:
                self._bridge.hand_over(lambda: self._take(cameras))

        self._job.submit(job)

    def _take(self, cameras: "tuple[CameraInfo, ...]") -> None:
        if cameras != self._found:
            self._found = cameras
            self._identify()
            self.changed.emit()
        found = None if self._lost is None else self._lost.returned(cameras)
        if found is not None:
            self._lost = None
            self.back.emit(found.index)

    @property
    def _there(self) -> "CameraInfo | None":
        """What the index of the camera that is to play means now."""
        return next((camera for camera in self.found if camera.index == self._index), None)

    def _identify(self) -> None:
        """Remember which camera plays while its index still means it: with another list it may mean another."""
        there = self._there
        self._playing = self._playing or there
        if there is not None and there == self._playing:
            self._beside = frozenset(
                camera.path for camera in self.found if camera.name == there.name and camera.path != there.path
            )


class LostCamera:
    """A camera that was pulled out; it knows it again among others, under whatever index."""

    def __init__(self, camera: "CameraInfo", *, beside: frozenset[str] | None = None) -> None:
        """Wait for a camera; without a name it has never been there, and whichever comes under its index is meant.

        Args:
            camera: that is gone.
            beside: paths of other cameras of its make that were there together with it; None where that is not known.
        """
        self._camera = camera
        self._others = beside

    def returned(self, cameras: "Sequence[CameraInfo]") -> "CameraInfo | None":
        """Return it where it is back among all cameras there are now; to be asked again and again meanwhile."""
        if not self._camera.name:
            return next((camera for camera in cameras if camera.index == self._camera.index), None)
        alike = [camera for camera in cameras if camera.name == self._camera.name]
        paths = frozenset(camera.path for camera in alike)
        # Another camera of the same make that has been there all the time is not this one.
        others, self._others = paths if self._others is None else self._others, paths
        back = [camera for camera in alike if camera.path == self._camera.path or camera.path not in others]
        return back[0] if back else None


def camera_of(spec: str | None) -> CameraSpec | None:
    """The camera that a source's word names; None where it names something else."""
    if spec is None or not names_camera(spec):
        return None
    try:
        return CameraSpec.parse(spec)
    except UserFacingError:
        return None  # whoever opens it says so
