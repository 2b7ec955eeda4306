from collections.abc import Callable, Iterator

import cv2_enumerate_cameras
import numpy as np
import pytest

from engine.errors import SourceLostError, UserFacingError
from engine.sources import camera, open_source
from engine.sources.camera import ATTEMPTS, CameraInfo, CameraSource, list_cameras
from engine.sources.camera_spec import CameraWish
from engine.sources.opencv import cv2


class FakeCapture:
    """Stands in for cv2.VideoCapture: `script` tells of each grab whether a picture comes."""

    def __init__(self, script: Iterator[bool], *, opens: bool = True) -> None:
        self.script = script
        self.opens = opens
        self.wishes: dict[int, float] = {}
        self.released = 0
        self.grabbed = 0

    def isOpened(self) -> bool:  # noqa: N802
        return self.opens

    def set(self, what: int, value: float) -> bool:
        self.wishes[what] = value
        return True

    def grab(self) -> bool:
        self.grabbed += 1
        return next(self.script)

    def retrieve(self) -> tuple[bool, np.ndarray]:
        return True, np.full((48, 64, 3), self.grabbed, np.uint8)

    def release(self) -> None:
        self.released += 1


Plug = Callable[..., FakeCapture]


@pytest.fixture(autouse=True)
def no_real_cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: [])


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    def plug(*script: bool, opens: bool = True) -> FakeCapture:
        capture = FakeCapture(iter(script), opens=opens)
        monkeypatch.setattr(cv2, "VideoCapture", lambda *_: capture)
        return capture

    return plug


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A clock that stands still until a test moves it."""
    now = [5_000]
    monkeypatch.setattr(camera.time, "perf_counter_ns", lambda: now[0])
    return now


def test_a_camera_gives_numbered_pictures_whose_time_starts_at_zero_and_increases(
    plug: Plug, ticking: list[int]
) -> None:
    plug(True, True, True)
    with CameraSource(0) as source:
        frames = iter(source)
        first = next(frames)
        ticking[0] += 33_000_000
        second = next(frames)
        third = next(frames)
    assert [frame.time_ns for frame in (first, second, third)] == [0, 33_000_000, 33_000_001]
    assert [frame.index for frame in (first, second, third)] == [0, 1, 2]
    assert first.image[0, 0, 0] == 1
    assert second.image[0, 0, 0] == 2
    assert source.live


def test_wishes_are_passed_on(plug: Plug) -> None:
    capture = plug()
    with CameraSource(0, CameraWish((1280, 720), 60)):
        assert capture.wishes[cv2.CAP_PROP_FRAME_WIDTH] == 1280
        assert capture.wishes[cv2.CAP_PROP_FRAME_HEIGHT] == 720
        assert capture.wishes[cv2.CAP_PROP_FPS] == 60.0


def test_what_is_left_to_the_camera_is_not_asked_for(plug: Plug) -> None:
    capture = plug()
    with open_source("camera:0@any@any"):
        assert not capture.wishes


def test_more_than_fits_through_the_cable_is_asked_for_compressed(plug: Plug) -> None:
    for spec, compressed in (("camera:0", False), ("camera:0@60", True), ("camera:0@1280x720", True)):
        capture = plug()
        with open_source(spec):
            assert (cv2.CAP_PROP_FOURCC in capture.wishes) is compressed


@pytest.mark.parametrize(
    ("spec", "asked"),
    [
        ("camera:0", (640, 480, 30)),
        ("camera:0@1280x720", (1280, 720, 30)),
        ("camera:0@15", (640, 480, 15)),
        ("camera:0@1920x1080@60", (1920, 1080, 60)),
    ],
)
def test_wishes_can_be_written_behind_the_cameras_number(plug: Plug, spec: str, asked: tuple[int, ...]) -> None:
    capture = plug()
    with open_source(spec):
        wished = (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT, cv2.CAP_PROP_FPS)
        assert tuple(capture.wishes[what] for what in wished) == asked


def test_a_camera_that_cannot_be_opened_says_so_in_one_line(plug: Plug) -> None:
    plug(opens=False)
    with pytest.raises(UserFacingError, match="Camera 7 cannot be opened") as caught, CameraSource(7):
        pass
    assert "\n" not in str(caught.value)


def test_a_camera_that_never_delivers_says_so(plug: Plug) -> None:
    plug(*[False] * 50)
    with pytest.raises(UserFacingError, match="delivers no picture"), CameraSource(0) as source:
        next(iter(source))


def test_an_unplugged_camera_says_so_after_its_last_picture(plug: Plug) -> None:
    plug(True, True, *[False] * 50)
    with CameraSource(0) as source:
        frames = iter(source)
        assert [next(frames).index, next(frames).index] == [0, 1]
        with pytest.raises(SourceLostError, match="stopped delivering"):
            next(frames)


def test_a_single_lost_picture_is_forgiven(plug: Plug) -> None:
    plug(True, *[False] * (ATTEMPTS - 1), True)
    with CameraSource(0) as source:
        frames = iter(source)
        assert [next(frames).index, next(frames).index] == [0, 1]


def test_a_silent_camera_is_not_waited_for_again_and_again(
    plug: Plug, ticking: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = plug(*[False] * 50)
    plain_grab = capture.grab

    def slow_grab() -> bool:
        ticking[0] += 4_000_000_000
        return plain_grab()

    monkeypatch.setattr(capture, "grab", slow_grab)
    with pytest.raises(UserFacingError), CameraSource(0) as source:
        next(iter(source))
    assert capture.grabbed == 1


def test_the_camera_is_released_whatever_happens_and_only_once(plug: Plug) -> None:
    capture = plug(*[False] * 50)
    source = CameraSource(0)
    with pytest.raises(UserFacingError), source:
        next(iter(source))
    source.__exit__(None, None, None)
    assert capture.released == 1


def test_cameras_are_listed_by_index_with_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        cv2_enumerate_cameras.CameraInfo(2, "Desk camera", "/dev/video2", None, None, camera.BACKEND),
        cv2_enumerate_cameras.CameraInfo(0, None, "/dev/video0", None, None, camera.BACKEND),
    ]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: found)
    assert list_cameras() == (CameraInfo(0, "Camera 0", "/dev/video0"), CameraInfo(2, "Desk camera", "/dev/video2"))
    assert CameraSource(2).name == "Desk camera"
    assert CameraSource(1).name == "Camera 1"
