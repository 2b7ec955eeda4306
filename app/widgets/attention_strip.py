"""A sign from left to right: its pictures, and under them how closely the model looked at each moment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.widgets.sign_player import GROUND
from app.widgets.skeleton import draw_skeleton
from app.widgets.text import em
from app.words import tr
from engine.types import Keypoints

if TYPE_CHECKING:
    from engine.recognition.explanation import Explanation

PICTURES: Final = 0.6
"""Their share of the height."""
GAP: Final = 4.0
AROUND: Final = 0.12
"""Room around the signer in each picture, relative to the signer."""


class AttentionStrip(QWidget):
    """The time line of a sign; a click, a drag and the arrow keys go to a moment of it."""

    scrubbed = Signal(int)
    """The user wants to see the pose of this index."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("Time line of the sign"))
        told = tr(
            "Pictures of the sign, and how closely the model looked at each moment: click, drag, ← →, Home, End; Space "
            "pauses"
        )
        self.setToolTip(told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._poses: tuple[Keypoints, ...] = ()
        self._explanation: Explanation | None = None
        self._waiting = ""
        self._index = 0
        self._mirrored = False
        self._film: QPixmap | None = None
        self._theme: Theme | None = None
        self.show_poses(())

    @property
    def explanation(self) -> "Explanation | None":
        """Whose attention is shown."""
        return self._explanation

    def show_poses(self, poses: Sequence[Keypoints]) -> None:
        """Show another sign, of which no attention is known yet; where there is none, there is nowhere to go either."""
        self._poses, self._explanation, self._film = tuple(poses), None, None
        self.setEnabled(bool(self._poses))
        self.update()

    def show_attention(self, explanation: "Explanation | None", *, waiting: str) -> None:
        """Show what the model attended to, or words as long as that is not known."""
        self._explanation, self._waiting = explanation, waiting
        self.update()

    def show_index(self, index: int) -> None:
        """Mark the pose that is shown elsewhere."""
        self._index = index
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        self._mirrored, self._film = mirrored, None
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def place_of(self, index: int) -> QPointF:
        """Return where the pose of some index is on the time line."""
        return QPointF(self._x(self._poses[index].time_ns), self.height() / 2)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(360, round(8 * em(self)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._film = None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        last = len(self._poses) - 1
        there = {
            Qt.Key.Key_Left: self._index - 1,
            Qt.Key.Key_Right: self._index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if there is not None and self._poses:
            self.scrubbed.emit(min(max(there, 0), last))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._poses:
            if self._film is None:
                self._film = self._draw_film()
            painter.drawPixmap(0, 0, self._film)
            self._draw_attention(painter, self._theme)
            self._draw_mark(painter, self._theme)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_film(self) -> QPixmap:
        """Paint as many pictures as fit, once; only the mark moves over them."""
        film = QPixmap(self.size() * self.devicePixelRatioF())
        film.setDevicePixelRatio(self.devicePixelRatioF())
        film.fill(Qt.GlobalColor.transparent)
        shown = _signer(self._poses)
        height = PICTURES * self.height()
        count = max(1, min(len(self._poses), round(self.width() / (height * shown.width() / shown.height() + GAP))))
        width = self.width() / count
        painter = QPainter(film)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(count):
            cell = QRectF(number * width, 0, width - (GAP if number < count - 1 else 0), height)
            painter.fillRect(cell, QColor(GROUND))
            painter.save()
            painter.setClipRect(cell)
            scale = min(cell.width() / shown.width(), cell.height() / shown.height())
            painter.translate(cell.center())
            painter.scale(-scale if self._mirrored else scale, scale)
            painter.translate(-shown.center())
            draw_skeleton(painter, self._poses[self._index_at(cell.center().x())])
            painter.restore()
        painter.end()
        return film

    def _draw_attention(self, painter: QPainter, theme: Theme) -> None:
        """A bar for each moment that the model saw, as high as its attention."""
        ground = QRectF(0, PICTURES * self.height() + GAP, self.width(), (1 - PICTURES) * self.height() - GAP)
        painter.fillRect(ground, QColor(theme.track))
        explanation = self._explanation
        if explanation is None or not explanation.attention.any():
            painter.setPen(QColor(theme.muted))
            words = self._waiting if explanation is None else tr("Without a hand in view the model attends to nothing.")
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
            return
        highest = float(explanation.attention.max())
        places = [self._x(int(time_ns)) for time_ns in explanation.times_ns]
        width = max(2.0, 0.8 * (places[-1] - places[0]) / max(1, len(places) - 1))
        for x, attention in zip(places, explanation.attention.tolist(), strict=True):
            height = ground.height() * attention / highest
            painter.fillRect(QRectF(x - width / 2, ground.bottom() - height, width, height), QColor(theme.accent))

    def _draw_mark(self, painter: QPainter, theme: Theme) -> None:
        x = self._x(self._poses[self._index].time_ns)
        for colour, width in ((theme.background, 4.0), (theme.text, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _scrub(self, x: float) -> None:
        if self._poses:
            self.scrubbed.emit(self._index_at(x))

    def _x(self, time_ns: int) -> float:
        begin, end = self._poses[0].time_ns, self._poses[-1].time_ns
        return self.width() * (time_ns - begin) / max(1, end - begin)

    def _index_at(self, x: float) -> int:
        return min(range(len(self._poses)), key=lambda index: abs(self._x(self._poses[index].time_ns) - x))


def _signer(poses: Sequence[Keypoints]) -> QRectF:
    """The part of the pictures that the joints of all poses are in, with a little room around."""
    joints = np.concatenate([pose.joints for pose in poses])
    found = joints[joints[:, 2] > 0, :2]
    if not len(found):
        return QRectF(0, 0, *poses[0].size)
    low, high = found.min(axis=0), found.max(axis=0)
    room = AROUND * float((high - low).max()) + 1
    width, height = (high - low + 2 * room).tolist()
    return QRectF(float(low[0]) - room, float(low[1]) - room, width, height)
