"""What a sign is shown with: the user's own take, otherwise the prototype that comes along."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from app.disk import Disk
from app.personal import PersonalSigns
from engine.recognition.mirroring import mirrored_clip
from engine.sources.personal_signs import shown_motion
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import KeypointClip


class Examples(QObject):
    """The motions of signs by gloss; lives on the interface thread.

    Prototypes are read once, by another thread, when somebody first prepares for them; until they are there, nothing
    but the user's own signs can be shown.
    """

    changed = Signal()
    """The prototypes have been read."""
    notice = Signal(str)
    """One line that the user should read: they cannot be read."""

    def __init__(self, personal: PersonalSigns, load: Callable[[], Mapping[str, Prototype]], disk: Disk) -> None:
        """Show signs.

        Args:
            personal: signs that the user has taught.
            load: returns the prototypes by gloss, or raises `UserFacingError`.
            disk: calls it.
        """
        super().__init__()
        self._personal = personal
        self._load = load
        self._disk = disk
        self._asked_for = False
        self._prototypes: Mapping[str, Prototype] = {}
        self._complete = False

    def prepare(self) -> None:
        """See to it that the prototypes are there soon; `changed` tells when they are."""
        if not self._asked_for:
            self._asked_for = True
            self._disk.do(self._load, done=self._take, failed=self._do_without)

    @property
    def complete(self) -> bool:
        """The prototypes have been read, or cannot be."""
        return self._complete

    @property
    def glosses(self) -> frozenset[str]:
        """All signs that can be shown."""
        return frozenset({*self._prototypes, *self._personal.names})

    def is_own(self, gloss: str) -> bool:
        """The user has taught this sign."""
        return gloss in self._personal.names

    def motion(self, gloss: str) -> Prototype | None:
        """Return the motion of a sign; None where there is none."""
        return shown_motion(self._personal.sign(gloss)) if self.is_own(gloss) else self._prototypes.get(gloss)

    def clip(self, gloss: str, size: tuple[int, int], *, left_handed: bool) -> KeypointClip | None:
        """Return a sign as somebody should make it, in a picture of some width and height; None where there is none.

        Prototypes lead with the right hand; the user's own take is as they have made it.
        """
        motion = self.motion(gloss)
        if motion is None:
            return None
        clip = place_prototype(motion, size)
        return mirrored_clip(clip) if left_handed and not self.is_own(gloss) else clip

    def _take(self, prototypes: Mapping[str, Prototype]) -> None:
        self._prototypes, self._complete = prototypes, True
        self.changed.emit()

    def _do_without(self, message: str) -> None:
        self._take({})
        self.notice.emit(message)
