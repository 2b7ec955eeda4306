"""What is written of pictures, and what is shown of it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.sessions.video import FIRST, LONGEST_PAUSE_NS, RATES, VideoWriter
from engine.sources import open_source
from engine.sources.opencv import cv2
from engine.sources.session import Session, SessionNotes, save_session, video_of
from engine.types import NANOSECONDS, Frame, KeypointClip
from tests.engine.signers import sign

MILLISECOND = NANOSECONDS // 1000


def film(path: Path, times_ns: list[int]) -> tuple[list[int], float, list[float]]:
    """Write pictures that came at these times, each a little brighter than the one before.

    Returns:
        the times that were told, the rate of the film and the brightness of each of its pictures.
    """
    told: list[int] = []
    with VideoWriter(path, told.append) as video:
        for index, time_ns in enumerate(times_ns):
            video.write(Frame(np.full((16, 16, 3), 100 + index % 100, np.uint8), time_ns, index))
    written = cv2.VideoCapture(str(path))
    rate, shown = written.get(cv2.CAP_PROP_FPS), []
    while (read := written.read())[0]:
        shown.append(float(read[1].mean()))
    return told, rate, shown


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    interval=st.sampled_from([8, 16, 33, 40, 66, 200]),
    waits=st.lists(st.one_of(st.integers(-7, 7), st.integers(50, 3000)), min_size=1, max_size=60),
)
def test_a_film_shows_each_picture_when_it_was_shown(tmp_path: Path, interval: int, waits: list[int]) -> None:
    steps = [max(1, interval + wait) * MILLISECOND for wait in waits]
    told, rate, shown = film(tmp_path / "video.avi", np.cumsum([5 * MILLISECOND, *steps]).tolist())
    assert len(shown) == len(told)
    assert sorted(set(told)) == told
    off = [number / rate - (time_ns - told[0]) / NANOSECONDS for number, time_ns in enumerate(told)]
    assert max(map(abs, off)) <= 1.01 / rate
    assert rate in RATES


def test_a_camera_that_keeps_its_rate_is_recorded_picture_by_picture(tmp_path: Path) -> None:
    shaking = [round((index / 30 + 0.004 * np.sin(index**2)) * NANOSECONDS) for index in range(1, 200)]
    told, rate, _ = film(tmp_path / "video.avi", shaking)
    assert told == shaking
    assert rate == 30


def test_a_picture_is_not_shown_for_long_where_none_comes_after_it(tmp_path: Path) -> None:
    times_ns = [*(index * NANOSECONDS // 10 for index in range(10)), 4 * NANOSECONDS]
    told, _, shown = film(tmp_path / "video.avi", times_ns)
    assert shown[told.index(9 * NANOSECONDS // 10)] == pytest.approx(109, abs=2)
    assert shown[18] == pytest.approx(109, abs=2), "as long as the window shows it when the session is played"
    assert shown[20] == shown[-2] < 60, "an empty picture"
    assert shown[-1] == pytest.approx(110, abs=2)


def test_a_machine_that_slept_fills_no_disk_with_one_picture(tmp_path: Path) -> None:
    night = 8 * 3600 * NANOSECONDS
    times_ns = [index * NANOSECONDS for index in range(10)]
    told, rate, _ = film(tmp_path / "video.avi", [*times_ns, *(night + time_ns for time_ns in times_ns)])
    assert len(told) / rate == pytest.approx(20 + LONGEST_PAUSE_NS / NANOSECONDS, abs=3)
    assert sorted(set(told)) == told
    assert told[-1] == night + times_ns[-1]


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
