import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.bridge import Picture
from app.theme import LIGHT
from app.widgets.picture import PictureView, to_image
from app.widgets.skeleton import PARTS, Part, draw_skeleton
from engine.joints import JOINTS, LEFT_HAND, LEFT_SHOULDER, NOSE, RIGHT_SHOULDER
from engine.types import Frame, Keypoints
from tests.app.widgets.test_placement import on_widget

BODY_PART, LEFT_PART, RIGHT_PART = PARTS


@pytest.fixture
def painted() -> list[Picture]:
    return []


@pytest.fixture
def view(qtbot: QtBot, painted: list[Picture]) -> PictureView:
    view = PictureView(painted.append)
    qtbot.addWidget(view)
    view.apply_theme(LIGHT)
    view.resize(400, 200)
    return view


def half_red_half_blue() -> Frame:
    """100 x 100, left half red, right half blue (BGR)."""
    image = np.zeros((100, 100, 3), np.uint8)
    image[:, :50, 2] = 255
    image[:, 50:, 0] = 255
    return Frame(image, 0, 0)


def hand(part: slice, *, confidence: float = 1.0, side: int = 300) -> Keypoints:
    """A hand spread over a square picture; nothing else was found."""
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[part, 0] = np.linspace(0.1, 0.9, 21) * side
    joints[part, 1] = (0.1 + 0.37 * np.arange(21) % 0.8) * side
    joints[part, 2] = confidence
    return Keypoints(joints, 0, (side, side))


def drawn(keypoints: Keypoints, *, share: float = 1.0) -> QImage:
    image = QImage(*keypoints.size, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    draw_skeleton(painter, keypoints, share=share)
    painter.end()
    return image


def lightness(image: QImage) -> list[int]:
    return [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_colours_of_the_array_are_the_colours_on_the_screen(view: PictureView) -> None:
    view.show_picture(Picture(half_red_half_blue(), None))

    shown = view.grab().toImage()

    assert shown.pixelColor(150, 100).name() == "#ff0000"
    assert shown.pixelColor(250, 100).name() == "#0000ff"
    assert shown.pixelColor(50, 100).name() == LIGHT.background


def test_the_mirror_turns_the_painting_and_leaves_the_picture_alone(view: PictureView) -> None:
    frame = half_red_half_blue()
    before = frame.image.copy()
    view.show_picture(Picture(frame, None))

    view.set_mirrored(True)
    shown = view.grab().toImage()

    assert shown.pixelColor(150, 100).name() == "#0000ff"
    assert shown.pixelColor(250, 100).name() == "#ff0000"
    np.testing.assert_array_equal(frame.image, before)
    assert view.picture is not None
    assert view.picture.frame is frame


def test_the_skeleton_is_mirrored_with_the_picture(view: PictureView) -> None:
    frame = Frame(np.zeros((100, 100, 3), np.uint8), 0, 0)
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[0] = (10, 50, 1)
    view.show_picture(Picture(frame, Keypoints(joints, 0, (100, 100))))

    plain = view.grab().toImage().pixelColor(120, 100)
    view.set_mirrored(True)
    mirrored = view.grab().toImage().pixelColor(280, 100)

    assert plain.name() == mirrored.name() == BODY_PART.colour


def far_signer() -> Keypoints:
    """Somebody in the right half of a small picture whose nose is a yellow dot."""
    joints = np.zeros((JOINTS, 3), np.float32)
    joints[NOSE] = (75, 40, 1)
    joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER] = (80, 45, 1), (70, 45, 1)
    return Keypoints(joints, 0, (100, 100))


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_zoom_shows_the_signer_larger_in_the_same_place_with_the_skeleton_on_them(
    view: PictureView, mirrored: bool
) -> None:
    frame = half_red_half_blue()
    before = frame.image.copy()
    view.set_mirrored(mirrored)
    view.show_picture(Picture(frame, far_signer()))
    assert "#ff0000" in colours(view.grab().toImage())

    view.set_zoomed(True)

    shown = view.grab().toImage()
    placement = view.placement
    assert placement is not None
    assert placement.scale > 5
    x, y = on_widget(placement, 75, 40)
    assert shown.pixelColor(round(x), round(y)).name() == BODY_PART.colour
    assert "#ff0000" not in colours(shown)
    assert {shown.pixelColor(edge, 100).name() for edge in (98, 301)} == {LIGHT.background}
    assert shown.pixelColor(102, 190).name() == shown.pixelColor(297, 190).name() == "#0000ff"
    np.testing.assert_array_equal(frame.image, before)
    view.set_zoomed(False)
    assert view.placement is not None
    assert view.placement.scale == 2


def test_each_picture_is_counted_once_however_often_it_is_painted(view: PictureView, painted: list[Picture]) -> None:
    frame = half_red_half_blue()
    view.show_picture(Picture(frame, None))

    view.grab()
    view.grab()

    assert [picture.frame for picture in painted] == [frame]


def test_without_a_picture_there_is_only_the_ground(view: PictureView, painted: list[Picture]) -> None:
    view.show_picture(Picture(half_red_half_blue(), None))
    view.clear()

    assert colours(view.grab().toImage()) == {LIGHT.background}
    assert painted == []


def test_a_picture_that_is_a_part_of_a_larger_array_is_shown_as_well() -> None:
    image = half_red_half_blue().image[:, 25:75]

    assert to_image(image).pixelColor(0, 0).name() == "#ff0000"


@pytest.mark.parametrize("part", [LEFT_PART, RIGHT_PART], ids=lambda part: part.name)
def test_each_hand_has_its_colour(part: Part) -> None:
    assert {one.colour for one in PARTS} & colours(drawn(hand(part.joints))) == {part.colour}


def test_what_was_not_found_is_not_drawn() -> None:
    assert colours(drawn(hand(LEFT_HAND, confidence=0.0))) == {"#000000"}


def test_confidence_is_opacity() -> None:
    faint, clear, certain = (max(lightness(drawn(hand(LEFT_HAND, confidence=share)))) for share in (0.2, 0.6, 1.0))

    assert faint < clear < certain


def test_a_line_takes_the_same_share_of_a_larger_picture() -> None:
    def share(side: int) -> float:
        return sum(value > 60 for value in lightness(drawn(hand(LEFT_HAND, side=side)))) / side**2

    assert share(400) == pytest.approx(share(200), rel=0.15)


def test_lines_are_finer_in_a_picture_of_which_a_part_is_shown_larger() -> None:
    def inked(share: float) -> int:
        return sum(value > 60 for value in lightness(drawn(hand(LEFT_HAND), share=share)))

    assert inked(0.5) < 0.7 * inked(1.0)
