"""The signer's skeleton: body, left hand and right hand in colours that colour-blind people tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.settings import Overlay
from app.words import mark
from engine.joints import BODY, BODY_BONES, HAND_BONES, LEFT_HAND, NOSE, RIGHT_HAND
from engine.types import JointArray, Keypoints


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the skeleton.

    Attributes:
        name: for the legend, in English.
        colour: from Okabe and Ito's palette.
        thickness: of a bone, relative to the picture's height.
    """

    name: str
    joints: slice
    bones: tuple[tuple[int, int], ...]
    colour: str
    thickness: float


_OFF_THE_FACE: Final = tuple(bone for bone in BODY_BONES if NOSE not in bone)
"""The face is part of what is signed: nothing but the nose's own dot is drawn over it."""

PARTS: Final = (
    Part(mark("body"), BODY, _OFF_THE_FACE, "#f0e442", 0.007),
    Part(mark("left hand"), LEFT_HAND, HAND_BONES, "#56b4e9", 0.005),
    Part(mark("right hand"), RIGHT_HAND, HAND_BONES, "#e69f00", 0.005),
)
T = TypeVar("T")

_CASING: Final = QColor("#15191e")
"""Around every bone, so that it is seen on bright pictures as well."""


INFLUENCE: Final = ("#4d5b69", "#ffc400")
"""The colours of no influence and of the most."""
BOLDER: Final = 1.9
"""How much thicker bold bones are: to be seen from the last row."""


def parts_shown(overlay: Overlay) -> tuple[Part, ...]:
    """Return the parts of the skeleton that an overlay shows."""
    return PARTS[1:] if overlay is Overlay.HANDS_ONLY else PARTS


def draw_skeleton(
    painter: QPainter, keypoints: Keypoints, overlay: Overlay = Overlay.THIN, *, share: float = 1.0
) -> None:
    """Draw the joints that were found, in the picture's own coordinates; confidence is opacity.

    Args:
        painter: paints the picture.
        keypoints: of the picture.
        overlay: how they are drawn.
        share: of the picture that is shown; lines have the same thickness on the screen whatever it is.
    """
    unit = share * keypoints.size[1] * (BOLDER if overlay is Overlay.BOLD else 1)
    for part in parts_shown(overlay):
        joints = keypoints.joints[part.joints]
        if joints[:, 2].any():
            _draw_part(painter, part, joints, thickness=part.thickness * unit)
    painter.setOpacity(1.0)


def draw_influence(painter: QPainter, keypoints: Keypoints, influence: npt.NDArray[np.float32]) -> None:
    """Draw the joints that were found, warmer and thicker the more influence (49,) they have, 0..1."""
    unit = keypoints.size[1]
    for part in PARTS:
        joints, weights = keypoints.joints[part.joints], influence[part.joints]
        points = [QPointF(x, y) for x, y, _ in joints.tolist()]
        for start, end in part.bones:
            if min(joints[start, 2], joints[end, 2]) > 0:
                weight = float(weights[start] + weights[end]) / 2
                painter.setPen(_influence_pen(weight, part.thickness * unit))
                painter.drawLine(points[start], points[end])
        for point, (_, _, confidence), weight in zip(points, joints.tolist(), weights.tolist(), strict=True):
            if confidence > 0:
                painter.setPen(_influence_pen(weight, 2.0 * part.thickness * unit))
                painter.drawPoint(point)


def influence_colour(weight: float) -> QColor:
    """Return the colour of an influence, 0..1: from a cool grey to a bright yellow, told apart by lightness alone."""
    low, high = (QColor(colour) for colour in INFLUENCE)
    share = min(max(weight, 0.0), 1.0)
    return QColor.fromRgbF(
        *(
            getattr(low, channel)() * (1 - share) + getattr(high, channel)() * share
            for channel in ("redF", "greenF", "blueF")
        )
    )


def _influence_pen(weight: float, thickness: float) -> QPen:
    width = thickness * (1 + 0.8 * min(max(weight, 0.0), 1.0))
    return QPen(influence_colour(weight), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _draw_part(painter: QPainter, part: Part, joints: JointArray, *, thickness: float) -> None:
    # Flat ends and an opaque casing take a third of the time of round and translucent ones; the joints cover the ends.
    casing = QPen(_CASING, thickness * 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    bone = QPen(QColor(part.colour), thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    joint = QPen(QColor(part.colour), thickness * 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    points = [QPointF(x, y) for x, y, _ in joints.tolist()]
    confidence: list[float] = joints[:, 2].tolist()

    lines = _by_opacity(
        [(min(confidence[start], confidence[end]), QLineF(points[start], points[end])) for start, end in part.bones]
    )
    for pen in (casing, bone):
        painter.setPen(pen)
        for opacity, group in lines.items():
            painter.setOpacity(opacity)
            painter.drawLines(group)
    painter.setPen(joint)
    for opacity, dots in _by_opacity(list(zip(confidence, points, strict=True))).items():
        painter.setOpacity(opacity)
        painter.drawPoints(dots)


def _by_opacity(items: Sequence[tuple[float, T]]) -> dict[float, list[T]]:
    """Group what is drawn alike: one call for a hand instead of twenty. Nothing that was not found is drawn."""
    groups: dict[float, list[T]] = {}
    for confidence, item in items:
        if confidence > 0:
            groups.setdefault(round(min(confidence, 1.0), 1), []).append(item)
    return groups
