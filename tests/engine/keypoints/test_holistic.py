import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.joints import BODY, RIGHT_HAND
from engine.keypoints.holistic import HolisticExtractor, live_extractor
from engine.sources.opencv import cv2
from engine.sources.video import VideoSource
from engine.types import Frame, Image, Keypoints
from tests.real_data import real

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def extractor():
    made = HolisticExtractor()
    yield made
    made.close()
    made.close()


def test_an_empty_room_has_no_joints(extractor: HolisticExtractor) -> None:
    keypoints = extractor(Frame(np.full((240, 320, 3), 90, np.uint8), time_ns=5, index=0))
    assert keypoints.time_ns == 5
    assert keypoints.size == (320, 240)
    assert not keypoints.joints.any()


def test_known_keypoints_are_passed_on(extractor: HolisticExtractor) -> None:
    known = Keypoints(np.ones((49, 3), np.float32), time_ns=7, size=(10, 10))
    assert extractor(Frame(np.zeros((10, 10, 3), np.uint8), time_ns=7, index=0, keypoints=known)) is known


def drawn_person() -> Image:
    """Enough of a person for MediaPipe."""
    picture = np.full((480, 640, 3), 200, np.uint8)
    cv2.ellipse(picture, (320, 120), (50, 65), 0, 0, 360, (120, 150, 210), -1)
    cv2.circle(picture, (300, 110), 6, (30, 30, 30), -1)
    cv2.circle(picture, (340, 110), 6, (30, 30, 30), -1)
    cv2.ellipse(picture, (320, 150), (18, 6), 0, 0, 180, (40, 40, 150), 2)
    cv2.rectangle(picture, (220, 190), (420, 460), (90, 60, 40), -1)
    cv2.line(picture, (225, 210), (150, 330), (90, 60, 40), 40)
    cv2.line(picture, (415, 210), (490, 330), (90, 60, 40), 40)
    return picture


def test_the_joints_are_those_of_mediapipes_own_holistic() -> None:
    picture = drawn_person()
    ours = HolisticExtractor()
    try:
        joints = ours(Frame(picture, time_ns=0, index=0)).joints
    finally:
        ours.close()
    # Only now: it loads everything that ours might have forgotten to load.
    from mediapipe.python.solutions.holistic import Holistic

    with Holistic(model_complexity=1) as holistic:
        theirs = holistic.process(picture[..., ::-1].copy()).pose_landmarks
    nose = theirs.landmark[0]
    assert joints[0].tolist() == pytest.approx([nose.x * 640, nose.y * 480, nose.visibility], rel=1e-5)


def test_live_the_body_is_the_same_though_hands_are_looked_for_meanwhile() -> None:
    ours, live = HolisticExtractor(), live_extractor()
    try:
        for index in range(3):
            frame = Frame(np.roll(drawn_person(), 5 * index, axis=1), time_ns=index, index=index)
            assert live(frame).joints[BODY].tolist() == ours(frame).joints[BODY].tolist()
    finally:
        ours.close()
        live.close()


def test_live_hands_are_found_as_well() -> None:
    clip = real("clips/eat_18323.mp4")
    if clip is None:
        pytest.skip("the real clips are not at hand")
    found = []
    for make in (HolisticExtractor, live_extractor):
        extractor = make()
        try:
            with VideoSource(clip) as source:
                found.append(np.array([extractor(frame).joints[RIGHT_HAND.start, 2] > 0 for frame in source]))
        finally:
            extractor.close()
    ours, live = found
    assert ours.mean() > 0.3
    assert (ours == live).mean() > 0.9


def test_nothing_is_loaded_that_its_graph_does_not_need() -> None:
    script = (
        "import sys; from engine.keypoints.holistic import HolisticExtractor; HolisticExtractor().close(); "
        "print(sorted({'matplotlib', 'jax', 'sounddevice', 'mediapipe.tasks'} & set(sys.modules)))"
    )

    printed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"
