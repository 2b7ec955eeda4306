from pathlib import Path

import pytest

from engine.sources.camera import CameraInfo
from engine.sources.camera_watch import CameraWatch

DESK = CameraInfo(0, "Desk camera", "/dev/video0")


class Listing:
    """Lists cameras and counts how often it was asked to."""

    def __init__(self) -> None:
        self.cameras: tuple[CameraInfo, ...] = (DESK,)
        self.asked = 0

    def __call__(self) -> tuple[CameraInfo, ...]:
        self.asked += 1
        return self.cameras


@pytest.fixture
def listing() -> Listing:
    return Listing()


def test_where_listing_disturbs_cameras_only_other_devices_are_a_reason(tmp_path: Path, listing: Listing) -> None:
    (tmp_path / "video0").touch()
    watch = CameraWatch(list_all=listing, devices=tmp_path)
    assert watch.look() == (DESK,)
    assert watch.look() is None
    assert listing.asked == 1

    (tmp_path / "video1").touch()
    assert watch.look() == (DESK,)
    (tmp_path / "video1").unlink()
    assert watch.look() == (DESK,)
    (tmp_path / "audio1").touch()
    assert watch.look() is None
    assert listing.asked == 3


def test_a_device_that_was_exchanged_for_another_of_its_name_is_another(tmp_path: Path, listing: Listing) -> None:
    device = tmp_path / "video0"
    device.touch()
    watch = CameraWatch(list_all=listing, devices=tmp_path)
    watch.look()
    changed_ns = device.stat().st_ctime_ns

    while device.stat().st_ctime_ns == changed_ns:  # the clock of a file system may be coarse
        device.unlink()
        device.touch()

    assert watch.look() == (DESK,)


def test_where_listing_disturbs_none_the_list_itself_is_looked_at(listing: Listing) -> None:
    watch = CameraWatch(list_all=listing, devices=None)
    assert watch.look() == (DESK,)
    assert watch.look() is None

    listing.cameras = ()

    assert watch.look() == ()
