"""What a sign is shown with: the user's own take, otherwise the prototype that comes along."""

from collections.abc import Callable, Mapping

from app.personal import PersonalSigns
from engine.errors import UserFacingError
from engine.recognition.mirroring import mirrored_clip
from engine.sources.personal_signs import shown_motion
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import KeypointClip


class Examples:
    """The motions of signs by gloss; prototypes are read when they are first needed."""

    def __init__(
        self, personal: PersonalSigns, load: Callable[[], Mapping[str, Prototype]], tell: Callable[[str], None]
    ) -> None:
        """Show signs.

        Args:
            personal: signs that the user has taught.
            load: returns the prototypes by gloss, or raises `UserFacingError`.
            tell: gets a line that the user should read: why they cannot be read.
        """
        self._personal = personal
        self._load = load
        self._tell = tell
        self._prototypes: Mapping[str, Prototype] | None = None

    @property
    def glosses(self) -> frozenset[str]:
        """All signs that can be shown."""
        return frozenset({*self._read(), *self._personal.names})

    def is_own(self, gloss: str) -> bool:
        """The user has taught this sign."""
        return gloss in self._personal.names

    def motion(self, gloss: str) -> Prototype | None:
        """Return the motion of a sign; None where there is none."""
        return shown_motion(self._personal.sign(gloss)) if self.is_own(gloss) else self._read().get(gloss)

    def clip(self, gloss: str, size: tuple[int, int], *, left_handed: bool) -> KeypointClip | None:
        """Return a sign as somebody should make it, in a picture of some width and height; None where there is none.

        Prototypes lead with the right hand; the user's own take is as they have made it.
        """
        motion = self.motion(gloss)
        if motion is None:
            return None
        clip = place_prototype(motion, size)
        return mirrored_clip(clip) if left_handed and not self.is_own(gloss) else clip

    def _read(self) -> Mapping[str, Prototype]:
        if self._prototypes is None:
            try:
                self._prototypes = self._load()
            except UserFacingError as error:
                self._prototypes = {}
                self._tell(str(error))
        return self._prototypes
