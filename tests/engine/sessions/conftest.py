from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.sessions.recorder import SessionRecorder
from engine.types import KeypointClip, Keypoints
from tests.engine.signers import sign

Record = Callable[..., SessionRecorder]

STARTED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def keypoints_of(clip: KeypointClip) -> list[Keypoints]:
    return [Keypoints(joints, int(at), clip.size) for joints, at in zip(clip.joints, clip.times_ns, strict=True)]


def long_clip(seconds: float) -> list[Keypoints]:
    clip = sign(rest=5, raised=round(25 * seconds) - 10)
    return keypoints_of(clip)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def record(tmp_path: Path, told: list[str]) -> Record:
    def start(name: str = "session", *, video: bool = False) -> SessionRecorder:
        path = tmp_path / f"{name}.npz"
        return SessionRecorder(path, source="Camera", started=STARTED, video=video, tell=told.append)

    return start
