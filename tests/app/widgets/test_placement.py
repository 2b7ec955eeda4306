import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signer_zoom import Crop
from app.widgets.placement import Placement

sizes = st.tuples(st.integers(1, 4000), st.integers(1, 4000))
shares = st.floats(0, 1)


def on_widget(placed: Placement, x: float, y: float) -> tuple[float, float]:
    """Where a point of the picture is on the widget."""
    across, _, _, down, left, top = placed.matrix
    return across * x + left, down * y + top


@st.composite
def crops(draw: st.DrawFn) -> Crop:
    share = draw(st.floats(0.1, 1))
    return Crop(draw(shares) * (1 - share), draw(shares) * (1 - share), share)


@given(sizes, sizes, st.booleans())
def test_the_picture_is_as_large_as_fits_and_centred(
    picture: tuple[int, int], widget: tuple[int, int], mirrored: bool
) -> None:
    placed = Placement.fit(picture, widget, mirrored=mirrored)

    assert placed.width <= widget[0] * (1 + 1e-9)
    assert placed.height <= widget[1] * (1 + 1e-9)
    assert placed.width == pytest.approx(widget[0]) or placed.height == pytest.approx(widget[1])
    assert placed.left == pytest.approx(widget[0] - placed.left - placed.width, abs=1e-6)
    assert placed.top == pytest.approx(widget[1] - placed.top - placed.height, abs=1e-6)


@given(sizes, sizes)
def test_the_aspect_is_kept(picture: tuple[int, int], widget: tuple[int, int]) -> None:
    placed = Placement.fit(picture, widget, mirrored=False)

    assert placed.width * picture[1] == pytest.approx(placed.height * picture[0])


@given(sizes, sizes, shares, shares)
def test_the_mirror_exchanges_left_and_right_and_nothing_else(
    picture: tuple[int, int], widget: tuple[int, int], across: float, down: float
) -> None:
    plain = Placement.fit(picture, widget, mirrored=False)
    mirror = Placement.fit(picture, widget, mirrored=True)
    x, y = across * picture[0], down * picture[1]

    assert on_widget(mirror, x, y) == pytest.approx(on_widget(plain, picture[0] - x, y), abs=1e-6)


@given(sizes, sizes, st.booleans(), crops(), shares, shares)
def test_a_part_of_the_picture_fills_the_place_of_the_whole(
    picture: tuple[int, int], widget: tuple[int, int], mirrored: bool, crop: Crop, across: float, down: float
) -> None:
    whole = Placement.fit(picture, widget, mirrored=mirrored)
    inside = ((crop.left + across * crop.share) * picture[0], (crop.top + down * crop.share) * picture[1])

    assert on_widget(whole.zoomed(crop), *inside) == pytest.approx(
        on_widget(whole, across * picture[0], down * picture[1]), abs=1e-3
    )
