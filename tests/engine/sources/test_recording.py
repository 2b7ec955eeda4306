import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.errors import UserFacingError
from engine.joints import JOINTS
from engine.sources.clip import ClipSource
from engine.sources.recording import FORMAT, VERSION, load_recording, save_recording
from engine.types import KeypointClip


@st.composite
def clips(draw: st.DrawFn) -> KeypointClip:
    frames = draw(st.integers(1, 5))
    positions = draw(hnp.arrays(np.float32, (frames, JOINTS, 2), elements=st.floats(-1e4, 1e4, width=32)))
    confidence = draw(hnp.arrays(np.float32, (frames, JOINTS, 1), elements=st.floats(0, 1, width=32)))
    gaps = draw(st.lists(st.integers(1, 10**10), min_size=frames, max_size=frames))
    return KeypointClip(
        joints=np.concatenate([positions, confidence], axis=2),
        times_ns=np.cumsum(np.array(gaps, np.int64)),
        size=(draw(st.integers(1, 8192)), draw(st.integers(1, 8192))),
    )


@given(clip=clips())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_recording_comes_back_to_the_last_digit(tmp_path: Path, clip: KeypointClip) -> None:
    save_recording(tmp_path / "clip.npz", clip)
    loaded = load_recording(tmp_path / "clip.npz")
    assert np.array_equal(loaded.joints, clip.joints)
    assert loaded.joints.dtype == np.float32
    assert np.array_equal(loaded.times_ns, clip.times_ns)
    assert loaded.size == clip.size


def test_a_recording_plays_its_keypoints_on_one_plain_picture(tmp_path: Path, clip: KeypointClip) -> None:
    save_recording(tmp_path / "clip.npz", clip)
    with ClipSource(tmp_path / "clip.npz", load_recording) as source:
        frames, again = list(source), list(source)
    assert len(frames) == len(again) == len(clip)
    for number, frame in enumerate(frames):
        assert frame.index == number
        assert frame.time_ns == clip.times_ns[number]
        assert frame.keypoints is not None
        assert frame.keypoints.time_ns == frame.time_ns
        assert np.array_equal(frame.keypoints.joints, clip.joints[number])
        assert frame.keypoints.size == clip.size
        assert frame.image is frames[0].image
    assert frames[0].image.shape == (240, 320, 3)
    assert len(np.unique(frames[0].image.reshape(-1, 3), axis=0)) == 1


def test_saving_replaces_the_old_file_and_leaves_nothing_else(tmp_path: Path, clip: KeypointClip) -> None:
    path = tmp_path / "clip.npz"
    path.write_text("old")
    save_recording(path, clip)
    assert len(load_recording(path)) == len(clip)
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_clip_is_not_saved(tmp_path: Path) -> None:
    empty = KeypointClip(joints=np.zeros((0, JOINTS, 3), np.float32), times_ns=np.zeros(0, np.int64), size=(64, 48))
    with pytest.raises(UserFacingError, match="no frame"):
        save_recording(tmp_path / "clip.npz", empty)
    assert not list(tmp_path.iterdir())


def test_a_picture_that_could_not_be_read_again_is_refused_in_one_line(tmp_path: Path, clip: KeypointClip) -> None:
    wide = KeypointClip(clip.joints, clip.times_ns, (9000, 640))
    with pytest.raises(UserFacingError, match="more than 8192 pixels"):
        save_recording(tmp_path / "clip.npz", wide)
    assert not list(tmp_path.iterdir())


def changed(joints: np.ndarray, place: tuple[int, ...], value: float) -> np.ndarray:
    joints = joints.copy()
    joints[place] = value
    return joints


