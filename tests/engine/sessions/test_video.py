"""What is written of pictures, and what is shown of it."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import UserFacingError
from engine.sessions.video import FIRST, VideoWriter
from engine.sources import open_source
from engine.sources.session import Session, SessionNotes, save_session, video_of
from engine.types import Frame, KeypointClip
from tests.engine.signers import sign


def test_pictures_count_once_they_are_in_the_file(tmp_path: Path) -> None:
    written: list[int] = []
    frames = [Frame(np.zeros((48, 64, 3), np.uint8), index, index) for index in range(FIRST)]
    video = VideoWriter(tmp_path / "missing" / "video.avi", written.append)
    for frame in frames[:-1]:
        video.write(frame)
    with pytest.raises(UserFacingError, match="cannot be written"):
        video.write(frames[-1])
    assert written == []


@pytest.mark.parametrize("size", [(45, 48), (64, 49), (45, 49)])
def test_pictures_of_odd_sides_are_shown_as_large_as_they_were(tmp_path: Path, size: tuple[int, int]) -> None:
    path, written = tmp_path / "session.npz", list[int]()
    clip = sign(rest=5, raised=5)
    with VideoWriter(video_of(path), written.append) as video:
        for index, time_ns in enumerate(clip.times_ns):
            video.write(Frame(np.full((size[1], size[0], 3), 200, np.uint8), int(time_ns), index))
    notes = SessionNotes(started="2026-11-21T09:30:00+00:00", source="Camera")
    clip = KeypointClip(clip.joints, clip.times_ns, size)
    save_session(path, Session(clip, notes, np.array(written, np.int64)))

    with open_source(str(path)) as source:
        images = [frame.image for frame in source]
    assert {image.shape for image in images} == {(size[1], size[0], 3)}
    assert [float(image.mean()) for image in images] == pytest.approx([200.0] * len(clip), abs=2)
