"""Joining videos into one file; needs no network that finds keypoints, so nobody signs in it."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.joined_video import RATE, SIZE, Piece, choose_pieces, join
from engine.data.streams.truth import Kind
from engine.sources.opencv import cv2
from engine.sources.video import VideoSource
from engine.types import NANOSECONDS


def video(path: Path, *, frames: int, rate: float, brightness: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (160, 90))
    for _ in range(frames):
        writer.write(np.full((90, 160, 3), brightness, np.uint8))
    writer.release()
    return path


def test_pieces_follow_one_another_at_one_size_and_rate(tmp_path: Path) -> None:
    slow = video(tmp_path / "slow.avi", frames=10, rate=10.0, brightness=60)
    fast = video(tmp_path / "fast.avi", frames=50, rate=50.0, brightness=200)
    segments = join([Piece(slow, None), Piece(fast, None)], tmp_path / "joined.mp4")
    assert [segment.kind for segment in segments] == [Kind.IDLE, Kind.IDLE]
    assert segments[0].end_ns < segments[1].start_ns
    for segment in segments:
        assert segment.duration_ns / NANOSECONDS == pytest.approx(1.0, abs=0.15)
    with VideoSource(tmp_path / "joined.mp4") as source:
        frames = list(source)
    assert frames[0].image.shape == (SIZE[1], SIZE[0], 3)
    assert frames[1].time_ns == pytest.approx(NANOSECONDS / RATE, rel=0.01)
    middle = [int(frame.image[SIZE[1] // 2, SIZE[0] // 2, 0]) for frame in frames]
    assert middle[5] == pytest.approx(60, abs=10)
    assert middle[-5] == pytest.approx(200, abs=10)
    assert frames[0].image[0].max() < 20  # a wide picture gets black bars


def test_idle_videos_come_after_every_third_sign_and_one_seed_gives_one_order(tmp_path: Path) -> None:
    for name in ("eat_1", "go_2", "thank_you_3", "who_4"):
        (tmp_path / f"{name}.mp4").touch()
    (tmp_path / "idle").mkdir()
    (tmp_path / "idle" / "desk.gif").touch()
    pieces = choose_pieces(tmp_path, signs=None, seed=1)
    assert [piece.gloss is None for piece in pieces] == [False, False, False, True, False]
    assert {piece.gloss for piece in pieces} == {"eat", "go", "thank_you", "who", None}
    assert pieces == choose_pieces(tmp_path, signs=None, seed=1)
    assert len(choose_pieces(tmp_path, signs=2, seed=1)) == 2
