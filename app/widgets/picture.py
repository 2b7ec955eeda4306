"""The picture with the skeleton over it."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.bridge import Picture
from app.settings import Overlay
from app.signer_zoom import WHOLE, SignerZoom
from app.theme import Theme
from app.widgets.free_room import KEPT_CLEAR
from app.widgets.placement import Placement
from app.widgets.skeleton import draw_skeleton
from app.words import tr
from engine.types import Image


class PictureView(QWidget):
    """Shows the newest picture as large as fits; mirror and zoom happen here, in the painter, and nowhere else."""

    def __init__(self, on_painted: Callable[[Picture], None]) -> None:
        """Let `on_painted` be called once for every picture, when it has just been painted."""
        super().__init__()
        self.setObjectName("picture")
        self.setAccessibleName(tr("Picture of the signer"))
        self.setProperty(KEPT_CLEAR, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._on_painted = on_painted
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._unpainted = False
        self._mirrored = False
        self._zoom: SignerZoom | None = None
        self._crop = WHOLE
        self._overlay = Overlay.THIN
        self._surround = QColor()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    @property
    def placement(self) -> Placement | None:
        """Where the picture, with what of it is not shown, lies in this widget; None without one."""
        size = self.size_in_pixels
        if size is None:
            return None
        whole = Placement.fit(size, (self.width(), self.height()), mirrored=self._mirrored)
        return whole.zoomed(self._crop)

    @property
    def size_in_pixels(self) -> tuple[int, int] | None:
        """Width and height of the picture itself; None without one."""
        if self._picture is None:
            return None
        height, width = self._picture.frame.image.shape[:2]
        return width, height

    def show_picture(self, picture: Picture) -> None:
        """Show another picture; returns at once, it is painted when Qt gets to it."""
        if self._picture is None or picture.frame is not self._picture.frame:
            self._image = to_image(picture.frame.image)
        self._picture = picture
        self._unpainted = True
        self._follow()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._picture = self._image = None
        self.set_zoomed(self._zoom is not None)  # another source is looked at anew
        self._unpainted = False
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show this and all further pictures as in a mirror, or not."""
        self._mirrored = mirrored
        self.update()

    def set_zoomed(self, zoomed: bool) -> None:
        """Show the signer alone, as large as fits, or the whole picture; like the mirror, this is paint."""
        self._zoom = SignerZoom() if zoomed else None
        self._follow()
        self.update()

    def set_overlay(self, overlay: Overlay) -> None:
        """Draw this and all further skeletons in another way."""
        self._overlay = overlay
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._surround = QColor(theme.background)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._surround)
        placement = self.placement
        if placement is not None and self._picture is not None and self._image is not None:
            painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
            painter.setTransform(QTransform(*placement.matrix), combine=True)
            painter.setClipRect(self._shown)
            painter.drawImage(0, 0, self._image)
            if self._picture.keypoints is not None:
                draw_skeleton(painter, self._picture.keypoints, self._overlay, share=self._crop.share)
        painter.end()
        if self._unpainted and self._picture is not None:
            self._unpainted = False
            self._on_painted(self._picture)

    @property
    def _shown(self) -> QRectF:
        """The part of the picture that is shown, in its own pixels."""
        assert self._image is not None
        width, height = self._image.width(), self._image.height()
        crop = self._crop
        return QRectF(crop.left * width, crop.top * height, crop.share * width, crop.share * height)

    def _follow(self) -> None:
        """Find the signer in the newest picture."""
        picture = self._picture
        if self._zoom is None or picture is None:
            self._crop = WHOLE
        else:
            self._crop = self._zoom.follow(picture.keypoints, picture.frame.time_ns)


def to_image(image: Image) -> QImage:
    """Return a picture for painting.

    The array (H, W, 3) BGR is wrapped without a copy and converted once, by Qt, to the format of the screen: painting
    that smoothly at another size takes half as long as painting BGR does, and repainting costs nothing more.
    """
    image = np.ascontiguousarray(image)
    height, width = image.shape[:2]
    wrapped = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_BGR888)
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)
