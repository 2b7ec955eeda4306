from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from engine.joints import JOINTS
from engine.sources.clip import ClipSource
from engine.sources.looping import SEAM_NS, LoopedSource
from engine.sources.recording import load_recording, save_recording
from engine.sources.video import VideoSource
from engine.types import KeypointClip


def test_a_looped_recording_repeats_itself_and_its_time_goes_on(tmp_path: Path, clip: KeypointClip) -> None:
    later = KeypointClip(joints=clip.joints, times_ns=clip.times_ns + 5, size=clip.size)
    save_recording(tmp_path / "clip.npz", later)
    with LoopedSource(ClipSource(tmp_path / "clip.npz", load_recording)) as source:
        frames = list(islice(source, 25))
    times = [frame.time_ns for frame in frames]
    assert times[:10] == later.times_ns.tolist()
    assert times[10] - times[9] == SEAM_NS
    assert np.diff(times).min() > 0
    assert [frame.index for frame in frames] == list(range(25))
    for number, frame in enumerate(frames):
        assert frame.keypoints is not None
        assert frame.keypoints.time_ns == frame.time_ns
        assert np.array_equal(frame.keypoints.joints, clip.joints[number % 10])


def test_a_looped_video_starts_over(make_video: Callable[..., Path]) -> None:
    with LoopedSource(VideoSource(make_video(frames=4))) as source:
        assert source.name == "video.mp4"
        assert not source.live
        brightness = [int(frame.image[40:, 40:].mean()) for frame in islice(source, 9)]
    assert brightness[:4] == brightness[4:8]
    assert brightness[8] == brightness[0]


def test_a_source_without_frames_does_not_loop_for_ever(tmp_path: Path) -> None:
    empty = KeypointClip(np.zeros((0, JOINTS, 3), np.float32), np.zeros(0, np.int64), (64, 48))
    with LoopedSource(ClipSource(tmp_path / "any", lambda _: empty)) as source:
        assert list(source) == []


def test_closing_the_loop_closes_what_it_plays(tmp_path: Path, clip: KeypointClip) -> None:
    inner = ClipSource(tmp_path / "any", lambda _: clip)
    with LoopedSource(inner):
        pass
    with pytest.raises(AssertionError, match="with block"):
        next(iter(inner))