def fields(clip: KeypointClip) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "joints": clip.joints,
        "times_ns": clip.times_ns,
        "size": np.array(clip.size),
    }


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("format", lambda _: "something else", "format"),
        ("format", lambda _: np.array(["a", "b"]), "format"),
        ("version", lambda _: 0, "version"),
        ("version", lambda _: VERSION + 1, "newer"),
        ("version", lambda _: "one", "version"),
        ("joints", lambda clip: clip.joints.astype(np.float64), "float32"),
        ("joints", lambda clip: clip.joints[:, :48], "49"),
        ("joints", lambda clip: clip.joints[:-1], "one int64 a frame"),
        ("joints", lambda clip: changed(clip.joints, (0, 0, 0), np.nan), "finite"),
        ("joints", lambda clip: changed(clip.joints, (3, 2, 1), np.inf), "finite"),
        ("joints", lambda clip: changed(clip.joints, (3, 2, 2), 1.5), "between 0 and 1"),
        ("times_ns", lambda clip: clip.times_ns[::-1], "increase"),
        ("times_ns", lambda clip: np.zeros_like(clip.times_ns), "increase"),
        ("times_ns", lambda clip: clip.times_ns.astype(np.float64), "int64"),
        ("size", lambda _: np.array([0, 480]), "size"),
        ("size", lambda _: np.array([10**9, 480]), "8192 pixels"),
        ("size", lambda _: np.array([640, 480, 3]), "size"),
    ],
)
def test_a_recording_with_an_impossible_field_is_refused_with_the_reason(
    tmp_path: Path, clip: KeypointClip, field: str, value: Any, why: str
) -> None:
    path = tmp_path / "clip.npz"
    np.savez(path, **{**fields(clip), field: value(clip)})
    with pytest.raises(UserFacingError, match=why) as caught:
        load_recording(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("field", ["format", "version", "joints", "times_ns", "size"])
def test_a_recording_without_a_field_is_refused(tmp_path: Path, clip: KeypointClip, field: str) -> None:
    rest = fields(clip)
    del rest[field]
    np.savez(tmp_path / "clip.npz", **rest)
    with pytest.raises(UserFacingError, match=field):
        load_recording(tmp_path / "clip.npz")


def test_a_file_that_would_run_code_is_refused(tmp_path: Path, clip: KeypointClip) -> None:
    path = tmp_path / "clip.npz"
    np.savez(path, **{**fields(clip), "joints": np.array([print], dtype=object)})
    with pytest.raises(UserFacingError, match="damaged"):
        load_recording(path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 but nothing else"])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.npz"
    path.write_bytes(content)
    with pytest.raises(UserFacingError, match="not a keypoint recording"):
        load_recording(path)


def test_a_single_array_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "clip.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(UserFacingError, match="single array"):
        load_recording(tmp_path / "clip.npz")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="does not exist"):
        load_recording(tmp_path / "none.npz")
    with pytest.raises(UserFacingError, match="folder"):
        load_recording(tmp_path)


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (, }",
        "{'descr': ',', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': (), 'fortran_order': False, 'shape': (1,)}",
        "{[]: 1}",
        f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({10**30},)}}",
    ],
)
def test_an_array_with_a_damaged_header_is_refused(tmp_path: Path, clip: KeypointClip, header: str) -> None:
    path = tmp_path / "clip.npz"
    save_recording(path, clip)
    with zipfile.ZipFile(path) as whole:
        arrays = {name: whole.read(name) for name in whole.namelist()}
    arrays["joints.npy"] = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    with zipfile.ZipFile(path, "w") as damaged:
        for name, content in arrays.items():
            damaged.writestr(name, content)
    with pytest.raises(UserFacingError, match="damaged"):
        load_recording(path)


def test_one_wrong_bit_that_asks_for_a_password_is_damage(tmp_path: Path, clip: KeypointClip) -> None:
    path = tmp_path / "clip.npz"
    save_recording(path, clip)
    content = bytearray(path.read_bytes())
    of_first_entry = content.index(b"PK\x01\x02")
    content[of_first_entry + 8] |= 1  # the lowest of its flags says that it is encrypted
    path.write_bytes(content)
    with pytest.raises(UserFacingError, match="damaged"):
        load_recording(path)


@given(cut=st.integers(0, 10_000), flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_happened_to_a_file_it_is_refused_or_still_a_clip(
    tmp_path: Path, clip: KeypointClip, cut: int, flips: list[tuple[int, int]]
) -> None:
    path = tmp_path / "clip.npz"
    save_recording(path, clip)
    content = bytearray(path.read_bytes())
    for place, flip in flips:
        content[place % len(content)] ^= flip
    path.write_bytes(bytes(content[: len(content) - cut % (len(content) // 2)]))
    try:
        loaded = load_recording(path)
    except UserFacingError:
        return
    assert loaded.joints.shape[1:] == (JOINTS, 3)
    assert np.isfinite(loaded.joints).all()
