from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.joints import BODY, JOINTS, RIGHT_HAND
from engine.sources.opencv import cv2
from engine.sources.prototypes import Prototype
from engine.types import KeypointClip


@pytest.fixture
def clip() -> KeypointClip:
    """Ten frames at 25 a second of a body and a right hand that moves; the left hand is missing."""
    joints = np.zeros((10, JOINTS, 3), np.float32)
    for part in (BODY, RIGHT_HAND):
        count = part.stop - part.start
        joints[:, part, 0] = np.linspace(100, 200, count) + np.arange(10)[:, None]
        joints[:, part, 1] = np.linspace(50, 150, count)
        joints[:, part, 2] = 0.75 if part == BODY else 1
    return KeypointClip(joints=joints, times_ns=np.arange(10, dtype=np.int64) * 40_000_000, size=(320, 240))


@pytest.fixture
def prototypes() -> dict[str, Prototype]:
    """Three one-handed signs in front of the chest, of different lengths."""
    made = {}
    for number, gloss in enumerate(("eat", "thank you", "walk")):
        joints = np.zeros((12 + number, JOINTS, 3), np.float32)
        joints[:, BODY, :2] = [(0, -0.75), (0.5, 0), (-0.5, 0), (0.7, 1), (-0.7, 1), (0.6, 1.9), (-0.2, 0.5)]
        joints[:, BODY, 2] = 1
        joints[:, RIGHT_HAND, 0] = np.linspace(-0.3, -0.1, 21)
        joints[:, RIGHT_HAND, 1] = np.linspace(0.5, 0.2, 21) + 0.1 * number
        joints[:, RIGHT_HAND, 2] = 1
        made[gloss] = Prototype(gloss=gloss, joints=joints.astype(np.float16).astype(np.float32), rate=25.0)
    return made


@pytest.fixture
def make_video(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small video whose n-th picture is plain grey of brightness 20 + 10 n, but for a white top left."""

    def make(name: str = "video.mp4", *, frames: int = 12, rate: float = 25.0) -> Path:
        path = tmp_path / name
        codec = "MJPG" if path.suffix == ".avi" else "mp4v"
        writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), rate, (64, 48))
        for number in range(frames):
            picture = np.full((48, 64, 3), 20 + 10 * number, np.uint8)
            picture[:24, :32] = 255
            writer.write(picture)
        writer.release()
        return path

    return make
