import logging
import math
import struct
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UserFacingError
from engine.sources.opencv import cv2
from engine.sources.video import FrameClock, VideoSource
from engine.types import NANOSECONDS, Frame

MakeVideo = Callable[..., Path]


def frames_of(path: Path) -> list[Frame]:
    with VideoSource(path) as source:
        return list(source)


@pytest.mark.parametrize("name", ["video.mp4", "video.avi"])
def test_a_video_gives_every_picture_with_its_place_in_the_file(make_video: MakeVideo, name: str) -> None:
    frames = frames_of(make_video(name, frames=12, rate=25.0))
    assert [frame.index for frame in frames] == list(range(12))
    assert [frame.time_ns for frame in frames] == [number * NANOSECONDS // 25 for number in range(12)]
    for number, frame in enumerate(frames):
        assert frame.image.shape == (48, 64, 3)
        assert frame.image.dtype == np.uint8
        assert abs(float(frame.image[40:, 40:].mean()) - (20 + 10 * number)) < 6
        assert frame.keypoints is None
        assert frame.arrived_ns > 0


def test_pictures_stay_as_they_are_while_later_ones_are_read(make_video: MakeVideo) -> None:
    with VideoSource(make_video()) as source:
        frames = iter(source)
        first = next(frames)
        before = first.image.copy()
        next(frames)
        assert np.array_equal(first.image, before)


def test_a_video_starts_over_when_it_is_read_again(make_video: MakeVideo) -> None:
    with VideoSource(make_video()) as source:
        next(iter(source))
        first, second = list(source), list(source)
    assert [frame.time_ns for frame in first] == [frame.time_ns for frame in second]
    assert len(first) == 12


def test_an_animated_gif_plays(tmp_path: Path) -> None:
    path = tmp_path / "wave.gif"
    path.write_bytes(tiny_gif(frames=3, hundredths=10))
    frames = frames_of(path)
    assert len(frames) == 3
    assert [frame.time_ns for frame in frames] == [0, NANOSECONDS // 10, NANOSECONDS // 5]


WIDE_PIXELS, HIGH_PIXELS = 0b0101, 0b0010
"""Of MPEG-4 visual: 40:33, as widescreen NTSC has them, and 12:11. An ordinary video says 0b0001, square."""


def with_pixels(path: Path, shape: int) -> Path:
    """Have a video say of its pixels that they are not square: four bits, 17 after the start of a layer."""
    content = bytearray(path.read_bytes())
    start = 0
    while (start := content.find(b"\0\0\1\x20", start) + 4) > 3:
        header = int.from_bytes(content[start : start + 4])
        assert header >> 11 & 0b1111 == 1
        content[start : start + 4] = (header & ~(0b1111 << 11) | shape << 11).to_bytes(4)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("shape", "width"), [(WIDE_PIXELS, 78), (HIGH_PIXELS, 70)])
def test_a_video_of_pixels_that_are_not_square_is_stretched(make_video: MakeVideo, shape: int, width: int) -> None:
    plain, stretched = (frames_of(path)[3].image for path in (make_video(), with_pixels(make_video("b.mp4"), shape)))
    assert plain.shape == (48, 64, 3)
    assert stretched.shape == (48, width, 3)
    assert stretched[:20, : width // 2 - 4].mean() > 200, "the white corner is as large a part of the picture"
    assert stretched[:20, width // 2 + 4 :].mean() < 100


@pytest.mark.parametrize(
    ("told", "shape"),
    [
        ({cv2.CAP_PROP_SAR_NUM: 64, cv2.CAP_PROP_SAR_DEN: 45}, (48, 91, 3)),
        ({cv2.CAP_PROP_SAR_NUM: 8, cv2.CAP_PROP_SAR_DEN: 9}, (54, 64, 3)),
        ({cv2.CAP_PROP_SAR_NUM: 64, cv2.CAP_PROP_SAR_DEN: 45, cv2.CAP_PROP_ORIENTATION_META: 90}, (68, 64, 3)),
        ({cv2.CAP_PROP_SAR_NUM: 1279, cv2.CAP_PROP_SAR_DEN: 1280}, (48, 64, 3)),
        ({cv2.CAP_PROP_SAR_NUM: 5, cv2.CAP_PROP_SAR_DEN: 1}, (48, 64, 3)),
        ({cv2.CAP_PROP_SAR_NUM: math.nan, cv2.CAP_PROP_SAR_DEN: 1}, (48, 64, 3)),
    ],
    ids=["wide", "high", "wide before it was turned", "all but square", "nonsense", "no number"],
)
def test_pictures_are_stretched_as_far_as_it_makes_sense(
    make_video: MakeVideo, monkeypatch: pytest.MonkeyPatch, told: dict[int, float], shape: tuple[int, ...]
) -> None:
    class Told:
        def __init__(self, *given: Any) -> None:
            self._capture = really(*given)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._capture, name)

        def get(self, what: int) -> float:
            return told.get(what, self._capture.get(what))

    path, really = make_video(), cv2.VideoCapture
    monkeypatch.setattr(cv2, "VideoCapture", Told)
    assert frames_of(path)[0].image.shape == shape


def test_a_video_that_was_filmed_on_its_side_is_turned_upright(make_video: MakeVideo) -> None:
    path = make_video()
    content = path.read_bytes()
    fixed = 1 << 16
    upright = struct.pack(">9i", fixed, 0, 0, 0, fixed, 0, 0, 0, 1 << 30)
    quarter_turn = struct.pack(">9i", 0, fixed, 0, -fixed, 0, 0, 48 * fixed, 0, 1 << 30)
    track = content.index(b"tkhd")
    assert upright in content[track : track + 92]
    path.write_bytes(content[:track] + content[track:].replace(upright, quarter_turn, 1))
    picture = frames_of(path)[0].image
    assert picture.shape == (64, 48, 3)
    assert picture[:28, 28:].mean() > 200, "the white corner has moved to the top right"
    assert picture[:28, :20].mean() < 100


def text_called_mp4(path: Path) -> None:
    path.write_text("This is not a video.")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.mkdir()


def missing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("make", [text_called_mp4, nothing, folder, missing])
def test_what_is_no_video_is_refused_with_one_line_that_names_it(
    tmp_path: Path, make: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.mp4"
    make(path)
    with pytest.raises(UserFacingError) as caught, VideoSource(path):
        pass
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file can have such a name")
def test_a_name_that_is_no_utf8_is_refused(make_video: MakeVideo, tmp_path: Path) -> None:
    path = make_video().rename(tmp_path / "caf\udce9.mp4")
    with pytest.raises(UserFacingError, match="not valid UTF-8") as caught, VideoSource(path):
        pass
    assert str(caught.value).encode()


def test_a_video_cut_off_before_its_first_picture_is_refused(make_video: MakeVideo) -> None:
    path = make_video("video.avi")
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"movi") + 4])
    with pytest.raises(UserFacingError, match=r"video\.avi"), VideoSource(path):
        pass


