"""A camera and what it is asked for, in one word: camera:0@1280x720@30."""

import re
from dataclasses import dataclass
from typing import Final, Self

from engine.errors import UserFacingError

ANY: Final = "any"
"""In place of a size or a rate: as the camera wants."""
USUAL_SIZE: Final = (640, 480)
USUAL_RATE: Final = 30
_SIZE: Final = re.compile(r"(\d{2,5})x(\d{2,5})", re.ASCII)
_RATE: Final = re.compile(r"\d{1,3}", re.ASCII)
_CAMERA: Final = re.compile(r"camera:(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CameraWish:
    """What a camera is asked for; it gives what it can.

    Attributes:
        size: width and height in pixels; None for what the camera wants.
        rate: pictures a second; None for what the camera wants.
    """

    size: tuple[int, int] | None = USUAL_SIZE
    rate: int | None = USUAL_RATE

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1280x720@30`, or either alone; what is left out is as usual.

        Raises:
            ValueError: the text is no such wish.
        """
        first, at, second = text.partition("@")
        if not at and _RATE.fullmatch(first):
            return cls(rate=int(first))
        return cls(_size(first), _rate(second) if at else USUAL_RATE)

    def __str__(self) -> str:
        size = ANY if self.size is None else f"{self.size[0]}x{self.size[1]}"
        return f"{size}@{ANY if self.rate is None else self.rate}"


USUAL: Final = CameraWish()


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """A camera by its index, and what it is asked for; None where nothing is said of that."""

    index: int
    wish: CameraWish | None = None

    @classmethod
    def parse(cls, spec: str) -> Self:
        """Read such a word.

        Raises:
            UserFacingError: it names no camera.
        """
        name, at, wish = spec.partition("@")
        try:
            camera = _CAMERA.fullmatch(name)
            if camera is None:
                raise ValueError(name)
            return cls(int(camera[1]), CameraWish.parse(wish) if at else None)
        except ValueError as error:
            raise UserFacingError(
                f"{spec} names no camera: write camera: and its number, such as camera:0 or camera:0@1280x720@30."
            ) from error

    def __str__(self) -> str:
        return f"camera:{self.index}" if self.wish is None else f"camera:{self.index}@{self.wish}"


def names_camera(spec: str) -> bool:
    """Tell whether a source's word means a camera, and no file or demo."""
    return spec.partition(":")[0] == "camera"


def _size(text: str) -> tuple[int, int] | None:
    if text == ANY:
        return None
    size = _SIZE.fullmatch(text)
    if size is None:
        raise ValueError(text)
    return int(size[1]), int(size[2])


def _rate(text: str) -> int | None:
    if text == ANY:
        return None
    if not _RATE.fullmatch(text):
        raise ValueError(text)
    return int(text)
