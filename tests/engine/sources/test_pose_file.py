import errno
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pose_format import Pose
from pose_format.numpy import NumPyPoseBody
from pose_format.pose_header import PoseHeader, PoseHeaderComponent, PoseHeaderDimensions

from engine.errors import UserFacingError
from engine.joints import JOINTS, LEFT_HAND, NOSE, RIGHT_HAND, RIGHT_WRIST
from engine.sources.pose_file import load_pose, save_pose
from engine.types import NANOSECONDS, KeypointClip

MEDIAPIPE_HAND = ["WRIST"] + [
    f"{finger}_{joint}"
    for finger, joints in (
        ("THUMB", ("CMC", "MCP", "IP", "TIP")),
        *((name, ("MCP", "PIP", "DIP", "TIP")) for name in ("INDEX_FINGER", "MIDDLE_FINGER", "RING_FINGER", "PINKY")),
    )
    for joint in joints
]
MEDIAPIPE_POSE = ["NOSE", "LEFT_EYE", "LEFT_SHOULDER", "RIGHT_SHOULDER", "LEFT_ELBOW", "RIGHT_ELBOW", "LEFT_WRIST"]
MEDIAPIPE_POSE += ["RIGHT_WRIST", "LEFT_HIP", "RIGHT_HIP"]


def write_foreign(
    path: Path, *, frames: int = 4, people: int = 2, rate: float = 24.0, hand: str = "LEFT"
) -> np.ndarray:
    """Write a file as other tools do: more points than ours, in another order; returns its positions."""
    components = [
        PoseHeaderComponent("FACE_LANDMARKS", ["0", "1"], [], [], "XYZC"),
        PoseHeaderComponent("RIGHT_HAND_LANDMARKS", MEDIAPIPE_HAND, [], [], "XYZC"),
        PoseHeaderComponent(f"{hand}_HAND_LANDMARKS", MEDIAPIPE_HAND, [], [], "XYZC"),
        PoseHeaderComponent("POSE_LANDMARKS", MEDIAPIPE_POSE, [], [], "XYZC"),
    ]
    points = sum(len(component.points) for component in components)
    positions = np.random.default_rng(0).uniform(1, 500, (frames, people, points, 3)).astype(np.float32)
    confidence = np.ones((frames, people, points), np.float32)
    confidence[1, :, 2:23] = 0
    confidence[2, :, 30] = 0
    body = NumPyPoseBody(rate, positions, confidence)
    with path.open("wb") as file:
        Pose(PoseHeader(0.2, PoseHeaderDimensions(640, 480, 100), components), body).write(file)
    return positions


def test_a_clip_comes_back_from_a_pose_file(tmp_path: Path, clip: KeypointClip) -> None:
    save_pose(tmp_path / "clip.pose", clip)
    loaded = load_pose(tmp_path / "clip.pose")
    assert np.array_equal(loaded.joints, clip.joints)
    assert loaded.times_ns.tolist() == clip.times_ns.tolist()
    assert loaded.size == clip.size
    assert [path.name for path in tmp_path.iterdir()] == ["clip.pose"]


@given(gaps=st.lists(st.integers(20_000_000, 60_000_000), min_size=1, max_size=30))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_uneven_frames_are_saved_at_their_median_rate_and_stay_where_they_were(tmp_path: Path, gaps: list[int]) -> None:
    times_ns = np.cumsum(np.array([0, *gaps], np.int64))
    joints = np.ones((len(times_ns), JOINTS, 3), np.float32)
    joints[..., 0] = (times_ns / 1e6)[:, None]
    save_pose(tmp_path / "clip.pose", KeypointClip(joints=joints, times_ns=times_ns, size=(640, 480)))
    loaded = load_pose(tmp_path / "clip.pose")
    assert len(loaded) == round(times_ns[-1] / np.median(gaps)) + 1
    distance_ms = np.abs(loaded.joints[:, 0, 0] - loaded.times_ns / 1e6)
    assert distance_ms.max() <= 60


def test_a_single_frame_survives(tmp_path: Path, clip: KeypointClip) -> None:
    one = KeypointClip(joints=clip.joints[:1], times_ns=clip.times_ns[:1], size=clip.size)
    save_pose(tmp_path / "clip.pose", one)
    assert np.array_equal(load_pose(tmp_path / "clip.pose").joints, one.joints)


def test_an_empty_clip_is_not_written(tmp_path: Path, clip: KeypointClip) -> None:
    with pytest.raises(UserFacingError, match="no frame"):
        save_pose(tmp_path / "clip.pose", KeypointClip(clip.joints[:0], clip.times_ns[:0], clip.size))


def test_points_of_other_tools_are_found_by_name(tmp_path: Path) -> None:
    positions = write_foreign(tmp_path / "other.pose")
    loaded = load_pose(tmp_path / "other.pose")
    assert loaded.size == (640, 480)
    assert loaded.times_ns.tolist() == [round(number * NANOSECONDS / 24) for number in range(4)]
    first = positions[0, 0]
    assert np.array_equal(loaded.joints[0, RIGHT_HAND, :2], first[2:23, :2])
    assert np.array_equal(loaded.joints[0, LEFT_HAND, :2], first[23:44, :2])
    assert np.array_equal(loaded.joints[0, NOSE, :2], first[44, :2])
    assert np.array_equal(loaded.joints[0, RIGHT_WRIST, :2], first[51, :2])


def test_a_hand_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    write_foreign(tmp_path / "other.pose")
    joints = load_pose(tmp_path / "other.pose").joints
    assert not joints[1, RIGHT_HAND].any()
    assert joints[1, LEFT_HAND, 2].all()
    assert not joints[2, LEFT_HAND].any()
    assert joints[2, RIGHT_HAND, 2].all()


def test_another_layout_is_refused(tmp_path: Path) -> None:
    write_foreign(tmp_path / "other.pose", hand="THIRD")
    with pytest.raises(UserFacingError, match="MediaPipe Holistic"):
        load_pose(tmp_path / "other.pose")


@pytest.mark.parametrize(
    ("frames", "people", "rate"), [(0, 1, 25.0), (4, 0, 25.0), (4, 1, 0.0), (4, 1, 1e-12), (4, 1, float("nan"))]
)
def test_a_file_without_frames_people_or_a_rate_is_refused(
    tmp_path: Path, frames: int, people: int, rate: float
) -> None:
    path = tmp_path / "other.pose"
    write_foreign(path, rate=25.0)
    pose = Pose.read(path.read_bytes())
    pose.body.data, pose.body.confidence = pose.body.data[:frames, :people], pose.body.confidence[:frames, :people]
    pose.body.fps = rate
    buffer = io.BytesIO()
    pose.write(buffer)
    path.write_bytes(buffer.getvalue())
    with pytest.raises(UserFacingError):
        load_pose(path)


@given(content=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_anything_else_is_refused_with_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pose"
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        load_pose(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(tmp_path: Path, clip: KeypointClip, share: float) -> None:
    path = tmp_path / "clip.pose"
    save_pose(path, clip)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UserFacingError, match=r"clip\.pose"):
        load_pose(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="does not exist"):
        load_pose(tmp_path / "none.pose")


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, clip: KeypointClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_pose(tmp_path / "clip.pose", clip)

    def closed(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(UserFacingError, match=r"clip\.pose cannot be read: Permission denied\."):
        load_pose(tmp_path / "clip.pose")