def test_a_video_cut_off_in_the_middle_plays_what_is_left_and_says_so(
    make_video: MakeVideo, caplog: pytest.LogCaptureFixture
) -> None:
    path = make_video("video.avi", frames=40)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with caplog.at_level(logging.WARNING):
        frames = frames_of(path)
    assert 1 < len(frames) < 40
    assert "may be incomplete" in caplog.text


FIVE_SECONDS = 5 * 25
"""In frames, which Matroska announces for a pause, too: as many as it has time for."""


class Announcing:
    """A file that announces five seconds more than it has pictures for."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    def __getattr__(self, name: str) -> Any:
        return getattr(self._capture, name)

    def get(self, what: int) -> float:
        told = self._capture.get(what)
        return told + FIVE_SECONDS if what == cv2.CAP_PROP_FRAME_COUNT else told


class Paused(Announcing):
    """They are a pause."""

    def get(self, what: int) -> float:
        told = super().get(what)
        return told + 5_000 if what == cv2.CAP_PROP_POS_MSEC and told > 200 else told


class Late(Announcing):
    """They come before the first picture, from which positions count."""

    def get(self, what: int) -> float:
        told = super().get(what)
        return told + FIVE_SECONDS if what == cv2.CAP_PROP_PTS else told


@pytest.mark.parametrize(
    ("kind", "last_ms", "whole"), [(Paused, 5_440, True), (Late, 440, True), (Announcing, 440, False)]
)
def test_a_video_with_a_time_without_pictures_is_not_taken_for_incomplete(
    make_video: MakeVideo,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Announcing],
    last_ms: int,
    whole: bool,
) -> None:
    path = make_video("video.avi", frames=12, rate=25.0)
    really = cv2.VideoCapture
    monkeypatch.setattr(cv2, "VideoCapture", lambda *given: kind(really(*given)))
    assert frames_of(path)[-1].time_ns == last_ms * 1_000_000
    assert ("may be incomplete" not in caplog.text) == whole


def test_a_source_can_be_closed_twice(make_video: MakeVideo) -> None:
    source = VideoSource(make_video())
    with source:
        next(iter(source))
    source.__exit__(None, None, None)


anything = st.floats(allow_nan=True, allow_infinity=True)


@given(rate=anything, positions=st.lists(anything, max_size=40))
def test_stream_time_always_moves_on_whatever_a_file_claims(rate: float, positions: list[float]) -> None:
    clock = FrameClock(rate)
    times = [clock.tick(position) for position in positions]
    assert all(type(time_ns) is int and time_ns >= 0 for time_ns in times)
    assert all(later > earlier for earlier, later in pairwise(times))


@given(gaps=st.lists(st.floats(min_value=0.01, max_value=5_000), min_size=1, max_size=40), rate=st.floats(1, 240))
def test_sane_positions_are_believed(gaps: list[float], rate: float) -> None:
    positions = np.cumsum([0.0, *gaps])
    clock = FrameClock(rate)
    assert [clock.tick(float(position)) for position in positions] == [
        round(float(position) * 1e6) for position in positions
    ]


gaps_ms = st.lists(st.integers(1, 60_000), min_size=2, max_size=20)


@given(before=gaps_ms, pause_ms=st.integers(60_001, 3_600_000), after=gaps_ms, rate=st.floats(1, 240))
def test_a_long_pause_is_believed_once_a_second_frame_tells_of_it(
    before: list[int], pause_ms: int, after: list[int], rate: float
) -> None:
    positions = np.cumsum([0, *before, pause_ms, *after]).tolist()
    clock = FrameClock(rate)
    times = [clock.tick(position) for position in positions]
    back = len(before) + 1
    assert [time_ns for at, time_ns in enumerate(times) if at != back] == [
        position * 1_000_000 for at, position in enumerate(positions) if at != back
    ]
    assert times[back] == times[back - 1] + round(NANOSECONDS / rate)


@given(before=gaps_ms, after=gaps_ms, rate=st.floats(1, 240))
def test_positions_that_begin_anew_keep_their_distances(before: list[int], after: list[int], rate: float) -> None:
    clock = FrameClock(rate)
    for position in np.cumsum([0, *before, max(after)]).tolist():
        clock.tick(position)
    times = [clock.tick(position) for position in np.cumsum([0, *after]).tolist()]
    assert [later - earlier for earlier, later in pairwise(times)] == [gap * 1_000_000 for gap in after]


@pytest.mark.parametrize("nonsense", [0.0, -5.0, math.nan, math.inf, 1e15, 4_000_000.0])
def test_one_position_that_makes_no_sense_costs_its_own_frame_alone(nonsense: float) -> None:
    clock = FrameClock(25.0)
    times = [clock.tick(position) for position in (0, 100, 200, nonsense, 400, 500)]
    assert times == [0, 100_000_000, 200_000_000, 240_000_000, 400_000_000, 500_000_000]


@pytest.mark.parametrize("position", [0.0, -1.0, math.nan, 1e15])
def test_without_positions_the_frame_rate_counts(position: float) -> None:
    clock = FrameClock(25.0)
    assert [clock.tick(position) for _ in range(4)] == [0, 40_000_000, 80_000_000, 120_000_000]


@pytest.mark.parametrize("rate", [0.0, -5.0, math.nan, math.inf, 90_000.0])
def test_without_positions_and_with_an_absurd_rate_thirty_frames_a_second_are_assumed(rate: float) -> None:
    clock = FrameClock(rate)
    assert [clock.tick(0.0) for _ in range(3)] == [0, 33_333_333, 66_666_666]


def tiny_gif(*, frames: int, hundredths: int) -> bytes:
    """An animated GIF of 2 x 2 pixels, all of the first colour."""
    header = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + bytes((200, 100, 50, 0, 0, 0))
    control = b"\x21\xf9\x04\x00" + struct.pack("<H", hundredths) + b"\x00\x00"
    # Clear, colour 0 once, twice at a time, once more, end: three bits each.
    codes = [4, 0, 6, 0, 5]
    bits = sum(code << (3 * place) for place, code in enumerate(codes))
    data = bits.to_bytes(2, "little")
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 2, 0) + bytes((2, len(data))) + data + b"\x00"
    return header + (control + picture) * frames + b"\x3b"


def test_the_tiny_gif_is_one_that_opencv_reads(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gif"
    path.write_bytes(tiny_gif(frames=1, hundredths=10))
    decoded, picture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG).read()
    assert decoded
    assert picture[0, 0].tolist() == pytest.approx([50, 100, 200], abs=3)
