import os
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from engine.errors import UserFacingError
from engine.sources import list_cameras, open_source
from engine.sources.camera import CameraSource
from engine.sources.demo import DemoSource
from engine.sources.pose_file import save_pose
from engine.sources.recording import save_recording
from engine.types import KeypointClip


def test_a_camera_and_the_demo_are_named_in_words() -> None:
    assert isinstance(open_source("camera:0"), CameraSource)
    assert open_source("camera:0").live
    assert isinstance(open_source("demo"), DemoSource)
    assert not open_source("demo").live


@pytest.mark.parametrize(("name", "save"), [("clip.npz", save_recording), ("CLIP.POSE", save_pose)])
def test_keypoint_files_are_told_by_their_suffix(
    tmp_path: Path, clip: KeypointClip, name: str, save: Callable[[Path, KeypointClip], None]
) -> None:
    save(tmp_path / name, clip)
    with open_source(str(tmp_path / name)) as source:
        assert source.name == name
        assert all(frame.keypoints is not None for frame in source)


def test_every_other_file_is_taken_for_a_video(make_video: Callable[..., Path], tmp_path: Path) -> None:
    with open_source(str(make_video())) as source:
        assert len(list(source)) == 12
    text = tmp_path / "notes.txt"
    text.write_text("no video")
    with pytest.raises(UserFacingError, match="cannot be read as a video"), open_source(str(text)):
        pass


def test_a_file_can_be_played_in_a_loop(make_video: Callable[..., Path]) -> None:
    with open_source(str(make_video(frames=3)), loop=True) as source:
        assert len(list(islice(source, 10))) == 10


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "camera:",
        "camera:one",
        "camera:-1",
        "camera:¹",
        "camera:9999",
        "camera:0@big",
        "camera:0@1280",
        "demos",
        "no/such.mp4",
        "long" * 100 + ".mp4",
    ],
)
def test_nonsense_is_refused_with_one_line(spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserFacingError) as caught, open_source(spec):
        pass
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are no files there")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    with pytest.raises(UserFacingError, match="no ordinary file"), open_source(str(tmp_path / "pipe.npz")):
        pass


def test_listing_cameras_opens_none_and_works_where_there_is_none() -> None:
    assert all(camera.index >= 0 and camera.name for camera in list_cameras())
