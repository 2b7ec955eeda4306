"""A sign as a moving skeleton: slow, stopped, or picture by picture."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.settings import Overlay
from app.widgets.choice import Choice
from app.widgets.naming import label, named
from app.widgets.placement import Placement
from app.widgets.skeleton import draw_skeleton
from engine.recognition.mirroring import mirrored
from engine.sources.prototypes import Prototype, place_prototype
from engine.types import Keypoints

PICTURE: Final = (640, 480)
PAUSE_S: Final = 0.6
"""How long the last picture stays before the sign begins again."""
SPEEDS: Final = (("¼ ×", "0.25"), ("½ ×", "0.5"), ("¾ ×", "0.75"), ("1 ×", "1"))
GROUND: Final = "#1c1e22"
"""Dark in all themes, as under the demo: the skeleton's colours stand out from it."""


class SignPlayer(QWidget):
    """Plays a prototype over and over while it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signPlayer")
        self.view = SkeletonView()
        self.position = label(name="signPosition", role="muted")
        self.play_button = _button("signPlay", "", "Play or pause the sign")
        self.back_button = _button("signBack", "◀ Step", "One picture back")
        self.forward_button = _button("signForward", "Step ▶", "One picture on")
        self.speed = Choice("speedChoice", letters=4)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("Speed: a quarter, half, three quarters, or as signed")
        self.speed.show_items(SPEEDS, "1")
        self._poses: tuple[Keypoints, ...] = ()
        self._rate = 1.0
        self._index = 0
        self._playing = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self._step(-1))
        self.forward_button.clicked.connect(lambda: self._step(1))
        self.speed.picked.connect(lambda _: self._run())
        self._arrange()
        self.show_prototype(None)

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
        """Time from one picture to the next."""
        return 1000 / (self._rate * float(self.speed.currentData()))

    def show_prototype(self, prototype: Prototype | None, *, left_handed: bool = False) -> None:
        """Play another sign from its beginning, or none."""
        self._poses = () if prototype is None else _poses(prototype, left_handed=left_handed)
        self._rate = 1.0 if prototype is None else prototype.rate
        for control in (self.play_button, self.back_button, self.forward_button, self.speed):
            control.setEnabled(prototype is not None)
        self._show(0)
        self._run()

    def toggle(self) -> None:
        """Pause, or go on."""
        self._playing = not self._playing
        self._run()

    def set_overlay(self, overlay: Overlay) -> None:
        """Draw skeletons in another way."""
        self.view.overlay = overlay
        self.view.update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        super().hideEvent(event)
        self._timer.stop()

    def _run(self) -> None:
        self.play_button.setText("Pause" if self._playing else "Play")
        self.play_button.setAccessibleName(self.play_button.text())
        if self.playing and self.isVisible():
            self._timer.start(round(self.interval_ms))
        else:
            self._timer.stop()

    def _tick(self) -> None:
        at_the_end = self._index == len(self._poses) - 1
        self._show(0 if at_the_end else self._index + 1)
        lasts_longer = self._index == len(self._poses) - 1
        self._timer.setInterval(round(self.interval_ms + (1000 * PAUSE_S if lasts_longer else 0)))

    def _step(self, by: int) -> None:
        self._playing = False
        self._run()
        self._show((self._index + by) % len(self._poses))

    def _show(self, index: int) -> None:
        self._index = index
        self.view.show_pose(self._poses[index] if self._poses else None)
        self.position.setText(f"{index + 1} of {len(self._poses)}" if self._poses else "")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for control in (self.play_button, self.back_button, self.forward_button, self.speed):
            row.addWidget(control)
        row.addStretch()
        row.addWidget(self.position)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.view, stretch=1)
        column.addLayout(row)


class SkeletonView(QWidget):
    """One pose as large as fits."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signView")
        self.setAccessibleName("The sign as a moving skeleton")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.overlay = Overlay.THIN
        self._pose: Keypoints | None = None

    def show_pose(self, pose: Keypoints | None) -> None:
        """Show a pose in a picture of `PICTURE`, or words instead of one."""
        self._pose = pose
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(240, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        placement = Placement.fit(PICTURE, (self.width(), self.height()), mirrored=False)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(QTransform(*placement.matrix), combine=True)
        picture = QRectF(0, 0, *PICTURE)
        painter.fillRect(picture, QColor(GROUND))
        painter.setClipRect(picture)
        if self._pose is not None:
            draw_skeleton(painter, self._pose, self.overlay)
        painter.end()


def _poses(prototype: Prototype, *, left_handed: bool) -> tuple[Keypoints, ...]:
    clip = place_prototype(prototype, PICTURE)
    poses = (
        Keypoints(joints, int(time_ns), clip.size) for joints, time_ns in zip(clip.joints, clip.times_ns, strict=True)
    )
    return tuple(mirrored(pose) if left_handed else pose for pose in poses)


def _button(name: str, text: str, explanation: str) -> QPushButton:
    button = named(QPushButton(text), name)
    button.setAccessibleName(explanation)
    button.setToolTip(explanation)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
