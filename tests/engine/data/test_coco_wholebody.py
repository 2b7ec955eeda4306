"""Keypoints that MMPose wrote."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.coco_wholebody import HAND_FOUND, load_wholebody
from engine.errors import UserFacingError
from engine.joints import (
    LEFT_ELBOW,
    LEFT_HAND,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ELBOW,
    RIGHT_HAND,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from tests.engine.data.wholebody import person, write


def test_points_become_joints(tmp_path: Path) -> None:
    clip = load_wholebody(write(tmp_path / "a.json", [[person()], [person()]]), rate=20.0)
    assert clip.times_ns.tolist() == [0, 50_000_000]
    assert clip.joints.shape == (2, 49, 3)
    joints = clip.joints[0]
    assert joints[NOSE].tolist() == pytest.approx([300, 0, 0.8])
    assert joints[[LEFT_SHOULDER, RIGHT_SHOULDER], 0].tolist() == [350, 250]
    elbows_and_wrists = [LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST]
    assert joints[elbows_and_wrists, 1].tolist() == [7, 8, 9, 10]
    assert joints[LEFT_HAND, 1].tolist() == list(range(91, 112))
    assert joints[RIGHT_HAND, 1].tolist() == list(range(112, 133))
    assert joints[RIGHT_HAND, 2].tolist() == pytest.approx([0.9] * 21)
    assert clip.size == (432, 200)


def test_a_hand_is_found_by_its_mean_score_and_whole(tmp_path: Path) -> None:
    sure, unsure = person(hands=HAND_FOUND + 0.05), person(hands=HAND_FOUND - 0.05)
    sure["keypoint_scores"][112] = 0.1
    joints = load_wholebody(write(tmp_path / "a.json", [[sure], [unsure]]), rate=25.0).joints
    assert (joints[0, RIGHT_HAND, 2] >= HAND_FOUND).all()
    assert not joints[1, RIGHT_HAND].any()
    assert not joints[1, LEFT_HAND].any()


@pytest.mark.parametrize("score", [0.0, -0.01])
def test_a_hand_with_a_point_that_could_not_be_placed_is_not_found(tmp_path: Path, score: float) -> None:
    odd = person()
    odd["keypoint_scores"][112] = score
    joints = load_wholebody(write(tmp_path / "a.json", [[odd]]), rate=25.0).joints[0]
    assert joints[LEFT_HAND].all()
    assert not joints[RIGHT_HAND].any()


def test_the_person_with_the_widest_shoulders_is_followed(tmp_path: Path) -> None:
    frames = [
        [person(middle=1000, width=90), person(middle=300, width=80)],
        [person(middle=310, width=120), person(middle=1000, width=90)],
        [person(middle=1000, width=90)],
        [person(middle=1000, width=110), person(middle=330, width=80)],
    ]
    noses = load_wholebody(write(tmp_path / "a.json", frames), rate=25.0).joints[:, NOSE]
    assert noses[:, 0].tolist() == [300, 310, 0, 330]


def test_frames_that_are_left_out_leave_a_gap(tmp_path: Path) -> None:
    frames = [{"frame_id": number, "instances": [person()]} for number in (3, 4, 6)]
    (tmp_path / "a.json").write_text(json.dumps(frames))
    assert (load_wholebody(tmp_path / "a.json", rate=10.0).times_ns / 1e8).tolist() == [0, 1, 3]


def test_plain_lists_of_people_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([[person()], [], [person()]]))
    clip = load_wholebody(tmp_path / "a.json", rate=25.0)
    assert (clip.joints[:, NOSE, 2] > 0).tolist() == [True, False, True]


def test_numbers_that_are_none_are_not_found(tmp_path: Path) -> None:
    odd = person()
    odd["keypoints"][0], odd["keypoint_scores"][9], odd["keypoints"][120] = [float("nan"), 3], float("inf"), [1e300, 1]
    joints = load_wholebody(write(tmp_path / "a.json", [[odd]]), rate=25.0).joints[0]
    assert np.isfinite(joints).all()
    assert not joints[[NOSE, LEFT_WRIST]].any()
    assert not joints[RIGHT_HAND].any()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1]",
        "3",
        '{"instance_info": 1}',
        '[{"instances": [{"keypoints": [[1, 2]], "keypoint_scores": [1]}]}]',
        '[{"frame_id": "x", "instances": []}]',
        '[{"frame_id": 2, "instances": []}, {"frame_id": 1, "instances": []}]',
        '[{"frame_id": 1e999, "instances": []}]',
        "[" * 100_000,
    ],
)
def test_anything_else_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(UserFacingError, match=r"a\.json is not a file of COCO-WholeBody"):
        load_wholebody(tmp_path / "a.json", rate=25.0)


def test_a_video_of_nobody_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="nobody"):
        load_wholebody(write(tmp_path / "a.json", [[], []]), rate=25.0)


@given(
    document=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["instance_info", "instances", "frame_id", "keypoints", "keypoint_scores"]), inner
            )
        ),
        max_leaves=20,
    )
)
def test_no_document_causes_a_traceback(tmp_path_factory: pytest.TempPathFactory, document: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "a.json"
    path.write_text(json.dumps(document))
    with pytest.raises(UserFacingError):
        load_wholebody(path, rate=25.0)
