"""Where the picture lies inside the widget that shows it: plain geometry, without Qt."""

from dataclasses import dataclass, replace
from typing import Self

from app.signer_zoom import Crop


@dataclass(frozen=True, slots=True)
class Placement:
    """The picture's rectangle inside a widget: aspect kept, centred, as large as fits.

    Attributes:
        left, top: of the rectangle, in widget pixels.
        scale: widget pixels in one picture pixel.
        picture: width and height of the picture in its own pixels.
        mirrored: the picture is shown as in a mirror; nothing but this mapping knows.
    """

    left: float
    top: float
    scale: float
    picture: tuple[int, int]
    mirrored: bool

    @classmethod
    def fit(cls, picture: tuple[int, int], widget: tuple[int, int], *, mirrored: bool) -> Self:
        """Place a picture of some width and height inside a widget of some width and height."""
        scale = min(widget[0] / picture[0], widget[1] / picture[1])
        return cls(
            left=(widget[0] - picture[0] * scale) / 2,
            top=(widget[1] - picture[1] * scale) / 2,
            scale=scale,
            picture=picture,
            mirrored=mirrored,
        )

    def zoomed(self, crop: Crop) -> Self:
        """Show a part of the picture alone, in the rectangle of the whole; the rest lies outside of it."""
        scale = self.scale / crop.share
        left = 1 - crop.left - crop.share if self.mirrored else crop.left
        return replace(
            self,
            left=self.left - left * self.picture[0] * scale,
            top=self.top - crop.top * self.picture[1] * scale,
            scale=scale,
        )

    @property
    def width(self) -> float:
        """Of the rectangle, in widget pixels."""
        return self.picture[0] * self.scale

    @property
    def height(self) -> float:
        """Of the rectangle, in widget pixels."""
        return self.picture[1] * self.scale

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The affine map from picture to widget in QTransform's order: m11, m12, m21, m22, dx, dy."""
        if self.mirrored:
            return -self.scale, 0.0, 0.0, self.scale, self.left + self.width, self.top
        return self.scale, 0.0, 0.0, self.scale, self.left, self.top
