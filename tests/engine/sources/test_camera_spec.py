import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.sources.camera_spec import CameraSpec, CameraWish, names_camera

wishes = st.builds(
    CameraWish, st.none() | st.tuples(st.integers(10, 99999), st.integers(10, 99999)), st.none() | st.integers(0, 999)
)


@given(st.builds(CameraSpec, st.integers(0, 999), st.none() | wishes))
def test_what_is_written_is_read(camera: CameraSpec) -> None:
    assert names_camera(str(camera))
    assert CameraSpec.parse(str(camera)) == camera


@pytest.mark.parametrize(
    ("spec", "wish"),
    [
        ("camera:0", None),
        ("camera:0@15", CameraWish(rate=15)),
        ("camera:0@1280x720", CameraWish((1280, 720))),
        ("camera:0@any", CameraWish(None)),
        ("camera:0@any@any", CameraWish(None, None)),
        ("camera:0@1280x720@any", CameraWish((1280, 720), None)),
    ],
)
def test_what_is_left_out_is_as_usual(spec: str, wish: CameraWish | None) -> None:
    assert CameraSpec.parse(spec).wish == wish


@given(st.text().map(lambda junk: f"camera:0@{junk}") | st.text())
def test_anything_else_is_refused_in_one_line(spec: str) -> None:
    try:
        camera = CameraSpec.parse(spec)
    except UserFacingError:
        return
    assert CameraSpec.parse(str(camera)) == camera
