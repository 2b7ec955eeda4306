import subprocess
import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from engine.joints import BODY, JOINTS, LEFT_HAND, RIGHT_HAND
from engine.keypoints.holistic import HolisticExtractor, live_extractor
from engine.sources.opencv import cv2
from engine.sources.video import VideoSource
from engine.types import Frame, Image, JointArray, Keypoints
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


def our_joints(pictures: list[Image]) -> JointArray:
    extractor = HolisticExtractor()
    try:
        frames = [Frame(picture, time_ns=index, index=index) for index, picture in enumerate(pictures)]
        return np.stack([extractor(frame).joints for frame in frames])
    finally:
        extractor.close()


def joints_of_mediapipe(pictures: list[Image]) -> JointArray:
    """What its own Holistic finds; call it after ours, for it loads everything that ours might have forgotten."""
    from mediapipe.python.solutions.holistic import Holistic

    joints = np.zeros((len(pictures), JOINTS, 3), np.float32)
    with Holistic(model_complexity=1) as holistic:
        for found, picture in zip(joints, pictures, strict=True):
            told = holistic.process(picture[..., ::-1].copy())
            body = [told.pose_landmarks.landmark[number] for number in (0, 11, 12, 13, 14, 15, 16)]
            found[BODY] = [(each.x, each.y, each.visibility) for each in body]
            for part, hand in ((LEFT_HAND, told.left_hand_landmarks), (RIGHT_HAND, told.right_hand_landmarks)):
                if hand is not None:
                    found[part] = [(each.x, each.y, 1) for each in hand.landmark]
            found[:, :2] *= np.array(picture.shape[1::-1], np.float32)
    return joints


def test_the_joints_of_a_body_are_those_of_mediapipes_own_holistic() -> None:
    ours = our_joints([drawn_person()])
    assert ours[:, BODY, 2].all()
    assert ours.tolist() == joints_of_mediapipe([drawn_person()]).tolist()


def test_the_joints_of_hands_are_those_of_mediapipes_own_holistic() -> None:
    clip = real("clips/eat_18323.mp4")
    if clip is None:
        pytest.skip("the real clips are not at hand")
    with VideoSource(clip) as source:
        pictures = [frame.image for frame in islice(source, 8, 18)]
    pictures += [picture[:, ::-1].copy() for picture in pictures]  # she signs with one hand
    ours = our_joints(pictures)
    assert ours[:, LEFT_HAND, 2].any()
    assert ours[:, RIGHT_HAND, 2].any()
    assert ours.tolist() == joints_of_mediapipe(pictures).tolist()


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
