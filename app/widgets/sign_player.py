"""A sign as a moving skeleton: slow, stopped, or picture by picture."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.settings import Overlay
from app.widgets.choice import Choice
from app.widgets.naming import named
from app.widgets.placement import Placement
from app.widgets.skeleton import draw_influence, draw_skeleton
from app.widgets.text import ElidedLabel
from app.words import tr
from engine.types import KeypointClip, Keypoints

PICTURE: Final = (640, 480)
"""As long as there is no pose."""
MILLISECOND: Final = 1_000_000
PAUSE_S: Final = 0.6
"""How long the last picture stays before the sign begins again."""
SPEEDS: Final = (("¼ ×", "0.25"), ("½ ×", "0.5"), ("¾ ×", "0.75"), ("1 ×", "1"))
GROUND: Final = "#1c1e22"
"""Dark in all themes, as under the demo: the skeleton's colours stand out from it."""


class SignPlayer(QWidget):
    """Plays poses over and over while it is seen."""

    moved = Signal(int)
    """Another pose is shown, by its index."""
    resumed = Signal()
    """The user lets it go on after a pause."""

    def __init__(self, name: str, *, speed: str = "1") -> None:
        """Make one without poses.

        Args:
            name: its controls' names begin with it.
            speed: one of `SPEEDS` at first.
        """
        super().__init__()
        self.setObjectName(f"{name}Player")
        self.view = SkeletonView(f"{name}View")
        self.position = named(ElidedLabel(), f"{name}Position", role="muted")
        self.position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.play_button = _button(f"{name}Play", "", tr("Play or pause the sign (Space)"))
        self.back_button = _button(f"{name}Back", tr("◀ Step"), tr("One picture back"))
        self.forward_button = _button(f"{name}Forward", tr("Step ▶"), tr("One picture on"))
        self.speed = Choice(f"{name}Speed", letters=3)
        self.speed.setAccessibleName(tr("Speed"))
        self.speed.setToolTip(tr("Speed: a quarter, half, three quarters, or as signed"))
        self.speed.show_items(SPEEDS, speed)
        self._poses: tuple[Keypoints, ...] = ()
        self._index = 0
        self._playing = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self._step(-1))
        self.forward_button.clicked.connect(lambda: self._step(1))
        self.speed.picked.connect(lambda _: self._run())
        self._arrange()
        self.show_poses(())

    @property
    def index(self) -> int:
        """Which picture of the sign is shown, from 0."""
        return self._index

    @property
    def playing(self) -> bool:
        """The sign moves whenever it is seen."""
        return self._playing and len(self._poses) > 0

    @property
    def interval_ms(self) -> float:
        """Time from the pose that is shown to the next, or from the last one to the first."""
        if self._index + 1 >= len(self._poses):
            return 1000 * PAUSE_S
        meanwhile_ns = self._poses[self._index + 1].time_ns - self._poses[self._index].time_ns
        return meanwhile_ns / (MILLISECOND * float(self.speed.currentData()))

    def show_poses(self, poses: Sequence[Keypoints]) -> None:
        """Play another sign from its beginning, or none, in its own time."""
        self._poses = tuple(poses)
        self._playing = True
        for control in (self.play_button, self.back_button, self.forward_button, self.speed):
            control.setEnabled(bool(poses))
        self._show(0)
        self._run()

    def toggle(self) -> None:
        """Pause, or go on."""
        if self._playing:
            self._playing = False
            self._run()
        else:
            self.play()
            self.resumed.emit()

    def play(self) -> None:
        """Go on, if it was paused."""
        self._playing = True
        self._run()

    def go_to(self, index: int) -> None:
        """Stop at a pose, at the first or last one where there is none of that index."""
        if self._poses:
            self._playing = False
            self._run()
            self._show(min(max(index, 0), len(self._poses) - 1))

    def set_overlay(self, overlay: Overlay) -> None:
        """Draw skeletons in another way."""
        self.view.overlay = overlay
        self.view.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Space and self._poses:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self._timer.stop()

    def _run(self) -> None:
        self.play_button.setText(tr("Pause") if self._playing else tr("Play"))
        self.play_button.setAccessibleName(self.play_button.text())
        if self.playing and self.isVisible():
            self._timer.start(round(self.interval_ms))
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self._show((self._index + 1) % len(self._poses))
        self._timer.setInterval(round(self.interval_ms))

    def _step(self, by: int) -> None:
        self.go_to((self._index + by) % len(self._poses))

    def _show(self, index: int) -> None:
        self._index = index
        self.view.show_pose(self._poses[index] if self._poses else None)
        number, count = index + 1, len(self._poses)
        place = (tr("{number} of {all}", number=number, all=count), f"{number}/{count}") if count else ("",)
        self.position.setText(*place)
        self.moved.emit(index)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for control in (self.play_button, self.back_button, self.forward_button, self.speed):
            row.addWidget(control)
        row.addWidget(self.position, stretch=1)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.view, stretch=1)
        column.addLayout(row)


class SkeletonView(QWidget):
    """One pose as large as fits."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("The sign as a moving skeleton"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.overlay = Overlay.THIN
        self.mirrored = False
        self._pose: Keypoints | None = None
        self._influence: npt.NDArray[np.float32] | None = None

    @property
    def influence(self) -> npt.NDArray[np.float32] | None:
        """What colours the joints; None where each part has a colour of its own."""
        return self._influence

    def show_pose(self, pose: Keypoints | None) -> None:
        """Show a pose, or an empty picture."""
        self._pose = pose
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Show poses as in a mirror, or not."""
        self.mirrored = mirrored
        self.update()

    def show_influence(self, influence: npt.NDArray[np.float32] | None) -> None:
        """Colour the joints by influence (49,), 0..1, or by the part that they belong to."""
        self._influence = influence
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        size = PICTURE if self._pose is None else self._pose.size
        placement = Placement.fit(size, (self.width(), self.height()), mirrored=self.mirrored)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(QTransform(*placement.matrix), combine=True)
        picture = QRectF(0, 0, *size)
        painter.fillRect(picture, QColor(GROUND))
        painter.setClipRect(picture)
        if self._pose is not None and self._influence is not None:
            draw_influence(painter, self._pose, self._influence)
        elif self._pose is not None:
            draw_skeleton(painter, self._pose, self.overlay)
        painter.end()


def poses_of(clip: KeypointClip) -> tuple[Keypoints, ...]:
    """Return the frames of a clip one by one."""
    return tuple(
        Keypoints(joints, int(time_ns), clip.size) for joints, time_ns in zip(clip.joints, clip.times_ns, strict=True)
    )


def _button(name: str, text: str, explanation: str) -> QPushButton:
    button = named(QPushButton(text), name)
    button.setAccessibleName(explanation)
    button.setToolTip(explanation)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
