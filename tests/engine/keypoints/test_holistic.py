import numpy as np
import pytest

from engine.keypoints.holistic import HolisticExtractor
from engine.types import Frame, Keypoints


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
